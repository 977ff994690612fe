import * as fs from 'node:fs';
import * as path from 'node:path';
import { YamlOutputType } from 'cdk8s';
import { ArgoApplicationSet, type ArgoApplicationSetProps, ArgoGenerator, EksApp } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import { existingCluster, type Manifest, manifests, newApp, newCluster, newTenant, synth, web } from '../support/app';

const repository = 'https://github.com/acme/shop.git';
const targets = [
  { name: 'staging', path: 'dist/staging', destination: 'arn:aws:eks:us-west-2:111122223333:cluster/staging' },
  { name: 'prod', path: './dist/prod/', destination: 'https://kubernetes.default.svc' },
];
const list = ArgoGenerator.list(targets);
const directories = ArgoGenerator.directories({ pattern: 'dist/*' });
const apps = () => ['staging', 'prod'].map((name) => new EksApp({ outdir: `dist/${name}` }));
const deliver = (props: Partial<ArgoApplicationSetProps> = {}, app = newApp()) =>
  new ArgoApplicationSet(app, 'shop', { repository, generator: list, apps: apps(), ...props });
const specOf = (props?: Partial<ArgoApplicationSetProps>, app?: EksApp) =>
  deliver(props, app).applicationSet.toJson().spec;
const excluded = (pattern: string, exclude: string[] = [], app = newApp()) => {
  const generator = ArgoGenerator.directories({ pattern, exclude });
  const [{ git }] = specOf({ generator, apps: [newApp()] }, app).generators as [{ git: { directories: object[] } }];
  return git.directories;
};

it('of a list makes an application for each target, which prunes and heals, and keeps what is removed', () => {
  const { applicationSet, project } = deliver();
  const head = { namespace: 'argocd', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' } };
  const [staging, prod] = targets.map(({ destination }) => destination);
  expect(applicationSet.toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'shop', ...head },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          list: {
            elements: [
              { name: 'staging', path: 'dist/staging', destination: staging },
              { name: 'prod', path: 'dist/prod', destination: prod },
            ],
          },
        },
      ],
      template: {
        metadata: { name: 'shop-{{.name}}', labels: head.labels },
        spec: {
          project: 'shop',
          source: { repoURL: repository, targetRevision: 'main', path: '{{.path}}' },
          destination: { server: '{{.destination}}' },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: ['ServerSideApply=true'],
            retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
          },
        },
      },
      syncPolicy: { preserveResourcesOnDeletion: true },
    },
  });
  expect(project!.toJson().spec).toEqual({
    sourceRepos: [repository],
    destinations: [
      { server: staging, namespace: '*' },
      { server: prod, namespace: '*' },
    ],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  });
});

it('of clusters by labels gives them the manifests of the app', () => {
  const generator = ArgoGenerator.clusters({ labels: { env: 'prod' } });
  const made = deliver({ generator, apps: undefined }, newApp({ outdir: 'dist' }));
  const { generators, template } = made.applicationSet.toJson().spec;
  expect(generators).toEqual([{ clusters: { selector: { matchLabels: { env: 'prod' } } } }]);
  expect(template.metadata.name).toBe('shop-{{.nameNormalized}}');
  expect(template.spec).toMatchObject({ source: { path: 'dist' }, destination: { server: '{{.server}}' } });
  expect(made.project!.toJson().spec.destinations).toEqual([{ server: '*', namespace: '*' }]);
  const named = ArgoGenerator.clusters({ labels: { env: 'prod' }, path: 'deploy/all' });
  expect(specOf({ generator: named, apps: undefined }).template.spec.source.path).toBe('deploy/all');
});

describe('of directories', () => {
  it('makes one for each folder, in the cluster of its name or in one cluster', () => {
    const { generators, template } = specOf({ generator: directories, revision: 'release' });
    expect(generators).toEqual([
      {
        git: {
          repoURL: repository,
          revision: 'release',
          directories: [
            { path: 'dist/*' },
            { path: 'dist/cluster', exclude: true },
            { path: 'dist/gitops', exclude: true },
          ],
        },
      },
    ]);
    expect(template.metadata.name).toBe('shop-{{.path.basenameNormalized}}');
    expect(template.spec.source.path).toBe('{{.path.path}}');
    expect(template.spec.destination).toEqual({ name: '{{.path.basename}}' });
    const one = ArgoGenerator.directories({ pattern: 'dist/*', destination: 'in-cluster' });
    const made = deliver({ generator: one });
    expect(made.applicationSet.toJson().spec.template.spec.destination).toEqual({ name: 'in-cluster' });
    expect(made.project!.toJson().spec.destinations).toEqual([{ name: 'in-cluster', namespace: '*' }]);
  });

  it.each<[string, string[], string[]]>([
    ['*/dist', [], ['cluster/dist', 'gitops/dist']],
    ['a/*/b/*', [], ['a/cluster/b/*', 'a/gitops/b/*', 'a/*/b/cluster', 'a/*/b/gitops']],
    ['dist/env-*', ['dist/env-dev'], ['dist/env-dev']],
    ['dist/*s', [], ['dist/gitops']],
  ])('%s leaves out what nobody applies', (pattern, exclude, expected) => {
    expect(excluded(pattern, exclude)).toEqual([
      { path: pattern },
      ...expected.map((folder) => ({ path: folder, exclude: true })),
    ]);
  });

  it('leaves out the folder of the app of the set, unless it is applied too', () => {
    const own = newApp({ outdir: 'dist/delivery' });
    expect(excluded('dist/*', [], own)).toContainEqual({ path: 'dist/delivery', exclude: true });
    const both = new EksApp({ outdir: 'dist/prod' });
    const [{ git }] = specOf({ generator: directories, apps: [both] }, both).generators as [{ git: object }];
    expect(git).not.toMatchObject({ directories: expect.arrayContaining([{ path: 'dist/prod', exclude: true }]) });
  });
});

it('takes every option', () => {
  const generator = ArgoGenerator.list([{ name: 'a', path: 'dist', destination: 'one' }]);
  const made = deliver({
    generator,
    apps: [newApp({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE })],
    project: 'platform',
    namespace: 'gitops',
    sync: 'manual',
    onRemoval: 'delete',
    ignoreDifferences: [{ kind: 'Service', jq: ['.spec.ports[]?.nodePort'] }],
    customize: {
      applicationSet: (set) => {
        set.spec.syncPolicy.applicationsSync = 'create-update';
      },
    },
  });
  expect(made.project).toBeUndefined();
  expect(made.applicationSet.toJson()).toMatchObject({
    metadata: { namespace: 'gitops' },
    spec: {
      template: {
        spec: {
          project: 'platform',
          source: { directory: { recurse: true, exclude: '{cluster/*,gitops/*}' } },
          destination: { name: '{{.destination}}' },
          ignoreDifferences: [{ kind: 'Service', jqPathExpressions: ['.spec.ports[]?.nodePort'] }],
          syncPolicy: { syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'] },
        },
      },
      syncPolicy: { preserveResourcesOnDeletion: false, applicationsSync: 'create-update' },
    },
  });
  expect(made.applicationSet.toJson().spec.template.spec.syncPolicy.automated).toBeUndefined();
});

it('keeps the namespaces of the apps that it applies, and lies outside of their files', () => {
  const [delivery, prod, other] = [newApp(), newApp(), newApp()];
  deliver({ apps: [prod] }, delivery);
  const namespaces = [prod, other].map((app) => {
    web({}, newTenant({}, newCluster(app)));
    return manifests(app).find(({ kind }) => kind === 'Namespace')!.metadata.annotations?.[
      'argocd.argoproj.io/sync-options'
    ];
  });
  expect(namespaces).toEqual(['Prune=false,Delete=false', undefined]);
  synth(delivery);
  const own = fs.readFileSync(path.join(delivery.outdir, 'gitops/shop.k8s.yaml'), 'utf8');
  expect(own.match(/^kind: .*/gm)).toEqual(['kind: AppProject', 'kind: ApplicationSet']);
});

it('tells the steps to install Argo CD where it runs in the cluster, and how to hand over', () => {
  const page = (props: Partial<ArgoApplicationSetProps>) => {
    const app = newApp();
    newTenant({}, existingCluster(app));
    deliver(props, app);
    return synth(app).files['cluster/prod.md'];
  };
  expect(page({})).toContain('helm upgrade --install argo-cd argo-cd');
  expect(page({})).toContain('kubectl apply --server-side -f gitops/shop.k8s.yaml');
  expect(page({ generator: directories })).not.toContain('helm upgrade --install argo-cd');
});

(CRDS_PRESENT ? it : it.skip)('has the fields of the definitions', () => {
  const definitions = definitionsIn(CRDS, ['argo-cd.yaml']);
  const clusters = ArgoGenerator.clusters({ labels: { env: 'prod' }, path: 'dist' });
  for (const generator of [list, clusters, directories]) {
    const { applicationSet, project } = deliver({ generator, ignoreDifferences: [{ kind: 'Pod', jq: ['.spec'] }] });
    expect(customResourceErrors(definitions, applicationSet.toJson() as never as Manifest)).toEqual([]);
    expect(customResourceErrors(definitions, project!.toJson() as Manifest)).toEqual([]);
  }
  const { applicationSet } = deliver();
  const wrong = { ...applicationSet.toJson(), spec: { generators: [{ git: {} }] } } as unknown as Manifest;
  expect(customResourceErrors(definitions, wrong)).not.toEqual([]);
});
