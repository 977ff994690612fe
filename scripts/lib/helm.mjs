// The helm that the benchmark compares with: where it is, and how to build it from its Go module.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildArguments, buildProgram, cachedProgram, hasGo, requiredVersion } from './go-programs.mjs';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../../bench/binaries/helm');
const PACKAGE = 'helm.sh/helm/v3/cmd/helm';
const ARGUMENTS = buildArguments('-s -w');

/** The place of our own build in the cache. */
function cached() {
  return cachedProgram({
    room: 'helm',
    label: `helm-${requiredVersion(FOLDER, PACKAGE)}`,
    name: 'helm',
    folder: FOLDER,
    files: ['go.mod', 'go.sum'],
    args: ARGUMENTS,
  });
}

/** The program that HELM names, else our own build, else one on the PATH; undefined if there is none. */
export function findHelm({ onPath = true } = {}) {
  const given = process.env.HELM;
  if (given) {
    return given;
  }
  const own = cached();
  if (existsSync(own)) {
    return own;
  }
  return onPath && spawnSync('helm', ['version'], { stdio: 'ignore' }).status === 0 ? 'helm' : undefined;
}

/** Builds it into the cache, and returns its place there; undefined if there is no Go to build with. */
export function buildHelm() {
  if (!hasGo()) {
    return undefined;
  }
  console.log(`Building helm ${requiredVersion(FOLDER, PACKAGE)} from its Go module; the next run finds it.`);
  buildProgram(cached(), { folder: FOLDER, args: ARGUMENTS, path: PACKAGE });
  return cached();
}
