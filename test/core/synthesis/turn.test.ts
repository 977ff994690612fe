import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Disk, REAL_DISK } from '../../../charts/core/synthesis/disk';
import { writeOutput } from '../../../charts/core/synthesis/files';
import { OutputError } from '../../../charts/core/synthesis/output-error';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'turn-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

const journals = (): string[] => fs.readdirSync(dir).filter((name) => name.endsWith('.writing'));

/** A synthesis of another process that is at work. */
function other(pid: number): string {
  const file = path.join(dir, `.cdk8s-eks-patterns.${pid}.x.writing`);
  fs.writeFileSync(file, '');
  return file;
}

function write(disk: Partial<Disk>): void {
  const files = new Map([['a.k8s.yaml', 'a']]);
  writeOutput({ dir, files, extension: '.k8s.yaml', recursive: false }, { ...REAL_DISK, isAlive: () => true, ...disk });
}

test.each([
  ['lower', process.pid - 1, 1],
  ['higher', process.pid + 1, 2],
])('waits for a process with a %s id and then writes', (_, pid, seen) => {
  const file = other(pid);
  let pauses = 0;
  const pause = (): void => {
    // of two processes that see each other the one with the lower id keeps its place
    expect(journals()).toHaveLength(seen);
    expect(fs.existsSync(path.join(dir, 'a.k8s.yaml'))).toBe(false);
    if (++pauses === 3) {
      fs.rmSync(file);
    }
  };
  write({ pause });
  expect(pauses).toBe(3);
  expect(fs.readFileSync(path.join(dir, 'a.k8s.yaml'), 'utf8')).toBe('a');
  expect(journals()).toEqual([]);
});

test('compares with what the other process has written', () => {
  fs.writeFileSync(path.join(dir, 'a.k8s.yaml'), 'a');
  const file = other(process.pid + 1);
  write({
    pause: () => {
      fs.writeFileSync(path.join(dir, 'a.k8s.yaml'), 'of the other process');
      fs.rmSync(file);
    },
  });
  expect(fs.readFileSync(path.join(dir, 'a.k8s.yaml'), 'utf8')).toBe('a');
});

test('gives up on a process that does not end, names it and its file, and leaves nothing behind', () => {
  const file = other(process.pid + 1);
  const before = fs.readdirSync(dir);
  expect(() => write({ pause: () => undefined })).toThrow(OutputError);
  expect(() => write({ pause: () => undefined })).toThrow(file);
  expect(fs.readdirSync(dir)).toEqual(before);
});

test('does not wait for a file of last year, whatever process has its id now', () => {
  const past = new Date(2001, 1, 1);
  fs.utimesSync(other(process.pid + 1), past, past);
  write({
    pause: () => {
      throw new Error('waits');
    },
  });
  expect(journals()).toEqual([]);
});
