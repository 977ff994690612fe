import * as fc from 'fast-check';
import { CONTROLS } from '../../kube/pod-security/violations';
import { podQuestion } from './generator/pods';
import { disagreements } from './pod-security';
import { TESTDATA_PRESENT, testPods } from './pod-security-data';

const RUNS = Number(process.env.ORACLE_RUNS ?? 5000);
const SEED = Number(process.env.ORACLE_SEED ?? 1);

test(`${RUNS} random pods have the verdict and fail the checks that the API server says`, () => {
  const { all, different } = disagreements(fc.sample(podQuestion, { numRuns: RUNS, seed: SEED }));
  expect(different.slice(0, 5)).toEqual([]);
  const allowed = all.filter((verdict) => verdict.allowed).length / all.length;
  expect(allowed).toBeGreaterThan(0.2);
  expect(allowed).toBeLessThan(0.8);
  const failed = new Set(all.flatMap(({ failing = [] }) => failing));
  expect([...failed].sort()).toEqual(CONTROLS.map(({ id }) => id).sort());
});

if (TESTDATA_PRESENT) {
  test('so has every pod by which Kubernetes tests its admission, of every version', () => {
    const pods = testPods(0);
    expect(pods.filter(({ version }) => version >= 28).length).toBeGreaterThan(1000);
    const { all, different } = disagreements(pods);
    expect(different.slice(0, 5)).toEqual([]);
    expect(all.map(({ allowed }) => allowed)).toEqual(pods.map(({ passes }) => passes));
  });
} else {
  test('the pods by which Kubernetes tests its admission are absent: no Go, or its cache is without the module', () => {
    expect(TESTDATA_PRESENT).toBe(false);
  });
}
