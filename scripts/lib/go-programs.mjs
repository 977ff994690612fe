// Programs built from published Go modules: where one is kept, and how it gets there.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE } from './cache.mjs';

export function hasGo() {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

/** The version of a package's module, as the go.mod in the folder has it: '1.37.2'. */
export function requiredVersion(folder, path) {
  const required = readFileSync(join(folder, 'go.mod'), 'utf8').matchAll(/^\t(\S+) v(\S+)/gm);
  const found = [...required].find(([, name]) => path === name || path.startsWith(`${name}/`));
  return found[2];
}

/** Everything that decides what a build yields; -p 2 keeps the memory of the large ones within 4 GB. */
export function buildArguments(linkerFlags, tags = []) {
  const flags = ['-p', '2', '-trimpath', '-pgo=off', ...tags];
  return ['build', ...flags, '-ldflags', linkerFlags, '-o'];
}

/**
 * The program's place in the cache. The folder is named after what goes into a build (the arguments, and `files` of the
 * module's folder), so a change of it never meets an old program.
 */
export function cachedProgram({ room, label, name, folder, files, args }) {
  const hash = createHash('sha256').update(`${process.platform}/${process.arch} ${args.join(' ')}`);
  for (const file of files) {
    hash.update(readFileSync(join(folder, file)));
  }
  return join(CACHE, room, `${label}-${hash.digest('hex').slice(0, 12)}`, name);
}

/** Builds one program into its place: beside it first, so that a build that was stopped leaves nothing half. */
export function buildProgram(target, { folder, args, path }) {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(resolve(target, '..'), { recursive: true });
  try {
    execFileSync('go', [...args, unfinished, path], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=readonly', GOWORK: 'off' },
    });
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
