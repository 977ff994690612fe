#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { run } from './program';

// not where a test only loads the file
if (require.main === module) {
  const around = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
    // file descriptor 0 is the standard input
    stdin: () => readFileSync(0, 'utf8'),
    isTerminal: process.stdout.isTTY === true,
    env: process.env,
    today: new Date().toISOString().slice(0, 10),
  };
  // as `check | head` closes it
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2));
  run(process.argv.slice(2), around).then(
    (code) => {
      // not process.exit(), which would cut off what a pipe has not taken yet
      process.exitCode = code;
    },
    (error: unknown) => {
      // 1 would say that there are findings
      console.error(error);
      process.exitCode = 2;
    },
  );
}
