// The program that asks eksctl's own code (test/oracle/eksctl): where it is, and how to build it.
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildArguments, buildProgram, cachedProgram, requiredVersion } from './go-programs.mjs';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../../test/oracle/eksctl');
const ARGUMENTS = buildArguments('-s -w');

/** The program's file, whether it is there, and the version of eksctl in it. */
export function locate() {
  const version = requiredVersion(FOLDER, 'github.com/weaveworks/eksctl');
  const file = cachedProgram({
    room: 'oracle',
    label: `eksctl-${version}`,
    name: 'eksctl-oracle',
    folder: FOLDER,
    files: readdirSync(FOLDER).sort(),
    args: ARGUMENTS,
  });
  return { name: 'eksctl-oracle', version, file, exists: existsSync(file) };
}

/** Builds it into the cache. */
export function build() {
  buildProgram(locate().file, { folder: FOLDER, args: ARGUMENTS, path: '.' });
}

/** One line for those who have neither the program nor Go. */
export const HOW_TO_GET_IT =
  'eksctl-oracle: not there, and no Go to build with; install Go 1.26 or later and run: npm run oracle';
