import { App } from 'cdk8s';
import {
  ArgoApplication,
  ArgoApplicationSet,
  ArgoGenerator,
  EksApp,
  FluxKustomization,
  PropsError,
} from 'cdk8s-eks-patterns';
import { newApp } from '../support/app';
import { factory, judge, type Mistake } from './support';

type Row = readonly [mistake: string, props: object, rule: string, field: string];
const refused = (make: (props: object) => unknown, rows: readonly Row[]): readonly Mistake[] =>
  rows.map(([mistake, props, problem, fix]) => ({
    mistake,
    program: () => make(props) as never,
    error: PropsError,
    path: 'shop',
    problem,
    fix,
  }));

const repository = 'https://github.com/acme/shop.git';
const BOTH: readonly Row[] = [
  ['without a repository', { repository: undefined }, 'props/required', 'repository'],
  ['with a number for a repository', { repository: 3 }, 'props/type', 'repository'],
  ['with a folder for a repository', { repository: '../shop' }, 'props/invalid', 'repository'],
  ['with plain http', { repository: 'http://example.com/shop.git' }, 'props/invalid', 'repository'],
  ['with a password', { repository: 'https://me:secret@github.com/acme/shop.git' }, 'props/forbidden', 'repository'],
  ['with a token', { repository: 'https://ghp_0123@github.com/acme/shop.git' }, 'props/forbidden', 'repository'],
  ['with a password for ssh', { repository: 'ssh://git:pw@example.com/a.git' }, 'props/forbidden', 'repository'],
  ['with a folder above', { path: '../dist' }, 'props/invalid', 'path'],
  ['with an absolute folder', { path: '/dist' }, 'props/invalid', 'path'],
  ['with a pattern for a folder', { path: 'dist/*' }, 'props/invalid', 'path'],
  ['with an empty folder', { path: '' }, 'props/type', 'path'],
  ['without a folder, and the outdir elsewhere', { path: undefined }, 'props/required', 'path'],
  ['with a namespace in capitals', { namespace: 'ArgoCD' }, 'props/invalid', 'namespace'],
  ['with a text for a flag', { prune: 'false' }, 'props/type', 'prune'],
  ['with a misspelt prop', { repo: 'x' }, 'props/unknown', 'repo'],
  ['with an edit of no object', { customize: { app: () => {} } }, 'props/unknown', 'customize.app'],
];

describe('an application of Argo CD', () => {
  judge(
    refused(
      (props) => new ArgoApplication(newApp(), 'shop', { repository, path: 'dist', ...props } as never),
      [
        ...BOTH,
        ['with spaces in the revision', { revision: 'my branch' }, 'props/invalid', 'revision'],
        ['with an address without https', { destination: 'http://10.0.0.1' }, 'props/invalid', 'destination'],
        [
          'with a role for a cluster',
          { destination: 'arn:aws:iam::111122223333:role/a' },
          'props/invalid',
          'destination',
        ],
        ['with a project in capitals', { project: 'Shop' }, 'props/invalid', 'project'],
        ['with another sync', { sync: 'auto' }, 'props/unsupported', 'sync'],
        ['that prunes by hand', { sync: 'manual', prune: true }, 'props/forbidden', 'prune'],
        ['that heals by hand', { sync: 'manual', selfHeal: false }, 'props/forbidden', 'selfHeal'],
        [
          'with a difference of no kind',
          { ignoreDifferences: [{ pointers: ['/a'] }] },
          'props/required',
          'ignoreDifferences[0].kind',
        ],
        [
          'with a difference of no field',
          { ignoreDifferences: [{ kind: 'Pod' }] },
          'props/required',
          'ignoreDifferences[0]',
        ],
        [
          'with a path that is no pointer',
          { ignoreDifferences: [{ kind: 'Pod', pointers: ['spec.replicas'] }] },
          'props/invalid',
          'ignoreDifferences[0].pointers[0]',
        ],
        [
          'with a misspelt difference',
          { ignoreDifferences: [{ kind: 'Pod', jsonPointers: ['/a'] }] },
          'props/unknown',
          'ignoreDifferences[0].jsonPointers',
        ],
        [
          'with an edit of a project that exists',
          { project: 'a', customize: { project: () => {} } },
          'props/forbidden',
          'customize.project',
        ],
      ],
    ),
  );

  judge([
    {
      mistake: 'with an id in capitals',
      program: () => new ArgoApplication(newApp(), 'Shop', { repository, path: 'dist' }) as never,
      error: PropsError,
      path: 'Shop',
      problem: 'props/invalid',
      fix: '',
    },
    {
      mistake: 'in an app of plain cdk8s',
      program: () => new ArgoApplication(new App(), 'shop', { repository, path: 'dist' }) as never,
      error: PropsError,
      path: 'shop',
      problem: 'props/forbidden',
      fix: '',
    },
  ]);
});

describe('a set of applications of Argo CD', () => {
  const target = { name: 'prod', path: 'dist/prod', destination: 'prod' };
  const generator = ArgoGenerator.list([target]);
  const made = (props: object) =>
    new ArgoApplicationSet(newApp(), 'shop', { repository, generator, apps: [newApp()], ...props } as never);
  const found = ArgoGenerator.directories({ pattern: 'dist/*', exclude: ['dist/dev'] });
  judge(
    refused(made, [
      ...BOTH.filter(([, props]) => !('path' in props)),
      ['without a generator', { generator: undefined }, 'props/required', 'generator'],
      ['with a text for a generator', { generator: 'dist/*' }, 'props/type', 'generator'],
      ['without apps', { apps: undefined }, 'props/required', 'apps'],
      ['with no app', { apps: [] }, 'props/required', 'apps'],
      ['with an app of plain cdk8s', { apps: [new App()] }, 'props/type', 'apps[0]'],
      ['with the name of an app', { apps: ['prod'] }, 'props/type', 'apps[0]'],
      ['with an app of no target', { apps: [new EksApp({ outdir: 'dist/dev' })] }, 'props/invalid', 'apps[0]'],
      [
        'with an app beside the folders',
        { generator: found, apps: [new EksApp({ outdir: 'out/prod' })] },
        'props/invalid',
        'apps[0]',
      ],
      [
        'with an app that is left out',
        { generator: found, apps: [new EksApp({ outdir: 'dist/dev' })] },
        'props/invalid',
        'apps[0]',
      ],
      ['with another end', { onRemoval: 'orphan' }, 'props/unsupported', 'onRemoval'],
      ['with another sync', { sync: 'auto' }, 'props/unsupported', 'sync'],
      ['with a project in capitals', { project: 'Shop' }, 'props/invalid', 'project'],
      [
        'with a long name',
        { generator: ArgoGenerator.list([{ ...target, name: 'a'.repeat(60) }]) },
        'props/invalid',
        'generator',
      ],
      [
        'with clusters and an outdir elsewhere',
        { generator: ArgoGenerator.clusters({ labels: { env: 'prod' } }), apps: undefined },
        'props/required',
        'path',
      ],
    ]),
  );
  judge([
    ...factory('ArgoGenerator.list', [
      ['no target', () => ArgoGenerator.list([]), 'props/invalid', 'targets'],
      ['a target alone', () => ArgoGenerator.list(target as never), 'props/type', 'targets'],
      ['a target of no name', () => ArgoGenerator.list([{ ...target, name: '' }]), 'props/type', 'targets[0].name'],
      [
        'a name in capitals',
        () => ArgoGenerator.list([{ ...target, name: 'Prod' }]),
        'props/invalid',
        'targets[0].name',
      ],
      ['a name twice', () => ArgoGenerator.list([target, target]), 'props/duplicate', 'targets[1].name'],
      ['a folder above', () => ArgoGenerator.list([{ ...target, path: '../a' }]), 'props/invalid', 'targets[0].path'],
      [
        'no cluster',
        () => ArgoGenerator.list([{ name: 'a', path: 'dist' } as never]),
        'props/required',
        'targets[0].destination',
      ],
      [
        'clusters in two forms',
        () => ArgoGenerator.list([target, { ...target, name: 'b', destination: 'https://10.0.0.1' }]),
        'props/unsupported',
        'targets[1].destination',
      ],
      [
        'a misspelt key',
        () => ArgoGenerator.list([{ ...target, cluster: 'a' } as never]),
        'props/unknown',
        'targets[0].cluster',
      ],
    ]),
    ...factory('ArgoGenerator.clusters', [
      ['no labels', () => ArgoGenerator.clusters({ labels: {} }), 'props/required', 'clusters.labels'],
      [
        'an invalid label',
        () => ArgoGenerator.clusters({ labels: { env: 'a b' } }),
        'props/invalid',
        "clusters.labels['env']",
      ],
      [
        'an absolute folder',
        () => ArgoGenerator.clusters({ labels: { a: 'b' }, path: '/dist' }),
        'props/invalid',
        'clusters.path',
      ],
    ]),
    ...factory('ArgoGenerator.directories', [
      ['one folder', () => ArgoGenerator.directories({ pattern: 'dist/prod' }), 'props/invalid', 'directories.pattern'],
      [
        'folders at any depth',
        () => ArgoGenerator.directories({ pattern: 'dist/**' }),
        'props/invalid',
        'directories.pattern',
      ],
      [
        'an exclusion outside',
        () => ArgoGenerator.directories({ pattern: 'dist/*', exclude: ['../a'] }),
        'props/invalid',
        'directories.exclude[0]',
      ],
      [
        'a role for a cluster',
        () => ArgoGenerator.directories({ pattern: 'dist/*', destination: 'arn:aws:iam::111122223333:role/a' }),
        'props/invalid',
        'directories.destination',
      ],
    ]),
  ]);
});

describe('a Kustomization of Flux', () => {
  judge(
    refused(
      (props) => new FluxKustomization(newApp(), 'shop', { repository, path: 'dist', ...props } as never),
      [
        ...BOTH,
        ['with an address of scp', { repository: 'git@github.com:acme/shop.git' }, 'props/invalid', 'repository'],
        ['with a text for a revision', { revision: 'main' }, 'props/type', 'revision'],
        ['with no revision', { revision: {} }, 'props/required', 'revision'],
        ['with two revisions', { revision: { branch: 'a', tag: 'b' } }, 'props/forbidden', 'revision'],
        ['with a short commit', { revision: { commit: '0123abc' } }, 'props/invalid', 'revision.commit'],
        ['with spaces in a branch', { revision: { branch: 'a b' } }, 'props/invalid', 'revision.branch'],
        ['with a number for a range', { revision: { semver: 1 } }, 'props/type', 'revision.semver'],
        ['with a misspelt revision', { revision: { brunch: 'a' } }, 'props/unknown', 'revision.brunch'],
        ['with a Secret in capitals', { secret: 'Login' }, 'props/invalid', 'secret'],
        ['with an account in capitals', { serviceAccount: 'Shop' }, 'props/invalid', 'serviceAccount'],
        ['with another provider', { provider: 'gcp' }, 'props/unsupported', 'provider'],
        ['with two ways to log in', { provider: 'aws', secret: 'login' }, 'props/forbidden', 'provider'],
        ['with a short interval', { interval: '1s' }, 'props/invalid', 'interval'],
        ['with an interval in words', { interval: 'often' }, 'props/invalid', 'interval'],
        ['with a short timeout', { timeout: 5 }, 'props/invalid', 'timeout'],
        ['with a text for wait', { wait: 'yes' }, 'props/type', 'wait'],
      ],
    ),
  );
});
