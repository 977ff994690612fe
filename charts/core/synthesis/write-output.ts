import * as nodePath from 'node:path';
import { type Changes, findChanges, type OutputOptions } from './changes';
import { type Disk, REAL_DISK } from './disk';
import {
  findJournals,
  leftTemporaries,
  markComplete,
  markDone,
  removeFiles,
  settle,
  temporaryOf,
  writeJournal,
} from './journal';
import { LIST } from './own-files';
import { inTurn } from './turn';

/** Paths relative to the output folder. */
export interface OutputSummary {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Brings the folder to the state of `files`. A file is replaced as a whole and only if its bytes differ; of those no
 * longer made it removes the ones that a former synthesis wrote. All files are staged before the first one is replaced,
 * so a full disk leaves the folder as it was; a synthesis killed after that is completed by the next one.
 */
export function writeOutput(options: OutputOptions, disk: Disk = REAL_DISK): OutputSummary {
  const { dir } = options;
  disk.makeFolder(dir);
  // a folder that needs nothing is not written to: it may be read-only
  const before = findChanges(options, disk);
  if (isNothing(before) && findJournals(disk, dir).length === 0 && leftovers(options, before, disk).length === 0) {
    return { written: [], removed: [] };
  }
  return inTurn(disk, dir, (journal) => {
    settleAll(disk, dir, journal);
    const changes = findChanges(options, disk, before);
    for (const path of leftovers(options, changes, disk)) {
      disk.remove(nodePath.join(dir, path));
    }
    if (!isNothing(changes)) {
      stage(options, changes, journal, disk);
      promote(dir, changes, journal, disk);
    }
    return { written: changes.replace.filter((path) => path !== LIST), removed: changes.remove };
  });
}

/** Completes a synthesis that was killed while it replaced files. Whether there was one. */
export function completeOutput(dir: string, disk: Disk = REAL_DISK): boolean {
  return (
    findJournals(disk, dir).some(({ alive }) => !alive) && inTurn(disk, dir, (journal) => settleAll(disk, dir, journal))
  );
}

function settleAll(disk: Disk, dir: string, own: string): boolean {
  const left = findJournals(disk, dir, own).filter(({ alive }) => !alive);
  return left.map((found) => settle(disk, dir, found)).includes(true);
}

const isNothing = ({ replace, remove }: Changes): boolean => replace.length === 0 && remove.length === 0;

function leftovers({ dir, files }: OutputOptions, { remove }: Changes, disk: Disk): readonly string[] {
  return leftTemporaries(disk, dir, [...files.keys(), ...remove]);
}

/** Writes the temporary files; if that fails, the folder is as it was. */
function stage({ dir }: OutputOptions, { replace, remove, text }: Changes, journal: string, disk: Disk): void {
  const staged: string[] = [];
  try {
    writeJournal(disk, dir, journal, { replace, remove });
    for (const path of replace) {
      const target = nodePath.join(dir, path);
      const temporary = temporaryOf(path, process.pid);
      // before it exists, so that one written by half is cleared away too, and its folder with it
      staged.push(temporary);
      disk.makeFolder(nodePath.dirname(target));
      disk.write(nodePath.join(dir, temporary), text(path), target);
    }
    markComplete(disk, dir, journal);
  } catch (error) {
    removeFiles(disk, dir, staged);
    throw error;
  }
}

/** If this fails, the journal stays, and the next synthesis completes the work. */
function promote(dir: string, { replace, remove }: Changes, journal: string, disk: Disk): void {
  for (const path of replace) {
    disk.rename(nodePath.join(dir, temporaryOf(path, process.pid)), nodePath.join(dir, path));
  }
  removeFiles(disk, dir, remove);
  markDone(disk, dir, journal);
}
