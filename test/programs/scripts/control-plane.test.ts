import * as fs from 'node:fs';
import * as path from 'node:path';
import { node, type Outcome, REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

const PROGRAMS = ['etcd', 'kubectl', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'];

/** Runs a script as on a machine that has neither Go nor anything of ours, but what `env` says. */
function run(script: string, env: Record<string, string> = {}): Promise<Outcome> {
  const nothing = { PATH: temporaryFolder(), CDK8S_EKS_PATTERNS_CACHE: temporaryFolder(), KUBEBUILDER_ASSETS: '' };
  return node([script], REPOSITORY, { ...nothing, ...env });
}

/** A folder with empty programs. */
function assets(names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    fs.writeFileSync(path.join(folder, name), '');
  }
  return folder;
}

test('without Go and without programs, building says in one line what to install, and fails', async () => {
  const { status, output } = await run('scripts/control-plane.mjs');
  expect(output.trimEnd().split('\n')).toEqual([
    `${PROGRAMS.join(', ')}: not there, and no Go to build with; install Go 1.26 or later`,
  ]);
  expect(status).toBe(1);
});

test('without programs, the tests say in one line how to get them, and fail', async () => {
  const { status, output } = await run('scripts/test-cluster.mjs');
  expect(output.trimEnd().split('\n')).toEqual([
    `no control plane: ${PROGRAMS.join(', ')} missing; install Go 1.26 or later and run: npm run control-plane`,
  ]);
  expect(status).toBe(1);
});

test('where there is Go, building them is all it takes', async () => {
  const bin = temporaryFolder();
  fs.writeFileSync(path.join(bin, 'go'), '#!/bin/sh\n', { mode: 0o755 });
  const { status, output } = await run('scripts/test-cluster.mjs', { PATH: bin });
  expect(output.trimEnd()).toMatch(/missing; run: npm run control-plane$/);
  expect(status).toBe(1);
});

test('what KUBEBUILDER_ASSETS has is used instead of a build', async () => {
  const folder = assets(PROGRAMS);
  const { status, output } = await run('scripts/control-plane.mjs', { KUBEBUILDER_ASSETS: folder });
  expect(output.trimEnd().split('\n')).toEqual(
    PROGRAMS.map((name) => `${name}: from KUBEBUILDER_ASSETS, ${path.join(folder, name)}`),
  );
  expect(status).toBe(0);
});

test('what KUBEBUILDER_ASSETS lacks is asked for', async () => {
  const folder = assets(['etcd', 'kube-apiserver', 'kubectl']);
  const { status, output } = await run('scripts/control-plane.mjs', { KUBEBUILDER_ASSETS: folder });
  expect(output).toContain('kube-controller-manager, kube-scheduler, kwok: not there');
  expect(status).toBe(1);
});
