import * as nodePath from 'node:path';
import type { Disk } from './disk';
import { isBelowPlainFolders, isPlainFile, LIST, STATE } from './own-files';

/** What a synthesis is about to do to the folder, by paths relative to it. */
export interface Journal {
  /** Files of which a temporary one is or will be made; it takes the place of the file in this order. */
  readonly replace: readonly string[];
  readonly remove: readonly string[];
}

const HEADER =
  '# A synthesis is writing this folder, or was interrupted: the next synthesis completes or clears its work.';
/** Once this line is there all temporary files are whole, and the synthesis is completed rather than cleared. */
const COMPLETE = 'complete\n';
const NAME = new RegExp(`^${STATE.replaceAll('.', '\\.')}\\.(\\d+)\\.\\w+\\.writing$`);
/** No synthesis takes this long: the id of its process belongs to another one now. */
const STALE_MS = 60 * 60 * 1000;

/** The journal file of a process. The name holds the id of the process, so that it is there from the first moment. */
export function journalName(pid: number): string {
  return `${STATE}.${pid}.${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}.writing`;
}

export function writeJournal(disk: Disk, dir: string, file: string, journal: Journal): void {
  disk.write(nodePath.join(dir, file), `${HEADER}\n${JSON.stringify(journal)}\n`, dir);
}

/** From here on a killed synthesis is completed by the next one. */
export function markComplete(disk: Disk, dir: string, file: string): void {
  disk.append(nodePath.join(dir, file), COMPLETE);
}

/** From here on there is nothing to complete. */
export function markDone(disk: Disk, dir: string, file: string): void {
  disk.remove(nodePath.join(dir, file));
}

/** Whether the synthesis of the journal has to be completed rather than cleared. */
export function isToComplete(disk: Disk, dir: string, file: string): boolean {
  return textOf(disk, dir, file).endsWith(`\n${COMPLETE}`);
}

const textOf = (disk: Disk, dir: string, file: string): string =>
  disk.read(nodePath.join(dir, file))?.toString('utf8') ?? '';

export interface FoundJournal {
  readonly file: string;
  readonly pid: number;
  /** Whether the process that writes it still runs. */
  readonly alive: boolean;
}

/** The journals in the folder, but for the one of this synthesis. */
export function findJournals(disk: Disk, dir: string, own?: string): readonly FoundJournal[] {
  return disk.list(dir).flatMap((file) => {
    const pid = Number(NAME.exec(file)?.[1] ?? Number.NaN);
    return Number.isNaN(pid) || file === own ? [] : [{ file, pid, alive: isAlive(disk, dir, file, pid) }];
  });
}

function isAlive(disk: Disk, dir: string, file: string, pid: number): boolean {
  // a process writes one folder at a time: a second journal with its id is of an earlier process with the same id
  return pid !== process.pid && disk.isAlive(pid) && disk.age(nodePath.join(dir, file)) < STALE_MS;
}

/** The temporary file of a file. Hidden, and without an extension that kubectl reads. */
export function temporaryOf(path: string, pid: number): string {
  const { dir, base } = nodePath.posix.parse(path);
  return nodePath.posix.join(dir, `.${base}.${pid}.tmp`);
}

/** Completes what a killed synthesis was about to do, or clears its temporary files. Whether there was work to complete. */
export function settle(disk: Disk, dir: string, { file, pid }: FoundJournal): boolean {
  const { replace, remove } = parseJournal(textOf(disk, dir, file));
  const complete = isToComplete(disk, dir, file);
  if (complete) {
    for (const path of replace) {
      const temporary = temporaryOf(path, pid);
      if (isPlainFile(disk, dir, temporary)) {
        disk.rename(nodePath.join(dir, temporary), nodePath.join(dir, path));
      }
    }
    removeFiles(disk, dir, remove);
  } else {
    removeFiles(
      disk,
      dir,
      replace.map((path) => temporaryOf(path, pid)),
    );
  }
  markDone(disk, dir, file);
  return complete;
}

/** A journal that was not written to its end has no temporary files yet. */
function parseJournal(text: string): Journal {
  const none: Journal = { replace: [], remove: [] };
  try {
    const { replace, remove } = JSON.parse(text.split('\n')[1] ?? '') as Partial<Journal>;
    return isPaths(replace) && isPaths(remove) ? { replace, remove } : none;
  } catch {
    return none;
  }
}

const isPaths = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((path) => typeof path === 'string');

/** Removes files of the folder, and folders which that empties. */
export function removeFiles(disk: Disk, dir: string, paths: readonly string[]): void {
  for (const path of paths) {
    if (isPlainFile(disk, dir, path)) {
      disk.remove(nodePath.join(dir, path));
    }
    for (let above = nodePath.posix.dirname(path); above !== '.'; above = nodePath.posix.dirname(above)) {
      if (isBelowPlainFolders(disk, dir, `${above}/x`)) {
        disk.removeEmpty(nodePath.join(dir, above));
      }
    }
  }
}

/** Temporary files of processes that are gone, for files that are known: those of others are not touched. */
export function leftTemporaries(disk: Disk, dir: string, paths: Iterable<string>): readonly string[] {
  const byFolder = new Map<string, Set<string>>();
  for (const path of [...paths, LIST]) {
    const { dir: folder, base } = nodePath.posix.parse(path);
    byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(base));
  }
  return [...byFolder].flatMap(([folder, known]) =>
    disk.list(nodePath.join(dir, folder)).flatMap((name) => {
      const [, base = '', pid] = /^\.(.+)\.(\d+)\.tmp$/.exec(name) ?? [];
      const path = nodePath.posix.join(folder, name);
      const left = known.has(base) && (Number(pid) === process.pid || !disk.isAlive(Number(pid)));
      return left && isPlainFile(disk, dir, path) ? [path] : [];
    }),
  );
}
