import * as nodePath from 'node:path';
import type { Disk } from './disk';

/** What the names of the library's own files begin with. None ends with an extension that kubectl reads. */
export const STATE = '.cdk8s-eks-patterns';

/** The list of the files that the last synthesis made. It is committed with them. */
export const LIST = `${STATE}.files`;

const HEADER = [
  '# The files that cdk8s-eks-patterns made here. Synthesis deletes those it no longer makes, and no others.',
  '# Commit this list with them; after a merge conflict in it, synthesize again.',
];

/** The text of the list: a path on each line and sorted, so that branches merge line by line. */
export function renderList(paths: Iterable<string>): string {
  const lines = [...paths].sort().map((path) => (/^[\w./-]+$/.test(path) ? path : JSON.stringify(path)));
  return `${[...HEADER, ...lines].join('\n')}\n`;
}

/**
 * The paths of a list. Lines that are not a path inside the folder are ignored: comments, the marks of a merge conflict (the
 * paths of both sides count), and whatever an edit by hand has left.
 */
export function parseList(text: string): readonly string[] {
  const paths = text.split(/\r?\n/).map((line) => (line.startsWith('"') ? unquoted(line) : bare(line)));
  return [...new Set(paths.filter((path) => path !== undefined && isInside(path)) as string[])].sort();
}

const bare = (line: string): string | undefined => (/^[\w./-]+$/.test(line) ? line : undefined);

function unquoted(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the path is relative, stays in the folder, and means the same on every system. */
export function isInside(path: string): boolean {
  return !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Whether a file lies in the folder itself: a link on the way would lead elsewhere, and no synthesis makes links. */
export function isPlainFile(disk: Disk, dir: string, path: string): boolean {
  return isBelowPlainFolders(disk, dir, path) && disk.kind(nodePath.join(dir, path)) === 'file';
}

/** Whether all folders between the output folder and the file are folders rather than links. */
export function isBelowPlainFolders(disk: Disk, dir: string, path: string): boolean {
  const above = path.split('/').slice(0, -1);
  return isInside(path) && above.every((_, i) => disk.kind(nodePath.join(dir, ...above.slice(0, i + 1))) === 'folder');
}
