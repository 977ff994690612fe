import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { isManifestFile, type Source, UsageError } from './sources';

/** Enough for the output of a large app; git fails when there is more. */
const MAX_BYTES = 1 << 30;

/**
 * The files of a folder as a revision of its repository has them, at the paths that they have now; none where the revision
 * does not have the folder. Throws a UsageError.
 */
export function readRevision(revision: string, folder: string): Source[] {
  const top = git(existingParent(folder), 'rev-parse', '--show-toplevel').trim();
  const path = relative(top, resolve(folder)) || '.';
  const commit = commitOf(top, revision);
  const names = git(top, 'ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', path)
    .split('\0')
    .filter((name) => isManifestFile(name));
  const texts = contentsOf(top, commit, names);
  return names.map((name, i) => ({ path: relative('', resolve(top, name)), text: texts[i]!, found: true }));
}

/** The commit at which the current branch left the main one; the last commit where this is the main branch, or has none. */
export function baseRevision(folder: string): string {
  const parent = existingParent(folder);
  for (const main of ['origin/HEAD', 'main', 'master']) {
    const base = tryGit(parent, 'merge-base', 'HEAD', main);
    if (base !== undefined) {
      return base.trim();
    }
  }
  return 'HEAD';
}

/** The first characters of a commit and its subject, for people. */
export function describeRevision(revision: string, folder: string): string {
  return tryGit(existingParent(folder), 'log', '-1', '--format=%h (%s)', revision)?.trim() ?? revision;
}

function commitOf(top: string, revision: string): string {
  const commit = tryGit(top, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (commit === undefined) {
    throw new UsageError(`'${revision}' is neither a file or folder nor a revision of git`);
  }
  return commit.trim();
}

/** All files in one process of git. */
function contentsOf(top: string, commit: string, names: readonly string[]): string[] {
  if (names.length === 0) {
    return [];
  }
  const input = names.map((name) => `${commit}:${name}\n`).join('');
  const output = execFileSync('git', ['cat-file', '--batch'], { cwd: top, input, maxBuffer: MAX_BYTES });
  const texts: string[] = [];
  let at = 0;
  for (const _ of names) {
    const end = output.indexOf('\n', at);
    // '<object> blob <size>'
    const size = Number(output.toString('utf8', at, end).split(' ').pop());
    texts.push(output.toString('utf8', end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return texts;
}

/** The folder itself may have been deleted since the revision. */
function existingParent(folder: string): string {
  let path = resolve(folder);
  while (!existsSync(path) && dirname(path) !== path) {
    path = dirname(path);
  }
  return statSync(path).isDirectory() ? path : dirname(path);
}

function git(cwd: string, ...args: readonly string[]): string {
  try {
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: MAX_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (e) {
    const { code, stderr } = e as NodeJS.ErrnoException & { readonly stderr?: string };
    const reason = code === 'ENOENT' ? 'git is not installed' : `git: ${(stderr ?? '').trim()}`;
    throw new UsageError(`cannot read the old manifests: ${reason}; --from takes a folder too`);
  }
}

function tryGit(cwd: string, ...args: readonly string[]): string | undefined {
  try {
    return git(cwd, ...args);
  } catch {
    return undefined;
  }
}
