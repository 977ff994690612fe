import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Said } from './said';

/** What an API server of this version said of edits that can be drawn again, recorded so that no cluster is needed to ask. */
export const RECORDED_MINOR = '1.36';
export const RECORDED_SEED = 1;
export const RECORDED_DRAWS = 600;

export interface Answers {
  /** By the place of the edit among the moves; those that no server takes on their own are absent. */
  readonly moves: Readonly<Record<string, Said>>;
  /** By the place among the random edits of the seed. */
  readonly random: Readonly<Record<string, Said>>;
}

const FILE = path.join(__dirname, 'answers.json');

export const recordedAnswers = (): Answers => JSON.parse(fs.readFileSync(FILE, 'utf8'));

export function record(answers: Answers): void {
  fs.writeFileSync(FILE, `${JSON.stringify(answers, null, 1)}\n`);
}
