// The programs of a Kubernetes control plane: which there are, where each one is, and how to build what is missing.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildArguments, buildProgram, cachedProgram, requiredVersion } from './go-programs.mjs';

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

function folderOf(program) {
  return join(MODULES, program.module);
}

function versionOf(program) {
  return requiredVersion(folderOf(program), program.package);
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

function argumentsOf(program) {
  return buildArguments(linkerFlags(versionOf(program)), ['-tags', 'grpcnotrace']);
}

function cached(program) {
  return cachedProgram({
    room: 'control-plane',
    label: `${program.module}-${versionOf(program)}`,
    name: program.name,
    folder: folderOf(program),
    files: ['go.mod', 'go.sum'],
    args: argumentsOf(program),
  });
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

/** Builds one program into the cache. */
export function build(program) {
  buildProgram(cached(program), { folder: folderOf(program), args: argumentsOf(program), path: program.package });
}
