// The programs of a Kubernetes control plane: which there are, where each one is, and how to build what is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from './cache.mjs';

const MODULES = resolve(fileURLToPath(import.meta.url), '../../../test/cluster/binaries');

/** A module each, since one go.mod for all would lift the versions of their dependencies across them. */
const PROGRAMS = [
  { name: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
  { name: 'kubectl', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kubectl' },
  { name: 'kube-apiserver', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  { name: 'kube-controller-manager', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  { name: 'kube-scheduler', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-scheduler' },
  { name: 'kwok', module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok' },
];

/** The version of a package's module, as its go.mod has it: '1.37.2'. */
function versionOf({ module, package: path }) {
  const required = readFileSync(join(MODULES, module, 'go.mod'), 'utf8').matchAll(/^\t(\S+) v(\S+)/gm);
  const found = [...required].find(([, name]) => path === name || path.startsWith(`${name}/`));
  return found[2];
}

/** Kubernetes' programs say their version to each other; without these they would call themselves v0.0.0-master. */
function linkerFlags(version) {
  const [major, minor] = version.split('.');
  const facts = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const variables = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) =>
    Object.entries(facts).map(([name, value]) => `-X ${path}.${name}=${value}`),
  );
  return ['-s', '-w', ...variables].join(' ');
}

/** Everything that decides what a build yields; -p 2 keeps the memory of the large ones within 4 GB. */
function buildArguments(program) {
  const flags = ['-p', '2', '-trimpath', '-pgo=off', '-tags', 'grpcnotrace'];
  return ['build', ...flags, '-ldflags', linkerFlags(versionOf(program)), '-o'];
}

/** The folder is named after what goes into a build, so a change of it never meets an old program. */
function cached(program) {
  const hash = createHash('sha256').update(`${process.platform}/${process.arch} ${buildArguments(program).join(' ')}`);
  for (const file of ['go.mod', 'go.sum']) {
    hash.update(readFileSync(join(MODULES, program.module, file)));
  }
  const key = `${program.module}-${versionOf(program)}-${hash.digest('hex').slice(0, 12)}`;
  return join(CACHE, 'control-plane', key, program.name);
}

function given(program) {
  const folder = process.env.KUBEBUILDER_ASSETS;
  return folder && existsSync(join(folder, program.name)) ? join(folder, program.name) : undefined;
}

/**
 * Each program with the file that holds it, and whether that is there. What KUBEBUILDER_ASSETS has is taken from it; the
 * usual contents of that folder are etcd, kube-apiserver and kubectl, so the rest comes from the cache.
 */
export function locate() {
  return PROGRAMS.map((program) => {
    const file = given(program) ?? cached(program);
    return { ...program, version: versionOf(program), file, exists: existsSync(file), given: Boolean(given(program)) };
  });
}

export function hasGo() {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

/** Builds one program into the cache: beside its place first, so that a build that was stopped leaves nothing half. */
export function build(program) {
  const target = cached(program);
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(resolve(target, '..'), { recursive: true });
  try {
    execFileSync('go', [...buildArguments(program), unfinished, program.package], {
      cwd: join(MODULES, program.module),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=readonly', GOWORK: 'off' },
    });
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
