import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import { EksApp } from '../../charts/app/eks-app';
import { findingsOf } from '../support/findings';
import { names, plainChart, shop, tree, useWorkingFolder } from './support';

useWorkingFolder();

// biome-ignore lint/suspicious/noExplicitAny: tests walk into plain JSON
type Manifest = any;

const documents = (file: string): Manifest[] =>
  parseAllDocuments(tree('dist')[file] ?? '').map((document) => document.toJSON());

describe('plain cdk8s charts beside ours', () => {
  /** Charts of the kinds that a user may have: labels, a dependency, a nested chart, a patch, an own toJson. */
  function charts(app: App): void {
    const labelled = new Chart(app, 'labelled', { namespace: 'default', labels: { team: 'a' } });
    const first = new ApiObject(labelled, 'first', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'first' },
    });
    first.addJsonPatch(JsonPatch.add('/data', { '1.5': "it's", on: 'yes' }));
    const nested = new Chart(labelled, 'nested');
    new ApiObject(nested, 'inner', { apiVersion: 'v1', kind: 'ConfigMap', data: { port: '8080' } });
    const late = new Chart(app, 'a-late');
    new ApiObject(late, 'map', { apiVersion: 'v1', kind: 'ConfigMap' }).node.addDependency(first);
  }

  test('give the files of an App of cdk8s, byte for byte, apart from the numbers of file names', () => {
    const ours = new EksApp({ outdir: 'ours' });
    const numbered = new EksApp({ outdir: 'numbered', filePrefixes: true });
    const theirs = new App({ outdir: 'theirs' });
    for (const app of [ours, numbered, theirs]) {
      charts(app);
      app.synth();
    }
    expect(names('theirs')).toHaveLength(3);
    expect(tree('numbered')).toEqual(tree('theirs'));
    const unnumbered = Object.entries(tree('theirs')).map(([file, text]) => [file.replace(/^\d{4}-/, ''), text]);
    expect(tree('ours')).toEqual(Object.fromEntries(unnumbered));
  });

  test('are not touched by a cluster and a tenant in the same app', () => {
    const alone = new EksApp({ outdir: 'alone' });
    charts(alone);
    alone.synth();
    const app = new EksApp();
    charts(app);
    shop(app);
    app.synth();
    expect(tree('dist')).toMatchObject(tree('alone'));
    expect(names('dist')).toHaveLength(3 + 4);
  });

  test('an object of plain cdk8s below a tenant is in its file and namespace', () => {
    const app = new EksApp();
    const { tenant } = shop(app);
    new ApiObject(tenant, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' } });
    app.synth();
    const extra = documents('shop.k8s.yaml').find(({ metadata }) => metadata.name === 'extra');
    expect(extra).toMatchObject({ kind: 'ConfigMap', metadata: { namespace: 'shop' } });
  });

  test('a plain object with the name of one of ours is an error that names both', () => {
    const app = new EksApp();
    const { tenant } = shop(app);
    new ApiObject(tenant, 'double', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
    expect(findingsOf(() => app).filter(({ rule }) => rule === 'objects/duplicate')).toEqual([
      expect.objectContaining({
        rule: 'objects/duplicate',
        construct: 'prod/shop/double',
        message: expect.stringContaining('prod/shop/web'),
      }),
    ]);
  });

  test('resolvers of the app reach plain objects', () => {
    const app = new EksApp({
      resolvers: [{ resolve: (context) => context.value === 'TOKEN' && context.replaceValue('resolved') }],
    });
    plainChart(app, 'plain', { value: 'TOKEN' });
    app.synth();
    expect(documents('plain.k8s.yaml')[0].data).toEqual({ value: 'resolved' });
  });
});

describe('cdk8s-plus objects beside ours', () => {
  test('a Deployment, its Service and its ConfigMap come out as from an App of cdk8s', () => {
    const build = (app: App): void => {
      const chart = new Chart(app, 'plus', { namespace: 'default' });
      const config = new plus.ConfigMap(chart, 'config', { data: { key: 'value' } });
      const deployment = new plus.Deployment(chart, 'deployment', {
        containers: [{ image: 'nginx:1.27', portNumber: 8080, envFrom: [plus.Env.fromConfigMap(config)] }],
      });
      deployment.exposeViaService();
    };
    const theirs = new App({ outdir: 'theirs' });
    build(theirs);
    theirs.synth();
    const app = new EksApp();
    build(app);
    shop(app);
    app.synth();
    expect(tree('theirs')['plus.k8s.yaml']).toContain('kind: Deployment');
    expect(tree('dist')['plus.k8s.yaml']).toBe(tree('theirs')['plus.k8s.yaml']);
  });

  test('a Role of cdk8s-plus in a tenant binds a user, in the file and the namespace of the tenant', () => {
    const app = new EksApp();
    const { tenant } = shop(app);
    const role = new plus.Role(tenant, 'reader', { metadata: { name: 'reader' } });
    role.allowRead(plus.ApiResource.PODS);
    role.bind(plus.User.fromName(tenant, 'jane', 'jane'));
    app.synth();
    const found = documents('shop.k8s.yaml').filter(({ apiVersion }) => apiVersion.startsWith('rbac.'));
    expect(found.map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding']);
    for (const { metadata } of found) {
      expect(metadata.namespace).toBe('shop');
    }
    expect(found[1].roleRef).toMatchObject({ kind: 'Role', name: 'reader' });
  });

  test('a network policy of cdk8s-plus selects a workload of ours by its one label', () => {
    const app = new EksApp();
    const { tenant, web } = shop(app);
    new plus.NetworkPolicy(tenant, 'policy', { metadata: { name: 'extra' }, selector: web });
    app.synth();
    const policy = documents('shop.k8s.yaml').find(({ metadata }) => metadata.name === 'extra');
    expect(policy.spec.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  });

  test('a Deployment of cdk8s-plus that names a ConfigMap nobody makes is an error like ours', () => {
    const app = new EksApp();
    const chart = new Chart(app, 'plus', { namespace: 'default' });
    const config = plus.ConfigMap.fromConfigMapName(chart, 'imported', 'not-there');
    new plus.Deployment(chart, 'deployment', {
      containers: [{ image: 'x:1', envFrom: [plus.Env.fromConfigMap(config)] }],
    });
    expect(findingsOf(() => app)).toEqual([
      expect.objectContaining({
        rule: 'references/missing',
        construct: expect.stringMatching(/^plus\/deployment/),
        message: expect.stringContaining("ConfigMap 'default/not-there'"),
      }),
    ]);
  });
});
