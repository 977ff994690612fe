import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../app/support';

type Call = readonly [name: string, ...args: unknown[]];

/** One a module and test file: a module that loads the compiler takes longer to start than its calls do. */
const processes = new Map<string, { readonly child: ChildProcessWithoutNullStreams; errors: string }>();
afterAll(() => {
  for (const { child } of processes.values()) {
    child.kill();
  }
});

function processOf(script: string) {
  let known = processes.get(script);
  if (known === undefined) {
    const program = `
      import { createInterface } from 'node:readline';
      import * as module from ${JSON.stringify(String(pathToFileURL(`${REPOSITORY}/${script}`)))};
      for await (const line of createInterface({ input: process.stdin })) {
        console.log(JSON.stringify(JSON.parse(line).map(([name, ...args]) => module[name](...args))));
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: REPOSITORY });
    const started = { child, errors: '' };
    child.stderr.on('data', (text) => {
      started.errors += text;
    });
    child.on('exit', () => processes.delete(script));
    processes.set(script, started);
    known = started;
  }
  return known;
}

/** Calls functions of a script's module, which jest cannot load, in a process of their own: one result a call. */
export async function callAll(script: string, calls: readonly Call[]) {
  const running = processOf(script);
  const { child } = running;
  const answer = new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => {
      lines.close();
      resolve(line);
    });
    child.once('close', () => reject(new Error(running.errors)));
  });
  child.stdin.write(`${JSON.stringify(calls)}\n`);
  return JSON.parse(await answer);
}
