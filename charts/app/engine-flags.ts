import { setFlagsFromString } from 'node:v8';

/**
 * Flags of V8 for a program that synthesizes, by the version of V8: that of Node 20 and of Node 22. Later ones gain nothing,
 * and a version that does not know a flag prints an error.
 *
 * The first is when a function is worth optimizing, eight times its default: a program that synthesizes calls each of a
 * thousand functions a few thousand times, and ends. Optimizing all of them takes two fifths of its CPU time and gives less
 * than a tenth back. What runs longer is optimized as ever.
 *
 * The second collects young objects on one thread. Collections of a synthesis take a few milliseconds each, and sharing them
 * out takes a twelfth of its CPU time, and no less time on the clock.
 *
 * The third is how much code of other functions an optimized function takes in, a third of its default: the functions of a
 * synthesis are optimized late, and larger ones take longer than they save, about a twentieth of its CPU time.
 *
 * The fourth marks old objects at once, when they are collected. A synthesis answers nobody in between, and marking them in
 * steps, and in threads beside it, takes another twentieth.
 *
 * The fifth is when functions leave the interpreter for code that is quickly made, a quarter of its default: a fiftieth less.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '11.3': [
    '--interrupt-budget=540672',
    '--no-parallel-scavenge',
    '--max-inlined-bytecode-size-cumulative=300',
    '--no-incremental-marking',
    '--baseline-batch-compilation-threshold=1024',
  ],
  '12.4': ['--invocation-count-for-turbofan=24000', '--no-parallel-scavenge'],
};

const nameOf = (flag: string): string => flag.replace(/^--(?:no-)?|=.*$/g, '').replaceAll('_', '-');

/** The flags for a version of V8, but for those that the command line of Node has, which wins. */
export function flagsFor(v8: string, args: readonly string[]): readonly string[] {
  const [major, minor] = v8.split('.');
  const given = new Set(args.map(nameOf));
  return (FLAGS[`${major}.${minor}`] ?? []).filter((flag) => !given.has(nameOf(flag)));
}

// as the library is read, and before cdk8s is: finding its hundred files would have functions of Node optimized, for nothing
for (const flag of flagsFor(process.versions.v8, process.execArgv)) {
  setFlagsFromString(flag);
}
