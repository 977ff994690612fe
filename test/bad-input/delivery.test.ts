import { App } from 'cdk8s';
import { ArgoApplication, FluxKustomization, PropsError } from 'cdk8s-eks-patterns';
import { newApp } from '../support/app';
import { judge, type Mistake } from './support';

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
