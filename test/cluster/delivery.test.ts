import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  AdmissionWebhook,
  ArgoApplication,
  ArgoApplicationSet,
  ArgoGenerator,
  type EksApp,
  FluxKustomization,
  type Tenant,
} from 'cdk8s-eks-patterns';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { newApp, newCluster, newTenant, stateful, temporaryFolder, web, worker } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';
import { commandsIn, runCommand } from './harness/documented';
import { MetricsServer } from './harness/metrics';
import { Output } from './harness/output';
import { manifestsOf } from './harness/programs';
import { tenantApp } from './harness/tenant-app';

let metrics: MetricsServer;
// hooks run in the order in which they are written, and this one needs the cluster
afterAll(() => metrics?.stop());
const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
  metrics = await MetricsServer.start(cluster.kube);
});

/** Names of objects of a kind, without what Kubernetes itself makes. */
async function namesOf(kind: string, namespace: string): Promise<string[]> {
  const names = await cluster.kubectl.run('get', kind, '-n', namespace, '-o', 'name');
  return names
    .split('\n')
    .map((name) => name.replace(/^[^/]*\//, ''))
    .filter((name) => name !== '' && !['kube-root-ca.crt', 'default'].includes(name));
}

describe('pruning by an ApplySet, as the page says', () => {
  const small = { resources: { cpu: '10m', memory: '32Mi' } };
  function program(mode: string, fill: (shop: Tenant) => void, tenants: readonly string[]): EksApp {
    const app = newApp();
    const prod = newCluster(app);
    const shop = newTenant({}, prod);
    web({ ...small, env: { MODE: mode } }, shop);
    fill(shop);
    for (const name of tenants) {
      web(small, newTenant({}, prod, name));
    }
    return app;
  }
  async function runPage(folder: string): Promise<void> {
    process.env.KUBECTL_APPLYSET = 'true';
    try {
      for (const command of commandsIn('gitops.md', 'Pruning with kubectl')) {
        await runCommand(cluster.kubectl, command.replace('dist/', `${folder}/`), { namespace: 'shop' });
      }
    } finally {
      delete process.env.KUBECTL_APPLYSET;
    }
  }

  test('removes what has left the program, and nothing else', async () => {
    await runPage(
      manifestsOf(
        program(
          'a',
          (shop) => {
            worker(small, shop);
            stateful(small, shop);
          },
          ['other', 'gone'],
        ),
      ),
    );
    await cluster.namespace('shop').untilReady('store', 1);
    await cluster.kubectl.run('create', 'configmap', 'by-hand', '-n', 'shop');
    await cluster.kubectl.run(
      'label',
      'configmap',
      'by-hand',
      '-n',
      'shop',
      'app.kubernetes.io/managed-by=cdk8s-eks-patterns',
    );
    expect(await namesOf('deployment', 'shop')).toEqual(['web', 'worker']);
    const [configBefore] = (await namesOf('configmap', 'shop')).filter((name) => name.startsWith('web-env'));

    await runPage(manifestsOf(program('b', () => {}, ['other'])));
    expect(await namesOf('deployment', 'shop')).toEqual(['web']);
    expect(await namesOf('statefulset', 'shop')).toEqual([]);
    expect(await namesOf('service', 'shop')).toEqual(['web']);
    expect(await namesOf('serviceaccount', 'shop')).toEqual(['web']);
    expect(await namesOf('networkpolicy', 'shop')).toEqual(['default-deny', 'web']);
    expect(await namesOf('pdb', 'shop')).toEqual(['web']);
    const configs = await namesOf('configmap', 'shop');
    expect(configs).toEqual(['by-hand', 'shop', expect.stringMatching(/^web-env-/)]);
    expect(configs).not.toContain(configBefore);
    // kept: claims, other tenants, and the namespace of one that has left
    expect(await namesOf('pvc', 'shop')).toEqual(['data-store-0']);
    expect(await namesOf('deployment', 'other')).toEqual(['web']);
    expect(await namesOf('deployment', 'gone')).toEqual(['web']);
  });
});

(CRDS_PRESENT ? test : test.skip)('the objects of both controllers are accepted, and no field is unknown', async () => {
  const app = newApp();
  newTenant({}, newCluster(app));
  const repository = 'https://github.com/acme/shop.git';
  new ArgoApplication(app, 'by-argo', {
    repository,
    path: 'dist',
    namespace: 'default',
    ignoreDifferences: [
      { group: 'apps', kind: 'Deployment', pointers: ['/spec/replicas'], jq: ['.a'], managers: ['b'] },
    ],
  });
  const generators = {
    listed: ArgoGenerator.list([{ name: 'prod', path: 'dist/prod', destination: 'prod' }]),
    labelled: ArgoGenerator.clusters({ labels: { env: 'prod' }, path: 'dist' }),
    found: ArgoGenerator.directories({ pattern: 'dist/*', exclude: ['dist/dev'] }),
  };
  for (const [id, generator] of Object.entries(generators)) {
    new ArgoApplicationSet(app, id, { repository, generator, apps: [app], namespace: 'default' });
  }
  new FluxKustomization(app, 'by-flux', {
    repository,
    path: 'dist',
    namespace: 'default',
    secret: 'login',
    serviceAccount: 'shop',
  });
  const folder = path.join(manifestsOf(app), 'gitops');
  await installDefinitions(cluster.kubectl, new Output('gitops', folder, new Set()).manifests(), temporaryFolder());
  expect((await cluster.kubectl.apply(folder)).sort()).toEqual([
    'application.argoproj.io/by-argo created',
    ...['found', 'labelled', 'listed'].map((name) => `applicationset.argoproj.io/${name} created`),
    ...['by-argo', 'found', 'labelled', 'listed'].map((name) => `appproject.argoproj.io/${name} created`),
    'gitrepository.source.toolkit.fluxcd.io/by-flux created',
    'kustomization.kustomize.toolkit.fluxcd.io/by-flux created',
  ]);
});

/** Applies as a controller does: on the server, by a name of its own, taking over what conflicts. */
const APPLIERS = ['argocd-controller', 'kustomize-controller'] as const;
const applyAs = (manager: (typeof APPLIERS)[number], folder: string): Promise<string> =>
  cluster.kubectl.run('apply', '--server-side', '--force-conflicts', `--field-manager=${manager}`, '-f', folder);

describe.each(APPLIERS)('applied by %s', (applier) => {
  const namespace = `by-${applier.split('-')[0]}`;
  const A_POD = 70;

  test('the count of an autoscaler stays, and a second apply changes nothing', async () => {
    const app = tenantApp(namespace, (tenant) =>
      web({ resources: { cpu: '100m', memory: '64Mi' }, replicas: { min: 2, max: 5 } }, tenant),
    );
    const folder = manifestsOf(app);
    await applyAs(applier, folder);
    const ns = cluster.namespace(namespace);
    await ns.untilReady('web', 2);
    await metrics.setWork(namespace, 'web', 60 * A_POD);
    await ns.untilReady('web', 5);
    const deployment = () => cluster.kube.apps.readNamespacedDeployment({ namespace, name: 'web' });
    const before = await deployment();
    await applyAs(applier, folder);
    const after = await deployment();
    expect(after.spec!.replicas).toBe(5);
    expect(after.metadata!.generation).toBe(before.metadata!.generation);
    const owned = after.metadata!.managedFields!.find(
      ({ manager, subresource }) => manager === applier && !subresource,
    );
    expect(JSON.stringify(owned!.fieldsV1)).toContain('f:template');
    expect(JSON.stringify(owned!.fieldsV1)).not.toContain('f:replicas');

    // what a manifest with a count does instead
    const counted = temporaryFolder();
    const text = fs.readFileSync(path.join(folder, `${namespace}.k8s.yaml`), 'utf8');
    const [manifest] = text.split(/^---\n/m).filter((one) => one.includes('kind: Deployment'));
    fs.writeFileSync(path.join(counted, 'web.yaml'), manifest!.replace(/^spec:$/m, 'spec:\n  replicas: 2'));
    await applyAs(applier, counted);
    expect((await deployment()).metadata!.generation).toBeGreaterThan(after.metadata!.generation!);
  });

  test('the bundle that cert-manager writes into a webhook stays', async () => {
    const name = `${applier}.example.com`;
    const folder = manifestsOf(
      tenantApp(`${namespace}-hook`, (tenant) => {
        const service = web({ port: 8443, replicas: 2 }, tenant);
        new AdmissionWebhook(tenant, name, {
          type: 'validating',
          service,
          rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['things'] }],
          ca: { certificate: 'web' },
        });
      }),
    );
    await applyAs(applier, folder);
    const patch = JSON.stringify([{ op: 'add', path: '/webhooks/0/clientConfig/caBundle', value: btoa(CERTIFICATE) }]);
    const kind = 'validatingwebhookconfiguration';
    await cluster.kubectl.run('patch', kind, name, '--type=json', '-p', patch, '--field-manager=cainjector');
    const version = () => cluster.kubectl.run('get', kind, name, '-o', 'jsonpath={.metadata.resourceVersion}');
    const before = await version();
    await applyAs(applier, folder);
    expect(await version()).toBe(before);
    const bundle = await cluster.kubectl.run('get', kind, name, '-o', 'jsonpath={.webhooks[0].clientConfig.caBundle}');
    expect(bundle).toBe(btoa(CERTIFICATE));
  });
});

/** Of nobody: the API server looks at its form alone. */
const CERTIFICATE = fs.readFileSync(path.join(__dirname, 'harness/authority.pem'), 'utf8');
