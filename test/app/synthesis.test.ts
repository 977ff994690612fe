import * as fs from 'node:fs';
import { ApiObject, Chart } from 'cdk8s';
import { EksApp } from '../../charts/app/eks-app';
import { Cluster } from '../../charts/cluster/cluster';
import { SynthesisError } from '../../charts/core/errors';
import { names, nextRun, plainChart, put, shop, tree, useWorkingFolder, web } from './support';

useWorkingFolder();

/** The error of a synthesis. */
function failure(app: EksApp): Error {
  try {
    app.synth();
  } catch (error) {
    return error as Error;
  }
  throw new Error('the synthesis did not fail');
}

/** An object of plain cdk8s that refers to a ConfigMap which nobody makes. */
function danglingPod(app: EksApp, id: string): void {
  const containers = [{ name: 'c', image: 'x:1', envFrom: [{ configMapRef: { name: `${id}-missing` } }] }];
  const chart = new Chart(app, id, { namespace: 'default' });
  new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: id }, spec: { containers } });
}

describe('a synthesis that fails', () => {
  test('writes nothing and removes nothing', () => {
    const app = new EksApp();
    shop(app);
    app.synth();
    put('dist/stale.k8s.yaml');
    const before = tree('.');
    danglingPod(app, 'pod');
    expect(failure(app).message).toContain('nothing was written');
    expect(tree('.')).toEqual(before);
  });

  test('makes no folder where there was none', () => {
    const app = new EksApp();
    danglingPod(app, 'pod');
    failure(app);
    expect(fs.existsSync('dist')).toBe(false);
  });

  test('writes nothing under the CLI, staging included', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    put('dist/shop.k8s.yaml');
    const app = new EksApp();
    shop(app);
    danglingPod(app, 'pod');
    failure(app);
    expect(names('.')).toEqual(['dist/shop.k8s.yaml']);
  });

  test('an error of a foreign object passes through as it is, and nothing is written', () => {
    const app = new EksApp();
    shop(app);
    const broken = plainChart(app, 'plain');
    const error = new Error('thrown by a foreign toJson');
    broken.toJson = () => {
      throw error;
    };
    expect(failure(app)).toBe(error);
    expect(names('.')).toEqual([]);
  });

  test('has the errors of all checks of manifests at once, each with its path', () => {
    const app = new EksApp();
    danglingPod(app, 'one');
    danglingPod(app, 'two');
    const twice = plainChart(app, 'three');
    new ApiObject(Chart.of(twice), 'again', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'three', namespace: 'default' },
    });
    const error = failure(app) as SynthesisError;
    expect(error).toBeInstanceOf(SynthesisError);
    expect(error.errors.map(({ constructPath }) => constructPath).sort()).toEqual([
      'one/pod',
      'three/again',
      'two/pod',
    ]);
    for (const { message, findings } of error.errors) {
      expect(error.message).toContain(message);
      expect(findings[0]!.fix).not.toBe('');
    }
    expect(error.message).toMatch(/^3 errors, nothing was written:\n {2}- /);
  });

  test('has what validations and cluster checks say, together', () => {
    const app = new EksApp();
    const cluster = Cluster.existing(app, 'prod', { region: 'us-west-2', version: '1.35', addons: [], features: [] });
    plainChart(app, 'plain').node.addValidation({ validate: () => ['first', 'second'] });
    cluster.node.addValidation({ validate: () => ['third'] });
    const { findings } = failure(app) as SynthesisError;
    expect(findings.map(({ message }) => message)).toEqual(expect.arrayContaining(['first', 'second', 'third']));
  });

  test('can be repeated with the same words, and succeeds once the program is mended', () => {
    const app = new EksApp();
    shop(app);
    danglingPod(app, 'pod');
    const { message } = failure(app);
    expect(failure(app).message).toBe(message);
    app.node.tryRemoveChild('pod');
    app.synth();
    expect(names('dist')).toContain('shop.k8s.yaml');
  });
});

describe('warnings', () => {
  test('are written to the console and kept, and do not stop the synthesis', () => {
    const app = new EksApp();
    expect(app.warnings).toEqual([]);
    shop(app);
    app.synth();
    expect(app.findings.map(({ rule }) => rule)).toContain('X32');
    const printed = jest.mocked(console.warn).mock.calls.map(([line]) => line);
    expect(printed).toEqual(app.warnings.map((warning) => `warning: ${warning}`));
    expect(names('dist')).toContain('shop.k8s.yaml');
  });

  test('are those of the last synthesis, not a sum', () => {
    const app = new EksApp();
    shop(app);
    app.synth();
    const { warnings } = app;
    app.synth();
    expect(app.warnings).toEqual(warnings);
  });
});

describe('synthYaml', () => {
  test('holds every object that kubectl applies, and not the ClusterConfig', () => {
    const app = new EksApp();
    shop(app);
    plainChart(app, 'plain');
    const text = app.synthYaml();
    app.synth();
    const documents = (yaml: string) => yaml.split(/^---\n/m).sort();
    const files = Object.entries(tree('dist')).filter(([file]) => !file.includes('/'));
    expect(documents(text)).toEqual(files.flatMap(([, yaml]) => documents(yaml)).sort());
    expect(text).not.toContain('ClusterConfig');
    expect(tree('dist')['cluster/prod.yaml']).toContain('kind: ClusterConfig');
  });

  test('writes no file, and throws where synth would', () => {
    const app = new EksApp();
    shop(app);
    app.synthYaml();
    danglingPod(app, 'pod');
    expect(() => app.synthYaml()).toThrow(SynthesisError);
    expect(names('.')).toEqual([]);
  });
});

describe('construct metadata', () => {
  test('goes to the staging folder alone under the CLI: kubectl would read it in the folder that is committed', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    const app = new EksApp();
    shop(app);
    app.synth();
    expect(names('.synth')).toEqual([...names('dist'), 'construct-metadata.json'].sort());
    expect(names('dist')).not.toContain('construct-metadata.json');
    const { resources } = JSON.parse(tree('.synth')['construct-metadata.json']!);
    expect(resources.web).toMatchObject({ path: expect.stringContaining('prod/shop/web') });
  });

  test('is written beside the manifests where there is no staging, and only on request', () => {
    plainAppWith({ recordConstructMetadata: true });
    expect(names('dist')).toEqual(['construct-metadata.json', 'plain.k8s.yaml']);
    nextRun();
    plainAppWith({});
    expect(names('dist')).toEqual(['plain.k8s.yaml']);
  });
});

function plainAppWith(props: ConstructorParameters<typeof EksApp>[0]): void {
  const app = new EksApp(props);
  plainChart(app, 'plain');
  app.synth();
}

describe('props', () => {
  test('an unknown key is refused', () => {
    expect(() => new EksApp({ ...({ outDir: 'x' } as object) })).toThrow(/outDir/);
  });

  test('what exists already is no dangling reference', () => {
    const app = new EksApp({ existing: [{ kind: 'ConfigMap', namespace: 'default', name: 'pod-missing' }] });
    danglingPod(app, 'pod');
    app.synth();
    expect(names('dist')).toEqual(['.cdk8s-eks-patterns.review', 'pod.k8s.yaml']);
  });

  test('defaults reach every workload', () => {
    const app = new EksApp({ defaults: { labels: { 'cost-center': 'c42' } } });
    const { web: service } = shop(app);
    expect(service.deployment.manifest().metadata.labels).toMatchObject({ 'cost-center': 'c42' });
  });

  test('files are numbered only on request, and only as cdk8s does: where charts depend on each other', () => {
    const make = (filePrefixes: boolean): string[] => {
      const app = new EksApp({ outdir: `dist-${filePrefixes}`, filePrefixes });
      const first = plainChart(app, 'zz-first');
      plainChart(app, 'second').node.addDependency(first);
      app.synth();
      return names(`dist-${filePrefixes}`);
    };
    expect(make(false)).toEqual(['second.k8s.yaml', 'zz-first.k8s.yaml']);
    expect(make(true)).toEqual(['0000-zz-first.k8s.yaml', '0001-second.k8s.yaml']);
  });

  test('files of tenants keep their names under filePrefixes', () => {
    const app = new EksApp({ filePrefixes: true });
    const { tenant } = shop(app);
    web(tenant, 'other');
    app.synth();
    expect(names('dist')).toContain('shop.k8s.yaml');
  });
});
