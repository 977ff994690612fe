import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the user has to correct before anything can be checked; ends the command with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file to check. */
export interface Source {
  /** As it was given, or below the folder that was given. */
  readonly path: string;
  readonly text: string;
  /** Whether it was found in a folder, where not every file is a manifest. */
  readonly found: boolean;
}

const SKIPPED = new Set(['node_modules', '.git']);
const MANIFEST = /\.(?:ya?ml|json)$/i;

/** The files of paths: files as they are, of folders every .yaml, .yml and .json, '-' is what `stdin` gives. */
export function readSources(paths: readonly string[], stdin: () => string): Source[] {
  const found = new Map<string, Source>();
  for (const path of paths) {
    const files = path === '-' ? [] : filesOf(path);
    if (path === '-') {
      found.set('stdin', { path: 'stdin', text: readOrRefuse('the standard input', stdin), found: false });
    }
    for (const file of files) {
      if (!found.has(file.path)) {
        found.set(file.path, { ...file, text: read(file.path) });
      }
    }
  }
  return [...found.values()];
}

/** The files of a name that cover files, which are those of their folder and of the folders above. */
export function readFilesAbove(
  name: string,
  files: readonly string[],
): { readonly path: string; readonly text: string }[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
  }
  return [...folders]
    .map((folder) => join(folder, name))
    .filter((path) => existsSync(path))
    .sort()
    .map((path) => ({ path, text: read(path) }));
}

/** The text of a file. Throws a UsageError. */
export function read(path: string): string {
  return readOrRefuse(`'${path}'`, () => readFileSync(path, 'utf8'));
}

/** Whether a file of a folder is read. */
export function isManifestFile(path: string): boolean {
  return MANIFEST.test(path) && !path.split('/').some((part) => SKIPPED.has(part));
}

function filesOf(path: string): Pick<Source, 'path' | 'found'>[] {
  return readOrRefuse(`'${path}'`, () => (statSync(path).isDirectory() ? filesBelow(path) : [{ path, found: false }]));
}

function readOrRefuse<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    throw new UsageError(`cannot read ${what}: ${reason(e)}`);
  }
}

function filesBelow(folder: string): Pick<Source, 'path' | 'found'>[] {
  return readdirSync(folder)
    .sort()
    .filter((name) => !SKIPPED.has(name))
    .flatMap((name) => {
      const path = join(folder, name);
      // a link to a folder above would never end
      const stats = lstatSync(path);
      return stats.isDirectory() ? filesBelow(path) : MANIFEST.test(name) ? [{ path, found: true }] : [];
    });
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'it does not exist' : code === 'EACCES' ? 'permission denied' : message;
}
