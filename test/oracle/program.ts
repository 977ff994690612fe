import { spawnSync } from 'node:child_process';

/** A program built by `npm run oracle`, and the variable in which `npm run test:oracle` passes its file. */
export interface Program {
  readonly name: string;
  readonly variable: string;
}

/** What a program answers to each question, in their order; one process for all. */
export function answers<Answer>(program: Program, argument: string, questions: readonly unknown[]): Answer[] {
  const lines = run(program, argument, questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
}

/** What a program prints. */
export function run({ name, variable }: Program, argument: string, input: string): string {
  const file = process.env[variable];
  if (file === undefined) {
    throw new Error(`no ${name}: run these tests with \`npm run test:oracle\``);
  }
  const { status, stdout, stderr, error } = spawnSync(file, [argument], {
    input,
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`${name} failed: ${error?.message ?? stderr}`);
  }
  return stdout;
}
