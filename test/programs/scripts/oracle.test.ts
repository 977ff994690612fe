import * as fs from 'node:fs';
import * as path from 'node:path';
import { node, type Outcome, REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

/** Runs a script as on a machine that has nothing of ours, and no Go unless `bin` has it. */
function run(script: string, bin = temporaryFolder()): Promise<Outcome> {
  return node([script], REPOSITORY, { PATH: bin, CDK8S_EKS_PATTERNS_CACHE: temporaryFolder() });
}

const HOW = ['kubernetes-oracle', 'pod-security-oracle', 'network-policies-oracle', 'eksctl-oracle'].map(
  (name) => `${name}: not there, and no Go to build with; install Go 1.26 or later and run: npm run oracle`,
);

test.each(['scripts/oracle.mjs', 'scripts/test-oracle.mjs'])(
  'without Go, %s says in one line how to get each program, and fails',
  async (script) => {
    const { status, output } = await run(script);
    expect(output.trimEnd().split('\n')).toEqual(HOW);
    expect(status).toBe(1);
  },
);

test('a build that makes nothing fails, and leaves nothing behind', async () => {
  const bin = temporaryFolder();
  fs.writeFileSync(path.join(bin, 'go'), '#!/bin/sh\n', { mode: 0o755 });
  const { status, output } = await run('scripts/oracle.mjs', bin);
  expect(output).toContain('Building kubernetes-oracle, kubernetes 0.36.1');
  expect(status).toBe(1);
});
