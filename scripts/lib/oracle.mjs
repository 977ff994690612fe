// The programs that ask other projects' own code (test/oracle): where they are, and how to build them.
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildArguments, buildProgram, cachedProgram, requiredVersion } from './go-programs.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../../test/oracle');
const ARGUMENTS = buildArguments('-s -w');

/** `of` is whose code a program asks; its Go module is the folder of that name, and `module` the package that gives its version. */
const PROGRAMS = [
  {
    name: 'kubernetes-oracle',
    of: 'kubernetes',
    module: 'k8s.io/apimachinery',
    environment: 'KUBERNETES_ORACLE',
    time: 'It takes less than a minute.',
  },
  {
    name: 'pod-security-oracle',
    of: 'pod-security',
    module: 'k8s.io/pod-security-admission',
    environment: 'POD_SECURITY_ORACLE',
    time: 'It takes less than a minute.',
  },
  {
    name: 'network-policies-oracle',
    of: 'network-policies',
    module: 'github.com/mattfenwick/cyclonus',
    environment: 'NETWORK_POLICIES_ORACLE',
    time: 'It takes a few minutes with an empty cache of Go, and half a minute otherwise.',
  },
  {
    name: 'eksctl-oracle',
    of: 'eksctl',
    module: 'github.com/weaveworks/eksctl',
    environment: 'EKSCTL_ORACLE',
    time: 'With an empty cache of Go and two idle cores it takes about 4 minutes.',
  },
];

/** Every program with its file, whether it is there, and the version of the code in it. */
export function locateAll() {
  return PROGRAMS.map((program) => {
    const folder = resolve(ROOT, program.of);
    const version = requiredVersion(folder, program.module);
    const file = cachedProgram({
      room: 'oracle',
      label: `${program.of}-${version}`,
      name: program.name,
      folder,
      files: readdirSync(folder).sort(),
      args: ARGUMENTS,
    });
    return { ...program, folder, version, file, exists: existsSync(file) };
  });
}

/** Builds a program into the cache. */
export function build({ file, folder }) {
  buildProgram(file, { folder, args: ARGUMENTS, path: '.' });
}

/** One line for those who have neither the program nor Go. */
export function howToGetIt({ name }) {
  return `${name}: not there, and no Go to build with; install Go 1.26 or later and run: npm run oracle`;
}
