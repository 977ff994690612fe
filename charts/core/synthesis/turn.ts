import * as nodePath from 'node:path';
import type { Disk } from './disk';
import { findJournals, isToComplete, journalName } from './journal';
import { OutputError } from './output-error';

/** Of `pause()`: about a minute. */
const PATIENCE = 3000;

/**
 * Runs `work` while no other process writes the folder, and gives it the name of its journal. What one process compares
 * and replaces must not change in between, or the folder ends as a mix of two programs.
 */
export function inTurn<T>(disk: Disk, dir: string, work: (journal: string) => T): T {
  const journal = journalName(process.pid);
  takeTurn(disk, dir, journal);
  try {
    return work(journal);
  } finally {
    endTurn(disk, dir, journal);
  }
}

/** Unless `work` failed when it had begun to replace files: the next synthesis needs the journal to complete them. */
function endTurn(disk: Disk, dir: string, journal: string): void {
  if (!isToComplete(disk, dir, journal)) {
    disk.remove(nodePath.join(dir, journal));
  }
}

/** A file of each process; whoever sees no file of a live one after making its own has the turn. */
function takeTurn(disk: Disk, dir: string, journal: string): void {
  const file = nodePath.join(dir, journal);
  for (let tries = 0; ; tries++) {
    disk.write(file, '', dir);
    const [other, ...more] = findJournals(disk, dir, journal).filter(({ alive }) => alive);
    if (!other) {
      return;
    }
    if (tries === PATIENCE) {
      disk.remove(file);
      const problem = `process ${other.pid} is writing '${dir}'`;
      const fix = `wait for it, or, if it is not running, delete '${nodePath.join(dir, other.file)}'`;
      throw new OutputError(dir, problem, fix);
    }
    // of two that see each other one must step back; the other keeps its place
    if ([other, ...more].some(({ pid }) => pid < process.pid)) {
      disk.remove(file);
    }
    disk.pause();
  }
}
