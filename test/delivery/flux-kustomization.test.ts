import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FluxKustomization, type FluxKustomizationProps } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import {
  existingCluster,
  type Manifest,
  manifests,
  newApp,
  newCluster,
  newTenant,
  synth,
  temporaryFolder,
  web,
} from '../support/app';

const repository = 'https://github.com/acme/shop.git';
const deliver = (props: Partial<FluxKustomizationProps> = {}, app = newApp()) =>
  new FluxKustomization(app, 'shop', { repository, path: 'dist', ...props });
const sourceOf = (props?: Partial<FluxKustomizationProps>) => deliver(props).gitRepository.toJson().spec;
const specOf = (props?: Partial<FluxKustomizationProps>) => deliver(props).kustomization.toJson().spec;

it('fetches all but the folders that are not for it, prunes, and waits', () => {
  const { gitRepository, kustomization } = deliver();
  const metadata = {
    name: 'shop',
    namespace: 'flux-system',
    labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' },
  };
  expect(gitRepository.toJson()).toEqual({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata,
    spec: {
      url: repository,
      ref: { branch: 'main' },
      interval: '300s',
      ignore: '/dist/cluster/\n/dist/gitops/\n',
    },
  });
  expect(kustomization.toJson()).toEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata,
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'shop' },
      path: './dist',
      interval: '300s',
      retryInterval: '60s',
      timeout: '900s',
      prune: true,
      wait: true,
    },
  });
});

it('takes every option', () => {
  expect(sourceOf({ secret: 'login', revision: { tag: 'v1.4.2' }, interval: '1h', path: '.' })).toEqual({
    url: repository,
    ref: { tag: 'v1.4.2' },
    interval: '3600s',
    ignore: '/cluster/\n/gitops/\n',
    secretRef: { name: 'login' },
  });
  const codeCommit = 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/shop';
  expect(sourceOf({ repository: codeCommit, provider: 'aws', revision: { semver: '>=1.4.0 <2.0.0' } })).toMatchObject({
    provider: 'aws',
    ref: { semver: '>=1.4.0 <2.0.0' },
  });
  expect(sourceOf({ revision: { commit: '0123456789abcdef0123456789abcdef01234567' } }).ref).toEqual({
    commit: '0123456789abcdef0123456789abcdef01234567',
  });
  expect(specOf({ serviceAccount: 'shop', prune: false, wait: false, timeout: '1m', path: '.' })).toMatchObject({
    path: './',
    serviceAccountName: 'shop',
    prune: false,
    wait: false,
    timeout: '60s',
  });
  const made = deliver({
    namespace: 'delivery',
    customize: {
      kustomization: (object) => {
        object.spec.targetNamespace = 'x';
      },
    },
  });
  expect(made.kustomization.toJson()).toMatchObject({
    metadata: { namespace: 'delivery' },
    spec: { targetNamespace: 'x' },
  });
});

it('lies outside of what it applies, and keeps namespaces, claims and what rollbacks read', () => {
  const app = newApp();
  const cluster = newCluster(app);
  deliver({}, app);
  web({ env: { MODE: 'a' } }, newTenant({}, cluster));
  const files = manifests(app);
  synth(app);
  expect(files.map(({ kind }) => kind)).not.toContain('Kustomization');
  const own = fs.readFileSync(path.join(app.outdir, 'gitops/shop.k8s.yaml'), 'utf8');
  expect(own.match(/^kind: .*/gm)).toEqual(['kind: GitRepository', 'kind: Kustomization']);
  const prune = (kind: string) =>
    files
      .filter((one) => one.kind === kind)
      .map(({ metadata }) => metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune']);
  expect(prune('Namespace')).toEqual(['disabled']);
  expect(prune('ConfigMap')).toEqual(['disabled']);
  expect(prune('Deployment')).toEqual([undefined]);
});

it('ignores the folders, and them alone', () => {
  const folder = temporaryFolder();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  git('init', '--quiet');
  // the patterns are those of .gitignore
  fs.writeFileSync(path.join(folder, '.gitignore'), sourceOf({ path: 'deploy/prod' }).ignore!);
  const files = ['cluster/prod.yaml', 'cluster/prod.md', 'gitops/shop.k8s.yaml', '_cluster.k8s.yaml', 'shop.k8s.yaml'];
  for (const file of [
    ...files.map((name) => `deploy/prod/${name}`),
    'deploy/staging/cluster/x.yaml',
    'cluster/y.yaml',
  ]) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), '');
  }
  expect(git('ls-files', '--others', '--exclude-standard').trim().split('\n').sort()).toEqual([
    '.gitignore',
    'cluster/y.yaml',
    'deploy/prod/_cluster.k8s.yaml',
    'deploy/prod/shop.k8s.yaml',
    'deploy/staging/cluster/x.yaml',
  ]);
});

it('tells the steps to install Flux, to log in, and how to hand over', () => {
  const app = newApp();
  newTenant({}, existingCluster(app));
  deliver({ secret: 'login' }, app);
  const page = synth(app).files['cluster/prod.md'];
  expect(page).toContain('helm upgrade --install flux2 flux2');
  expect(page).toContain('`login` in namespace `flux-system`');
  expect(page).toContain('kubectl apply --server-side -f gitops/shop.k8s.yaml');
});

(CRDS_PRESENT ? it : it.skip)('has the fields of the definitions', () => {
  const { gitRepository, kustomization } = deliver({ secret: 'login', serviceAccount: 'shop' });
  const definitions = definitionsIn(CRDS, ['flux.yaml']);
  expect(customResourceErrors(definitions, gitRepository.toJson() as Manifest)).toEqual([]);
  expect(customResourceErrors(definitions, kustomization.toJson() as Manifest)).toEqual([]);
  const wrong = { ...kustomization.toJson(), spec: { interval: 3 } } as unknown as Manifest;
  expect(customResourceErrors(definitions, wrong)).not.toEqual([]);
});
