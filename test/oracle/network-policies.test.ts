import * as fc from 'fast-check';
import { policySet } from './generator/policies';
import { compare } from './network-policies';

const RUNS = Number(process.env.ORACLE_RUNS ?? 1000);
const SEED = Number(process.env.ORACLE_SEED ?? 1);

test(`in ${RUNS} random sets of pods and policies the same connections pass, by verdict and by edges`, () => {
  const { allowed, closed, different } = compare(fc.sample(policySet, { numRuns: RUNS, seed: SEED }));
  const [smallest] = different.map((one) => JSON.stringify(one, undefined, 1)).sort((a, b) => a.length - b.length);
  expect({ different: different.length, smallest }).toEqual({ different: 0, smallest: undefined });
  // both happen often
  expect(allowed).toBeGreaterThan(30 * RUNS);
  expect(closed).toBeGreaterThan(30 * RUNS);
});
