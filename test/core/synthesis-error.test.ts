import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { ManifestError, type PatternError, SynthesisError } from '../../charts/core/errors';

const REPOSITORY = path.join(__dirname, '..', '..');

const finding = (construct: string, message: string, fix: string): PatternError =>
  new ManifestError({ rule: 'services/port', severity: 'error', construct, message, fix });

/** Errors of one kind: they differ in names, numbers and construct paths. */
const ofOneKind = (count: number, kind = 'port'): PatternError[] =>
  Array.from({ length: count }, (_, i) =>
    finding(`prod/t${i}/web`, `Service 'web-${i}' of prod/t${i}/web has no ${kind} ${i}`, `make '${kind}-${i}'`),
  );

const lines = (errors: readonly PatternError[]): string[] => new SynthesisError(errors).message.split('\n');
/** A word for each kind: digits are not told apart. */
const word = (i: number): string => `kind${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`;

test('a few errors are all in the message, once', () => {
  const errors = [...ofOneKind(2), ...ofOneKind(1, 'name')];
  expect(lines(errors)).toEqual(['3 errors, nothing was written:', ...errors.map(({ message }) => `  - ${message}`)]);
});

test('of many errors of one kind ten are shown, and the count first and last', () => {
  const errors = ofOneKind(5000);
  const shown = lines(errors);
  expect(shown).toHaveLength(13);
  expect(shown[0]).toContain('5,000 errors');
  expect(shown.slice(1, 11)).toEqual(errors.slice(0, 10).map(({ message }) => `  - ${message}`));
  expect(shown[11]).toContain('4,990');
  expect(shown[12]).toContain('5,000 errors');
});

test('another kind among them is shown, in its place', () => {
  const other = finding('prod/t1/db', 'no volume', 'make one');
  const shown = lines([...ofOneKind(300), other, ...ofOneKind(300)]);
  expect(shown).toHaveLength(14);
  expect(shown.findIndex((line) => line.includes('590'))).toBe(11);
  expect(shown[12]).toBe(`  - ${other.message}`);
});

test('of many kinds the message stays short and counts the rest', () => {
  const errors = Array.from({ length: 200 }, (_, i) => ofOneKind(25, word(i))).flat();
  const shown = lines(errors);
  expect(shown.length).toBeLessThan(100);
  const counted = shown
    .slice(1, -1)
    .map((line) => Number(/… and ([\d,]+) more/.exec(line)?.[1]?.replace(',', '') ?? 1));
  expect(counted.reduce((a, b) => a + b, 0)).toBe(5000);
});

test('all errors are in the list, which no printing repeats', () => {
  const errors = ofOneKind(5000);
  const error = new SynthesisError(errors);
  expect(error.errors).toEqual(errors);
  expect(Object.keys(error)).not.toContain('errors');
  expect(error.stack).toBe(`SynthesisError: ${error.message}`);
});

test('Node prints an error that is not caught in less than 100 lines, without frames of the library', () => {
  const program = `
    const { ManifestError, SynthesisError } = require('./charts/core/errors.ts');
    const errors = Array.from({ length: 5000 }, (_, i) =>
      new ManifestError({ rule: 'services/port', severity: 'error', construct: 'prod/t' + i, message: 'no port ' + i, fix: 'add one' }));
    throw new SynthesisError(errors);`;
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', program], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr.split('\n').length).toBeLessThan(40);
  expect(stderr).toContain('5,000 errors');
  expect(stderr).not.toMatch(/\n\s+at /);
});
