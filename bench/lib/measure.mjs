import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * CPU seconds and peak memory are those the kernel counts for the whole process, threads included: wall time says little
 * on a shared machine, and what a process counts itself would leave out its own start.
 */
const GNU_TIME = ['/usr/bin/time', '-o', 'REPORT', '-f', '%U %S %M %e'];

/** Where there is no GNU time: the same numbers, of the one child that the script waits for. */
const PYTHON = [
  'python3',
  '-c',
  `import resource, subprocess, sys, time
start = time.time()
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
kilobytes = used.ru_maxrss / (1024 if sys.platform == 'darwin' else 1)
with open(sys.argv[1], 'w') as report:
    report.write(f'{used.ru_utime} {used.ru_stime} {kilobytes:.0f} {time.time() - start}')
sys.exit(status if status >= 0 else 1)`,
  'REPORT',
];

function works(wrapper, report) {
  const [command, ...args] = wrapper.map((word) => (word === 'REPORT' ? report : word));
  return spawnSync(command, [...args, process.execPath, '--version']).status === 0;
}

/** Node reads these certificates as it starts, in each process: where it is set, that takes as long as many a program. */
const { NODE_EXTRA_CA_CERTS: _, ...ENV } = process.env;

/** A function that runs a command and measures it. */
export function measurer(folder) {
  const report = join(folder, 'time.txt');
  const wrapper = [GNU_TIME, PYTHON].find((candidate) => works(candidate, report));
  if (!wrapper) {
    throw new Error('neither GNU time nor python3 is here: nothing can measure a process from outside');
  }
  const prefix = wrapper.map((word) => (word === 'REPORT' ? report : word));
  return (command, options) => run([...prefix, ...command], report, options);
}

/** `undefined` if the time limit ended it. */
function run([command, ...args], report, { cwd, stdout, limit }) {
  const out = stdout === undefined ? 'ignore' : openSync(stdout, 'w');
  return new Promise((resolve, reject) => {
    // a group of its own, so that the limit ends what is measured and not only what measures
    const child = spawn(command, args, { cwd, env: ENV, detached: true, stdio: ['ignore', out, 'pipe'] });
    let complaints = '';
    let late = false;
    child.stderr.on('data', (text) => {
      complaints += text;
    });
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, limit * 1000);
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      if (out !== 'ignore') {
        closeSync(out);
      }
      if (late) {
        resolve(undefined);
      } else if (status !== 0) {
        reject(new Error(`${args.join(' ')} ended with ${status}\n${complaints}`));
      } else {
        const [user, system, kilobytes, wall] = readFileSync(report, 'utf8').trim().split(/\s+/).map(Number);
        resolve({ cpu: user + system, memory: kilobytes / 1024, wall });
      }
    });
  });
}

/** The middle one of an odd number of numbers. */
export function middle(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

export function median(results) {
  const of = (key) => middle(results.map((result) => result[key]));
  return { cpu: of('cpu'), memory: of('memory'), wall: of('wall') };
}
