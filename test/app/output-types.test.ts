import { YamlOutputType } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { EksApp } from '../../charts/app/eks-app';
import { Cluster } from '../../charts/cluster/cluster';
import { LIST } from '../../charts/core/synthesis/own-files';
import { findingsOf } from '../support/findings';
import { names, plainChart, put, shop, tree, useWorkingFolder } from './support';

useWorkingFolder();

const { FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** All manifests below a folder, in the order of their files. */
function manifests(folder: string): Manifest[] {
  return Object.entries(tree(folder))
    .filter(([file]) => file.endsWith('.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJSON() as Manifest));
}

const titles = (all: readonly Manifest[]): string[] =>
  all.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);

function platform(yamlOutputType: YamlOutputType): void {
  const app = new EksApp({ yamlOutputType, outdir: `dist-${yamlOutputType}` });
  shop(app);
  plainChart(app, 'plain');
  app.synth();
}

const CLUSTER = ['cluster/prod.md', 'cluster/prod.yaml'];

test.each<[string, YamlOutputType, string[]]>([
  ['a file for each chart', FILE_PER_CHART, ['_cluster.k8s.yaml', 'plain.k8s.yaml', 'shop.k8s.yaml']],
  ['a file for the app', FILE_PER_APP, ['app.k8s.yaml']],
  [
    'a folder for each chart: a cluster and a tenant are a file each, whose order kubectl needs',
    FOLDER_PER_CHART_FILE_PER_RESOURCE,
    ['_cluster.k8s.yaml', 'plain/ConfigMap.plain.k8s.yaml', 'shop.k8s.yaml'],
  ],
])('%s', (_, type, files) => {
  platform(type);
  expect(names(`dist-${type}`)).toEqual([...files, ...CLUSTER].sort());
});

test('all types that hold a tenant hold the same objects, each once', () => {
  const types = [FILE_PER_APP, FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE];
  const found = types.map((type) => {
    platform(type);
    return titles(manifests(`dist-${type}`)).sort();
  });
  expect(new Set(found[0]).size).toBe(found[0]!.length);
  expect(found[0]).toEqual(expect.arrayContaining(['Deployment shop/web', 'Namespace /shop', 'ClusterConfig /prod']));
  expect(found[1]).toEqual(found[0]);
  expect(found[2]).toEqual(found[0]);
});

test('the namespace comes before what lies in it, whatever the type', () => {
  for (const type of [FILE_PER_APP, FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE]) {
    platform(type);
    const all = manifests(`dist-${type}`);
    const namespace = all.findIndex(({ kind }) => kind === 'Namespace');
    const inside = all.findIndex(({ metadata }) => metadata.namespace === 'shop');
    expect([type, namespace >= 0 && namespace < inside]).toEqual([type, true]);
  }
});

test('priority classes come before the pods that name one: the API server refuses such a pod', () => {
  for (const type of [FILE_PER_APP, FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE]) {
    platform(type);
    const kinds = manifests(`dist-${type}`).map(({ kind }) => kind);
    expect(kinds).toContain('PriorityClass');
    const before = kinds.lastIndexOf('PriorityClass') < kinds.indexOf('Deployment');
    expect([type, before]).toEqual([type, true]);
  }
});

test('a file for each resource is refused with a tenant: kubectl would meet Deployment.* before Namespace.*', () => {
  const rules = new Set(findingsOf(() => platform(FILE_PER_RESOURCE)).map(({ rule }) => rule));
  expect([...rules]).toEqual(['apply-order/namespace']);
  expect(names('.')).toEqual([]);
});

test('a file for each resource holds a cluster and plain charts', () => {
  const app = new EksApp({ yamlOutputType: FILE_PER_RESOURCE });
  new Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', autoMode: true });
  plainChart(app, 'plain');
  app.synth();
  const files = names('dist');
  expect(files).toEqual(expect.arrayContaining(['ConfigMap.plain.k8s.yaml', 'StorageClass.gp3.k8s.yaml', ...CLUSTER]));
  expect(files.filter((file) => file.startsWith('cluster/'))).toEqual(CLUSTER);
});

test('stale files are removed from the folders of charts too, and emptied folders with them', () => {
  put('dist-3/gone/ConfigMap.gone.k8s.yaml');
  put('dist-3/plain/ConfigMap.old.k8s.yaml');
  put('dist-3/other/README.md');
  put(`dist-3/${LIST}`, 'gone/ConfigMap.gone.k8s.yaml\nplain/ConfigMap.old.k8s.yaml\n');
  platform(FOLDER_PER_CHART_FILE_PER_RESOURCE);
  expect(names('dist-3')).toEqual(
    ['_cluster.k8s.yaml', 'other/README.md', 'plain/ConfigMap.plain.k8s.yaml', 'shop.k8s.yaml', ...CLUSTER].sort(),
  );
});
