import * as fs from 'node:fs';
import * as nodePath from 'node:path';

export interface OutputOptions {
  /** The output folder. */
  readonly dir: string;
  /** Text by path, relative to `dir`, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
  /** Files that end with it and are no longer made are removed. */
  readonly extension: string;
  /** Whether such files are removed from sub-folders too. */
  readonly recursive: boolean;
}

/** Paths relative to the output folder. */
export interface OutputSummary {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

interface StagedFile {
  readonly path: string;
  readonly temporary: string;
  readonly target: string;
}

/**
 * Brings the folder to the state of `files`. A file is replaced as a whole and only if its bytes differ; of those no
 * longer made it removes the ones that only synthesis writes. All files are staged before the first one is replaced,
 * so a full disk leaves the folder as it was.
 */
export function writeOutput(options: OutputOptions): OutputSummary {
  const { dir, files } = options;
  fs.mkdirSync(dir, { recursive: true });
  const staged: StagedFile[] = [];
  try {
    for (const [path, text] of files) {
      stage(dir, path, Buffer.from(text, 'utf8'), staged);
    }
    for (const { temporary, target } of staged) {
      fs.renameSync(temporary, target);
    }
  } catch (error) {
    for (const { temporary } of staged) {
      fs.rmSync(temporary, { force: true });
    }
    throw error;
  }
  return { written: staged.map(({ path }) => path), removed: removeStale(options) };
}

function stage(dir: string, path: string, bytes: Buffer, staged: StagedFile[]): void {
  const target = nodePath.join(dir, path);
  if (isSame(target, bytes)) {
    return;
  }
  const folder = nodePath.dirname(target);
  fs.mkdirSync(folder, { recursive: true });
  const temporary = nodePath.join(folder, `.${nodePath.basename(target)}.${process.pid}.tmp`);
  // before it exists, so that one written by half is cleared away too
  staged.push({ path, temporary, target });
  fs.writeFileSync(temporary, bytes);
}

function isSame(file: string, bytes: Buffer): boolean {
  try {
    return fs.readFileSync(file).equals(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return false;
    }
    throw error;
  }
}

function removeStale({ dir, files, extension, recursive }: OutputOptions): readonly string[] {
  const removed: string[] = [];
  const isOurs = (folder: string, name: string): boolean =>
    !name.startsWith('.') &&
    // every name ends with the empty extension
    ((extension !== '' && (folder === '' || recursive) && name.endsWith(extension)) ||
      (folder === 'cluster/' && /\.(?:yaml|md)$/.test(name)));

  /** Whether anything was removed. */
  const clean = (folder: string): boolean => {
    let changed = false;
    for (const entry of fs.readdirSync(nodePath.join(dir, folder), { withFileTypes: true })) {
      const path = folder + entry.name;
      if (entry.isFile() && isOurs(folder, entry.name) && !files.has(path)) {
        fs.rmSync(nodePath.join(dir, path));
        removed.push(path);
        changed = true;
      } else if (entry.isDirectory() && isVisited(path, recursive)) {
        changed = cleanFolder(path) || changed;
      }
    }
    return changed;
  };

  const cleanFolder = (path: string): boolean => {
    const changed = clean(`${path}/`);
    if (changed && recursive && fs.readdirSync(nodePath.join(dir, path)).length === 0) {
      fs.rmdirSync(nodePath.join(dir, path));
    }
    return changed;
  };

  clean('');
  return removed.sort();
}

/** Synthesis never writes into hidden folders, nor would anyone want it to look through installed packages. */
function isVisited(path: string, recursive: boolean): boolean {
  return path === 'cluster' || (recursive && !/(?:^|\/)(?:\.[^/]*|node_modules)$/.test(path));
}
