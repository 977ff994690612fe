import * as fs from 'node:fs';
import * as path from 'node:path';
import { YamlOutputType } from 'cdk8s';
import { AdmissionWebhook, ArgoApplication, type ArgoApplicationProps, SharedVolume } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import {
  existingCluster,
  job,
  type Manifest,
  manifests,
  newApp,
  newCluster,
  newTenant,
  synth,
  web,
} from '../support/app';

const repository = 'https://github.com/acme/shop.git';
const deliver = (props: Partial<ArgoApplicationProps> = {}, app = newApp()) =>
  new ArgoApplication(app, 'shop', { repository, path: 'dist', ...props });
const specOf = (props?: Partial<ArgoApplicationProps>) => deliver(props).application.toJson().spec;

it('applies the folder on the server, prunes and heals, and tries again', () => {
  const { application, project } = deliver();
  const head = { namespace: 'argocd', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' } };
  expect(application.toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', ...head },
    spec: {
      project: 'shop',
      source: { repoURL: repository, targetRevision: 'main', path: 'dist' },
      destination: { server: 'https://kubernetes.default.svc' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['ServerSideApply=true'],
        retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
    },
  });
  expect(project!.toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop', ...head },
    spec: {
      sourceRepos: [repository],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  });
});

it('takes every option', () => {
  const made = deliver({
    revision: 'release/1.4',
    path: './deploy/prod/',
    destination: 'arn:aws:eks:us-west-2:111122223333:cluster/prod',
    project: 'platform',
    namespace: 'gitops',
    sync: 'manual',
    ignoreDifferences: [
      { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', pointers: ['/spec/replicas', '/a~1b'] },
      { kind: 'Service', jq: ['.spec.ports[]?.nodePort'], managers: ['kube-controller-manager'] },
    ],
    customize: {
      application: (application) => {
        application.spec.revisionHistoryLimit = 3;
      },
    },
  });
  expect(made.project).toBeUndefined();
  expect(made.application.toJson()).toMatchObject({
    metadata: { namespace: 'gitops' },
    spec: {
      project: 'platform',
      source: { targetRevision: 'release/1.4', path: 'deploy/prod' },
      destination: { server: 'arn:aws:eks:us-west-2:111122223333:cluster/prod' },
      ignoreDifferences: [
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'web',
          namespace: 'shop',
          jsonPointers: ['/spec/replicas', '/a~1b'],
        },
        {
          kind: 'Service',
          jqPathExpressions: ['.spec.ports[]?.nodePort'],
          managedFieldsManagers: ['kube-controller-manager'],
        },
      ],
      syncPolicy: { syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'] },
      revisionHistoryLimit: 3,
    },
  });
  expect(made.application.toJson().spec.syncPolicy.automated).toBeUndefined();
  expect(specOf({ prune: false, selfHeal: false }).syncPolicy.automated).toEqual({ prune: false, selfHeal: false });
  expect(specOf({ destination: 'in-cluster' }).destination).toEqual({ name: 'in-cluster' });
});

it('takes the outdir of the app for the folder, and the subfolders of an output with a folder for each chart', () => {
  expect(
    new ArgoApplication(newApp({ outdir: 'deploy/prod' }), 'shop', { repository }).application.toJson(),
  ).toMatchObject({
    spec: { source: { path: 'deploy/prod' } },
  });
  const app = newApp({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
  expect(deliver({}, app).application.toJson().spec.source.directory).toEqual({
    recurse: true,
    exclude: '{cluster/*,gitops/*}',
  });
});

it('lies outside of what it applies, and keeps namespaces and claims', () => {
  const app = newApp();
  const cluster = newCluster(app);
  deliver({}, app);
  const shop = newTenant({}, cluster);
  web({ env: { MODE: 'a' } }, shop);
  job({ sharedStorage: { mountPath: '/data', size: '1Gi' } }, shop);
  SharedVolume.nfs(shop, 'files', { server: '10.0.0.5', path: '/files' });
  const files = manifests(app);
  synth(app);
  expect(files.map(({ kind }) => kind)).not.toContain('Application');
  const own = fs.readFileSync(path.join(app.outdir, 'gitops/shop.k8s.yaml'), 'utf8');
  expect(own.match(/^kind: .*/gm)).toEqual(['kind: AppProject', 'kind: Application']);
  const options = (kind: string) =>
    files
      .filter((one) => one.kind === kind)
      .map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-options']);
  expect(options('Namespace')).toEqual(['Prune=false,Delete=false']);
  expect(options('PersistentVolumeClaim')).toEqual(['Prune=false,Delete=false', 'Prune=false,Delete=false']);
  expect(options('ConfigMap')).toEqual(['Prune=false']);
  expect(options('Deployment')).toEqual([undefined]);
});

it('changes nothing in an app without it', () => {
  const files = (given: boolean): Manifest[] => {
    const app = newApp();
    const cluster = newCluster(app);
    if (given) {
      deliver({}, app);
    }
    web({}, newTenant({}, cluster));
    return manifests(app).filter(({ kind }) => kind !== 'Namespace');
  };
  expect(files(true)).toEqual(files(false));
});

it('leaves bundles alone that others write into webhooks', () => {
  const app = newApp();
  const shop = newTenant({}, newCluster(app));
  const service = web({ port: 8443 }, shop);
  const webhook = (id: string, ca: object) =>
    new AdmissionWebhook(shop, id, {
      type: 'validating',
      service,
      rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }],
      ca: ca as never,
    });
  webhook('a.shop.example.com', { certificate: 'web' });
  webhook('b.shop.example.com', { bundle: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' });
  expect(deliver({}, app).application.toJson().spec).toMatchObject({
    ignoreDifferences: [
      {
        group: 'admissionregistration.k8s.io',
        kind: 'ValidatingWebhookConfiguration',
        name: 'a.shop.example.com',
        jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
      },
    ],
    syncPolicy: { syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'] },
  });
});

it('tells the steps to install it where it runs in the cluster, and how to hand over', () => {
  const page = (props: Partial<ArgoApplicationProps>) => {
    const app = newApp();
    newTenant({}, existingCluster(app));
    deliver(props, app);
    return synth(app).files['cluster/prod.md'];
  };
  const here = page({});
  expect(here).toContain('helm upgrade --install argo-cd argo-cd');
  expect(here).toContain('kubectl apply --server-side -f gitops/shop.k8s.yaml');
  const elsewhere = page({ destination: 'prod' });
  expect(elsewhere).not.toContain('helm upgrade --install argo-cd');
  expect(elsewhere).toContain('against the cluster whose Argo CD does it');
});

(CRDS_PRESENT ? it : it.skip)('has the fields of the definitions', () => {
  const { application, project } = deliver({ ignoreDifferences: [{ kind: 'Pod', jq: ['.spec'] }] });
  const definitions = definitionsIn(CRDS, ['argo-cd.yaml']);
  expect(customResourceErrors(definitions, application.toJson() as Manifest)).toEqual([]);
  expect(customResourceErrors(definitions, project!.toJson() as Manifest)).toEqual([]);
  const wrong = { ...application.toJson(), spec: { project: 3 } } as unknown as Manifest;
  expect(customResourceErrors(definitions, wrong)).not.toEqual([]);
});
