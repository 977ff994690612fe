import * as fs from 'node:fs';
import { ApiObject, Chart } from 'cdk8s';
import { EksApp, Promotion } from 'cdk8s-eks-patterns';
import { names, nextRun, put, tree, useWorkingFolder } from './support';

useWorkingFolder();

const WITH_PROMOTION =
  'validations: [{ package: ./plugin, version: 1.0.0, class: Other }, { package: x, class: Promotion }]\n';

/** What a program under the CLI writes. */
function program(value: string): void {
  nextRun();
  process.env.CDK8S_OUTDIR = '.synth';
  process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
  const app = new EksApp();
  new ApiObject(new Chart(app, 'plain'), 'map', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'plain', namespace: 'shop' },
    data: { value },
  });
  app.synth();
}

/** What the CLI does afterwards: it runs the validation, and ends with a code. */
async function endsWith(code: number): Promise<unknown> {
  const once = jest.spyOn(process, 'once');
  const submit = jest.fn();
  await new Promotion().validate({ manifests: ['.synth/plain.k8s.yaml'], report: { submit, addViolation: jest.fn() } });
  const [event, listener] = once.mock.calls.at(-1) as unknown as ['exit', (code: number) => void];
  process.removeListener(event, listener);
  listener(code);
  once.mockRestore();
  return submit.mock.calls[0]?.[0];
}

describe('with the validation Promotion', () => {
  beforeEach(() => put('cdk8s.yaml', WITH_PROMOTION));

  test('dist/ gets the files when the CLI ends with 0, and only then', async () => {
    program('one');
    expect(fs.existsSync('dist')).toBe(false);
    expect(await endsWith(0)).toBe('success');
    expect(names('dist')).toEqual(['plain.k8s.yaml']);
    const before = tree('dist');

    program('two');
    await endsWith(2);
    expect(tree('dist')).toEqual(before);
    await endsWith(0);
    expect(tree('dist')['plain.k8s.yaml']).toContain('value: two');
  });

  test('files that are no longer made are removed, and said', async () => {
    put('dist/gone.k8s.yaml', 'kind: Gone');
    put('dist/.cdk8s-eks-patterns.files', 'gone.k8s.yaml\n');
    program('one');
    await endsWith(0);
    expect(names('dist')).toEqual(['plain.k8s.yaml']);
    expect(console.warn).toHaveBeenCalledWith('removed 1 file: dist/gone.k8s.yaml');
  });

  test('a folder that cannot be written fails the CLI', async () => {
    program('one');
    put('dist', 'a file');
    const error = jest.spyOn(console, 'error').mockImplementation();
    const { exitCode } = process;
    await endsWith(0);
    expect([process.exitCode, error.mock.calls.length]).toEqual([1, 1]);
    process.exitCode = exitCode as number;
  });

  test('--no-validate writes dist/ at once', () => {
    nextRun();
    program('one');
    expect(fs.existsSync('dist')).toBe(false);
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'false';
    nextRun();
    const app = new EksApp();
    new Chart(app, 'other');
    app.synth();
    expect(fs.existsSync('dist')).toBe(true);
  });
});

test.each([
  ['without it', 'validations: [{ package: ./plugin, version: 1.0.0, class: Other }]\n'],
  ['with validations of a page', 'validations: https://example.com/validations.yaml\n'],
  ['without a file', undefined],
])('%s, dist/ is written by the program', (_, config) => {
  if (config !== undefined) {
    put('cdk8s.yaml', config);
  }
  program('one');
  expect(names('dist')).toEqual(['plain.k8s.yaml']);
});
