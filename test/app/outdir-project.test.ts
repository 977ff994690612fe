import { YamlOutputType } from 'cdk8s';
import { EksApp } from '../../charts/app/eks-app';
import { OutputError } from '../../charts/core/synthesis/output-error';
import { names, nextRun, plainChart, put, tree, useWorkingFolder } from './support';

useWorkingFolder();

/** Synthesizes an app with one plain chart, so that only the place of its file matters. */
function synth(props: ConstructorParameters<typeof EksApp>[0], id = 'plain'): EksApp {
  const app = new EksApp(props);
  plainChart(app, id);
  app.synth();
  return app;
}

describe('a project as the output folder', () => {
  const PROJECT = {
    '.git/config': 'git',
    '.github/workflows/ci.yaml': 'ci',
    'cdk8s.yaml': 'language: typescript',
    'cluster/hand-written.yaml': 'kind: ClusterConfig',
    'cluster/runbook.md': '# Runbook',
    'package.json': '{}',
    'pnpm-lock.yaml': 'lock',
    'src/a/values.yaml': 'values',
    'src/other.k8s.yaml': 'kind: ConfigMap',
  };
  const keeps = (): void => expect(tree('.')).toMatchObject(PROJECT);
  beforeEach(() => {
    for (const [file, text] of Object.entries(PROJECT)) {
      put(file, text);
    }
  });

  test.each([
    ['.', {}],
    ['.', { outputFileExtension: '.yaml' }],
    ['.', { outputFileExtension: '' }],
    ['./', { outputFileExtension: '.yaml', yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }],
  ])('%s with %j: nothing of the user is touched, by the first synthesis or by the next one', (outdir, props) => {
    const first = synth({ outdir, ...props });
    keeps();
    const made = names('.').length;
    nextRun();
    synth({ outdir, ...props }, 'other');
    keeps();
    expect(names('.')).toHaveLength(made);
    expect(first.outdir).toBe(outdir);
  });

  test('a file of the user that has the name of a chart is not replaced, and nothing is written', () => {
    const before = tree('.');
    const refused = errorOf(() => synth({ outdir: '.', outputFileExtension: '.yaml' }, 'cdk8s'));
    expect(refused).toBeInstanceOf(OutputError);
    expect(refused).toMatchObject({ file: 'cdk8s.yaml' });
    expect(tree('.')).toEqual(before);
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
