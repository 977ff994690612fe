import * as fs from 'node:fs';
import * as nodePath from 'node:path';
import { OutputError, outputError } from './output-error';

export type Kind = 'file' | 'folder' | 'other';

/**
 * Every step that writing the output takes outside of this process. Tests replace it to stop a synthesis at each step;
 * errors of the system come as OutputErrors.
 */
export interface Disk {
  /** The bytes of a file, links followed; undefined where there is none. */
  read(file: string): Buffer | undefined;
  /** `shown` is the file that an error names: the one the user knows. */
  write(file: string, bytes: string | Buffer, shown: string): void;
  append(file: string, text: string): void;
  rename(from: string, to: string): void;
  /** Removes a file, if it is there. */
  remove(file: string): void;
  /** Removes a folder, if it is empty and the system lets it. */
  removeEmpty(folder: string): void;
  makeFolder(folder: string): void;
  /** Names in a folder, sorted; none where there is no folder. */
  list(folder: string): readonly string[];
  /** What a path is, links not followed. */
  kind(path: string): Kind | undefined;
  /** What is different once a file has been written; undefined for what is no plain file. */
  stamp(path: string): string | undefined;
  /** Milliseconds since a file was changed. */
  age(file: string): number;
  isAlive(pid: number): boolean;
  /** Waits for a moment. */
  pause(): void;
}

const ABSENT = ['ENOENT', 'ENOTDIR'];

function attempt<T>(doing: string, file: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw outputError(doing, file, error);
  }
}

/** The same, where it does not matter that a file or folder is not there, or not in the way expected. */
function attemptUnless<T>(codes: readonly string[], doing: string, file: string, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) {
      return undefined;
    }
    throw outputError(doing, file, error);
  }
}

export const REAL_DISK: Disk = {
  read: (file) => attemptUnless(ABSENT, 'read', file, () => fs.readFileSync(file)),
  write: (file, bytes, shown) => attempt('write', shown, () => fs.writeFileSync(file, bytes)),
  append: (file, text) => attempt('write', file, () => fs.appendFileSync(file, text)),
  rename: (from, to) => attempt('replace', to, () => fs.renameSync(from, to)),
  remove: (file) => attemptUnless(ABSENT, 'delete', file, () => fs.unlinkSync(file)),
  removeEmpty: (folder) => safely(() => fs.rmdirSync(folder)),
  makeFolder: (folder) => {
    try {
      fs.mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw safely(() => obstacle(folder)) ?? outputError('make the folder', folder, error);
    }
  },
  list: (folder) => (attemptUnless(ABSENT, 'list', folder, () => fs.readdirSync(folder)) ?? []).sort(),
  kind: (path) => {
    const entry = entryAt(path);
    return entry && (entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other');
  },
  stamp: (path) => {
    const entry = entryAt(path);
    return entry?.isFile() ? `${entry.ino} ${entry.size} ${entry.mtimeMs} ${entry.ctimeMs}` : undefined;
  },
  age: (file) => Date.now() - (attemptUnless(ABSENT, 'look at', file, () => fs.statSync(file).mtimeMs) ?? Date.now()),
  isAlive: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // a process of another user may not be signalled, and lives
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
  pause: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  },
};

/** Without an error where there is nothing, as for each file of a first synthesis. */
function entryAt(path: string): fs.Stats | undefined {
  return attemptUnless(ABSENT, 'look at', path, () => fs.lstatSync(path, { throwIfNoEntry: false }));
}

function safely<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** The file at the place of a folder, which the message of the system does not name. */
function obstacle(folder: string): OutputError | undefined {
  for (let path = nodePath.resolve(folder); path !== nodePath.dirname(path); path = nodePath.dirname(path)) {
    // below a file the system refuses to look
    const entry = safely(() => fs.lstatSync(path));
    const target = entry && fs.statSync(path, { throwIfNoEntry: false });
    const shown = nodePath.isAbsolute(folder) ? path : nodePath.relative('', path);
    if (entry && !target) {
      const problem = `cannot make the folder '${folder}': '${shown}' is a link to nothing`;
      return new OutputError(shown, problem, 'make the folder it leads to, or delete the link', 'ENOENT');
    }
    if (target && !target.isDirectory()) {
      const problem = `cannot make the folder '${folder}': '${shown}' is a file`;
      return new OutputError(shown, problem, 'rename or delete the file, or choose another outdir', 'ENOTDIR');
    }
    if (target) {
      return undefined;
    }
  }
  return undefined;
}
