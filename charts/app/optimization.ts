import { setFlagsFromString } from 'node:v8';

/**
 * The flag of V8 that says when a function is worth optimizing, and eight times its default, by the version of V8: that of
 * Node 20 and of Node 22. Later ones wait by themselves, and a version that does not know a flag prints an error.
 */
const THRESHOLDS: Readonly<Record<string, readonly [flag: string, value: number]>> = {
  '11.3': ['--interrupt-budget', 540_672],
  '12.4': ['--invocation-count-for-turbofan', 24_000],
};

/** The flag with the threshold for a version of V8; undefined for one that has none, or where the command line has it. */
export function thresholdFor(v8: string, args: readonly string[]): string | undefined {
  const [major, minor] = v8.split('.');
  const threshold = THRESHOLDS[`${major}.${minor}`];
  return threshold && !args.some((argument) => argument.startsWith(threshold[0])) ? threshold.join('=') : undefined;
}

/**
 * Lets V8 optimize only what runs for long. A program that synthesizes calls each of a thousand functions a few thousand
 * times, and ends: optimizing all of them takes two fifths of its CPU time and gives less than a tenth back. What runs
 * longer is optimized as ever. A threshold on the command line of Node wins.
 */
export function optimizeLater(): void {
  const flag = thresholdFor(process.versions.v8, process.execArgv);
  if (flag !== undefined) {
    setFlagsFromString(flag);
  }
}
