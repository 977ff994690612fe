import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';

/**
 * Runs a program until it ends or its standard input does. A test process that is killed closes its end of that pipe, so
 * nothing is left running, whatever happens to it. A signal to the whole process group does not end the watch: kube-apiserver
 * may take it for a request to wait for its clients.
 */
const UNTIL_ORPHANED = `
exec 3<&0
"$@" </dev/null &
program=$!
(trap '' HUP INT TERM; cat <&3 >/dev/null; kill -9 "$program") 2>/dev/null &
wait "$program"
`;

/** A program of the control plane, with its output in a file. */
export class Program {
  private ended: string | undefined;

  private constructor(
    readonly name: string,
    private readonly log: string,
    private readonly shell: ChildProcess,
  ) {
    shell.once('exit', (code, signal) => {
      this.ended = `ended with ${signal ?? code}`;
    });
    shell.once('error', ({ message }) => {
      this.ended = message;
    });
  }

  static start(file: string, args: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}): Program {
    const name = file.replace(/^.*\//, '');
    const log = `${folder}/${name}.log`;
    const output = fs.openSync(log, 'w');
    const shell = spawn('/bin/sh', ['-c', UNTIL_ORPHANED, 'sh', file, ...args], {
      stdio: ['pipe', output, output],
      env: { ...process.env, ...env },
    });
    fs.closeSync(output);
    // what ends first has closed the pipe
    shell.stdin?.on('error', () => undefined);
    return new Program(name, log, shell);
  }

  /** What a program said before it ended by itself; undefined while it runs. */
  failure(): Error | undefined {
    if (this.ended === undefined) {
      return undefined;
    }
    const tail = fs.readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    return new Error(`${this.name} ${this.ended}:\n${tail}`);
  }

  /** Kills it: nothing here is worth a graceful end. */
  async stop(): Promise<void> {
    if (this.ended === undefined) {
      const exit = new Promise((resolve) => this.shell.once('exit', resolve));
      this.shell.stdin?.end();
      await exit;
    }
  }
}

/** Below the range from which Linux takes the ports of outgoing connections, so that none of these is in the way. */
const [LOWEST, HIGHEST] = [20_000, 32_767];

/** Ports that are free now, each another one. Another process may still take one before it is used; see `isPortTaken`. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) {
      found.add(port);
    }
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Whether a program ended since somebody else was quicker at its port. */
export const isPortTaken = (e: unknown): boolean => e instanceof Error && /address already in use/.test(e.message);
