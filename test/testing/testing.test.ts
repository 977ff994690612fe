import * as fs from 'node:fs';
import { ApiObject, App, Chart } from 'cdk8s';
import { KubeObject, PropsError, SynthesisError } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { existingCluster, manifests, newCluster, newTenant, synth, web } from '../support/app';
import { good } from '../support/refused-pods';

/** An object that refers to a ServiceAccount that is missing. */
function addDangling(scope: Chart): void {
  const spec = { ...good(), serviceAccountName: 'gone' };
  new KubeObject(scope, 'Raw', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'raw' }, spec } as never);
}

/** Titles of manifests, in one line each. */
const titles = (of: readonly { kind: string; metadata: { name: string } }[]) =>
  of.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

describe('Testing.app()', () => {
  test('makes apps whose folders are their own, and are made by app.synth() only', () => {
    const apps = [Testing.app(), Testing.app(), Testing.app({ outdir: undefined })];
    expect(new Set(apps.map(({ outdir }) => outdir)).size).toBe(3);
    for (const app of apps) {
      newCluster(app);
      Testing.synth(app);
      expect(fs.existsSync(app.outdir)).toBe(false);
      synth(app);
      expect(fs.existsSync(app.outdir)).toBe(true);
      fs.rmSync(app.outdir, { recursive: true });
    }
  });

  test('takes the props of an EksApp', () => {
    const app = Testing.app({ outdir: 'elsewhere', defaults: { labels: { 'example.com/cost': '42' } } });
    expect(app.outdir).toBe('elsewhere');
    const { labels } = web({}, newTenant({}, newCluster(app))).deployment.toJson().metadata;
    expect(labels).toMatchObject({ 'example.com/cost': '42' });
    expect(() => Testing.app({ nonsense: true } as never)).toThrow(PropsError);
  });
});

describe('Testing.synth()', () => {
  test('gives what is written for kubectl', () => {
    const app = Testing.app();
    web({}, newTenant({}, newCluster(app)));
    const objects = Testing.synth(app);
    // files are read by name, which is another order
    const written = manifests(app);
    expect(objects.length).toBeGreaterThan(10);
    expect(objects).toStrictEqual(expect.arrayContaining([...written]));
    expect(objects).toHaveLength(written.length);
    fs.rmSync(app.outdir, { recursive: true });
  });

  test('of a construct gives its objects and those below', () => {
    const app = Testing.app();
    const cluster = newCluster(app);
    web({}, newTenant({}, cluster, 'shop'));
    const service = web({}, newTenant({}, cluster, 'shop2'), 'other');
    const namespaces = (scope: Chart) => titles(Testing.synth(scope)).filter((title) => title.startsWith('Namespace'));
    expect(namespaces(cluster)).toEqual(['Namespace shop', 'Namespace shop2']);
    expect(namespaces(cluster.node.findChild('shop') as Chart)).toEqual(['Namespace shop']);
    expect(titles(Testing.synth(service))).toContain('Deployment other');
    expect(titles(Testing.synth(service.deployment))).toEqual(['Deployment other']);
  });

  test('gives copies', () => {
    const service = web();
    Testing.synth(service.deployment)[0]!.spec.replicas = 99;
    expect(Testing.synth(service.deployment)[0]!.spec.replicas).not.toBe(99);
  });

  test('reviews the whole app, also for one construct of it', () => {
    const shop = newTenant({}, newCluster(Testing.app()));
    const service = web({}, shop);
    expect(Testing.synth(service)).not.toEqual([]);
    addDangling(shop);
    expect(() => Testing.synth(service)).toThrow(SynthesisError);
  });

  test('refuses a plain cdk8s App', () => {
    expect(() => Testing.synth(new Chart(new App(), 'plain'))).toThrow(PropsError);
  });
});

describe('Testing.findings()', () => {
  test('gives errors as data, and throws nothing', () => {
    const shop = newTenant({}, newCluster(Testing.app()));
    const errors = () => Testing.findings(shop).filter(({ severity }) => severity === 'error');
    expect(errors()).toEqual([]);
    addDangling(shop);
    expect(errors()).toMatchObject([{ rule: 'references/missing', construct: 'prod/shop/Raw' }]);
  });

  test('gives warnings, which synth() lets pass', () => {
    const app = Testing.app();
    web({}, newTenant({}, existingCluster(app)));
    Testing.synth(app);
    const warnings = Testing.findings(app).filter(({ severity }) => severity === 'warning');
    expect(warnings).not.toEqual([]);
    expect(app.findings.filter(({ severity }) => severity === 'warning')).toEqual(warnings);
  });

  test('passes on what a foreign construct throws', () => {
    const app = Testing.app();
    const broken = new ApiObject(new Chart(app, 'plain'), 'Broken', { apiVersion: 'v1', kind: 'ConfigMap' });
    broken.toJson = () => {
      throw new RangeError('thrown by a foreign toJson');
    };
    expect(() => Testing.findings(app)).toThrow(RangeError);
  });
});

describe('Testing.clusterConfig()', () => {
  test('gives what is written for eksctl', () => {
    const app = Testing.app();
    web({}, newTenant({}, newCluster(app)));
    const config = Testing.clusterConfig(app);
    expect(config.metadata.region).toBe('us-west-2');
    expect(config).toStrictEqual(synth(app).clusterConfig);
    fs.rmSync(app.outdir, { recursive: true });
  });

  test('refuses an app that makes no cluster, and throws what is wrong with one that does', () => {
    expect(() => Testing.clusterConfig(existingCluster(Testing.app()))).toThrow('no ClusterConfig');
    const shop = newTenant({}, newCluster(Testing.app()));
    addDangling(shop);
    expect(() => Testing.clusterConfig(shop)).toThrow(SynthesisError);
  });
});

describe('Testing.find()', () => {
  const objects = ['a', 'b'].flatMap((namespace) => [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: namespace, namespace } },
  ]);

  test('gives the only object of a kind and a name', () => {
    expect(Testing.find(objects, 'Service', 'a')).toBe(objects[1]);
    expect(Testing.find(objects, 'Service', 'web', 'b')).toBe(objects[2]);
  });

  test.each([
    ['none', ['Service', 'c'], /^no object matches Service 'c'.*Service 'a\/web', Service 'a\/a'/],
    ['none of the kind', ['Deployment', 'web'], /^no object matches Deployment 'web'/],
    ['none of the namespace', ['Service', 'a', 'b'], /^no object matches Service 'b\/a'/],
    ['two', ['Service', 'web'], /^2 objects match Service 'web': Service 'a\/web', Service 'b\/web'/],
  ] as const)('refuses %s', (_what, [kind, name, namespace], message) => {
    expect(() => Testing.find(objects, kind, name, namespace)).toThrow(message);
  });
});
