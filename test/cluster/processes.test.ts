import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { temporaryFolder } from '../support/app';
import { eventually } from './harness/eventually';
import { freePorts, Program } from './harness/processes';

/** A program that says its process id in a file and runs on, whoever asks it to end. */
const longRunning = (file: string): string => `trap '' INT TERM; echo $$ > ${file}; exec sleep 1000`;

/** The file is there before there is anything in it, and 0 would stand for the test's own process group. */
const pidIn = (file: string): Promise<number> =>
  eventually(
    `a process id in ${file}`,
    async () => fs.existsSync(file) && (Number(fs.readFileSync(file, 'utf8')) || undefined),
  );

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a program ends when it is stopped', async () => {
  const file = path.join(temporaryFolder(), 'pid');
  const program = Program.start('/bin/sh', ['-c', longRunning(file)], temporaryFolder());
  const pid = await pidIn(file);
  expect(program.failure()).toBeUndefined();
  await program.stop();
  await eventually('it is gone', async () => !isRunning(pid));
});

test.each([
  ['that is killed', 'SIGKILL', (pid: number) => pid],
  ['whose process group is told to end', 'SIGTERM', (pid: number) => -pid],
  ['whose process group is interrupted', 'SIGINT', (pid: number) => -pid],
] as const)('a test process %s leaves no program behind', async (_, signal, target) => {
  const file = path.join(temporaryFolder(), 'pid');
  const source = `
    const { Program } = require('./test/cluster/harness/processes.ts');
    Program.start('/bin/sh', ['-c', ${JSON.stringify(longRunning(file))}], ${JSON.stringify(temporaryFolder())});
    setInterval(() => undefined, 1000);
  `;
  const tester = spawn(process.execPath, ['--import', 'tsx', '-e', source], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    detached: true,
  });
  const pid = await pidIn(file);
  expect(isRunning(pid)).toBe(true);
  process.kill(target(tester.pid!), signal);
  await eventually('it is gone', async () => !isRunning(pid));
});

test('what a program said before it ended is in the error', async () => {
  const program = Program.start('/bin/sh', ['-c', 'echo no such flag >&2; exit 3'], temporaryFolder());
  const failure = await eventually('the error', async () => program.failure());
  expect(failure.message).toBe('sh ended with 3:\nno such flag');
  await program.stop();
});

test('ports are free and different', async () => {
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
});
