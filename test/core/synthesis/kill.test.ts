import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Disk, REAL_DISK } from '../../../charts/core/synthesis/disk';
import { completeOutput, writeOutput } from '../../../charts/core/synthesis/files';
import { findJournals, isToComplete } from '../../../charts/core/synthesis/journal';

/** A process that is killed: the step is not taken, or taken by half, and no step follows, not even in a `finally`. */
class Killed extends Error {}

const STEPS: readonly string[] = ['write', 'append', 'rename', 'remove', 'removeEmpty', 'makeFolder'] as const;

/** A disk whose process is killed at the n-th step that changes something. */
function killedAt(n: number): { readonly disk: Disk; readonly steps: () => readonly string[] } {
  const steps: string[] = [];
  const disk = Object.fromEntries(
    Object.entries(REAL_DISK).map(([name, step]) => [
      name,
      (...args: unknown[]) => {
        if (steps.length >= n) {
          throw new Killed();
        }
        if (STEPS.includes(name)) {
          steps.push(name);
          if (steps.length === n) {
            takeHalf(name, args);
            throw new Killed();
          }
        }
        return (step as (...all: unknown[]) => unknown)(...args);
      },
    ]),
  );
  return { disk: disk as unknown as Disk, steps: () => steps };
}

function takeHalf(name: string, [file, bytes]: readonly unknown[]): void {
  const half = Buffer.from((bytes as string | Buffer | undefined) ?? '');
  if (name === 'write') {
    fs.writeFileSync(file as string, half.subarray(0, half.length / 2));
  } else if (name === 'append') {
    fs.appendFileSync(file as string, half.subarray(0, half.length / 2));
  }
}

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kill-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

type Files = Record<string, string>;

const OLD: Files = { 'a.k8s.yaml': 'a: 1\n', 'b.k8s.yaml': 'b: 1\n', 'cluster/old.yaml': 'old\n', 'same.yaml': '=\n' };
const NEW: Files = { 'a.k8s.yaml': 'a: 2\n', 'c.k8s.yaml': 'c: 2\n', 'x/new.yaml': 'new\n', 'same.yaml': '=\n' };
/** Neither of the two: what was staged for NEW is of no use to it. */
const NEXT: Files = { 'a.k8s.yaml': 'a: 3\n', 'b.k8s.yaml': 'b: 1\n' };

function write(files: Files, disk?: Disk): void {
  writeOutput({ dir, files: new Map(Object.entries(files)), extension: '.k8s.yaml', recursive: false }, disk);
}

/** Every entry below the folder. */
function everything(): Files {
  const entries = fs.readdirSync(dir, { withFileTypes: true, recursive: true }).map((entry) => {
    const full = path.join(entry.parentPath ?? entry.path, entry.name);
    return [path.relative(dir, full), entry.isDirectory() ? '(folder)' : fs.readFileSync(full, 'utf8')] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a reader of the folder takes for output. */
const output = (): Files =>
  Object.fromEntries(
    Object.entries(everything()).filter(([file, text]) => text !== '(folder)' && !/(^|\/)\./.test(file)),
  );

const isMarked = (): boolean => findJournals(REAL_DISK, dir).some(({ file }) => isToComplete(REAL_DISK, dir, file));

function empty(): void {
  fs.rmSync(dir, { recursive: true });
  fs.mkdirSync(dir);
}

/** The folder as an undisturbed run leaves it. */
function clean(files: Files): Files {
  empty();
  write(files);
  return everything();
}

/** Brings the folder to OLD and kills the run that brings it to NEW at the n-th step; undefined if it has fewer. */
function kill(n: number, run: (disk: Disk) => void = (disk) => write(NEW, disk)): string | undefined {
  const { disk, steps } = killedAt(n);
  try {
    run(disk);
  } catch (error) {
    if (error instanceof Killed) {
      return `killed at step ${n}, ${steps()[n - 1]}`;
    }
    throw error;
  }
  return undefined;
}

/** All places to be killed at; before each the folder is OLD. */
function everyKill(check: (at: string) => void): number {
  for (let n = 1; ; n++) {
    empty();
    write(OLD);
    const at = kill(n);
    if (at === undefined) {
      return n - 1;
    }
    check(at);
  }
}

test('a killed run leaves the folder wholly old, or wholly new, or marked; no file is written by half', () => {
  let marked = 0;
  const count = everyKill((at) => {
    const found = output();
    const whole = [OLD, NEW].some((files) => JSON.stringify(sorted(files)) === JSON.stringify(found));
    marked += Number(!whole);
    expect({ at, whole: whole || isMarked() }).toEqual({ at, whole: true });
    for (const [file, text] of Object.entries(found)) {
      expect([OLD[file], NEW[file]]).toContain(text);
    }
  });
  // staging, replacing and removing all have steps; some leave a mix
  expect(count).toBeGreaterThan(15);
  expect(marked).toBeGreaterThan(3);
});

test.each([
  ['the same program', NEW],
  ['the former program', OLD],
  ['another program', NEXT],
])('the next synthesis, of %s, leaves the folder as if nothing had happened', (_, files) => {
  const expected = clean(files);
  everyKill((at) => {
    write(files);
    expect({ at, ...everything() }).toEqual({ at, ...expected });
  });
});

test('completing alone gives the old folder or the new one, whole', () => {
  const [old, made] = [clean(OLD), clean(NEW)];
  let completed = 0;
  everyKill((at) => {
    const marked = isMarked();
    const replaced = JSON.stringify(output()) === JSON.stringify(sorted(NEW));
    expect({ at, complete: completeOutput(dir) }).toEqual({ at, complete: marked });
    const expected = marked || replaced ? made : old;
    expect({ at, ...everything() }).toEqual({ at, ...expected });
    completed += Number(marked);
  });
  expect(completed).toBeGreaterThan(3);
});

test('a run that is killed while it completes another one is completed as well', () => {
  const expected = clean(NEXT);
  const places = new Set<string>();
  let place = 0;
  everyKill((at) => {
    // the time is the product of both runs' steps; .ci/run takes more of them
    if (place++ % (process.env.FUZZ_RUNS ? 3 : 9) !== 0) {
      return;
    }
    const before = fs.mkdtempSync(path.join(os.tmpdir(), 'kill-before-'));
    fs.cpSync(dir, before, { recursive: true });
    for (let n = 1; ; n++) {
      const again = kill(n, (disk) => write(NEXT, disk));
      places.add(`${at}; ${again}`);
      write(NEXT);
      expect({ at, again, ...everything() }).toEqual({ at, again, ...expected });
      if (again === undefined) {
        break;
      }
      empty();
      fs.cpSync(before, dir, { recursive: true });
    }
    fs.rmSync(before, { recursive: true });
  });
  expect(places.size).toBeGreaterThan(process.env.FUZZ_RUNS ? 100 : 30);
});

test('temporary files of a process that is gone are cleared, those of others are not', () => {
  const left = ['.a.k8s.yaml.999999999.tmp', 'cluster/.old.yaml.999999999.tmp'];
  const kept = [`.a.k8s.yaml.${process.ppid}.tmp`, '.mine.999999999.tmp', 'a.k8s.yaml.999999999.tmp'];
  write(OLD);
  for (const name of [...left, ...kept]) {
    fs.writeFileSync(path.join(dir, name), '');
  }
  write(OLD);
  const temporaries = Object.keys(everything()).filter((file) => file.endsWith('.tmp'));
  expect(temporaries).toEqual([...kept].sort());
});

test('a run without changes takes no step', () => {
  write(OLD);
  expect(kill(1, (disk) => write(OLD, { ...disk, makeFolder: () => undefined }))).toBeUndefined();
});

test('what a journal names leads nowhere outside of the folder', () => {
  write(OLD);
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'outside-'));
  fs.writeFileSync(path.join(outside, 'x'), 'of the user');
  fs.writeFileSync(path.join(outside, '.x.999999999.tmp'), 'evil');
  fs.symlinkSync(outside, path.join(dir, 'link'));
  const up = path.relative(dir, path.join(outside, 'x'));
  const journal = JSON.stringify({ replace: [up, 'link/x', `${outside}/x`], remove: [up, 'link/x', 'link', '..', ''] });
  fs.writeFileSync(path.join(dir, '.cdk8s-eks-patterns.999999999.x.writing'), `#\n${journal}\ncomplete\n`);
  expect(completeOutput(dir)).toBe(true);
  expect(fs.readFileSync(path.join(outside, 'x'), 'utf8')).toBe('of the user');
  expect(fs.readdirSync(dir)).toContain('link');
  fs.rmSync(outside, { recursive: true });
});

function sorted(files: Files): Files {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
