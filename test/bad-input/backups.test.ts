import { BackupLocation, BackupSchedule, PropsError } from 'cdk8s-eks-patterns';
import { newAutoCluster, newCluster, newTenant } from '../support/app';
import { judge, type Mistake } from './support';

const refused = (
  path: string,
  make: (props: object) => unknown,
  rows: readonly (readonly [mistake: string, props: object, rule: string, field: string])[],
): readonly Mistake[] =>
  rows.map(([mistake, props, problem, fix]) => ({
    mistake,
    program: () => make(props) as never,
    error: PropsError,
    path,
    problem,
    fix,
  }));

describe('a location of backups', () => {
  judge(
    refused(
      'prod/backups',
      (props) => new BackupLocation(newCluster(), 'backups', { bucket: 'b-b', ...props } as never),
      [
        ['without a bucket', { bucket: undefined }, 'props/required', 'bucket'],
        ['with a URL', { bucket: 's3://backups' }, 'props/invalid', 'bucket'],
        ['with a number', { bucket: 3 }, 'props/type', 'bucket'],
        ['with a prefix that ends with a slash', { prefix: 'prod/' }, 'props/invalid', 'prefix'],
        ['with a prefix that is a pattern', { prefix: 'prod*' }, 'props/invalid', 'prefix'],
        ['with a key by its name', { encryptionKey: 'my-key' }, 'props/invalid', 'encryptionKey'],
        ['with a misspelt prop', { buckets: 'a' }, 'props/unknown', 'buckets'],
      ],
    ),
  );
});

describe('a schedule of backups', () => {
  const to = (cluster: ReturnType<typeof newCluster>, more: object = {}) =>
    new BackupLocation(cluster, 'backups', { bucket: 'b-b', ...more });
  const make = (props: object, more?: object) => {
    const cluster = newCluster();
    return new BackupSchedule(newTenant({}, cluster), 'nightly', {
      to: to(cluster, more),
      schedule: '@daily',
      ...props,
    } as never);
  };
  judge(
    refused('prod/shop/nightly', make, [
      ['to nowhere', { to: undefined }, 'props/required', 'to'],
      ['to a bucket', { to: { bucket: 'a' } }, 'props/type', 'to'],
      ['at no time', { schedule: undefined }, 'props/required', 'schedule'],
      ['at a wrong time', { schedule: '61 * * * *' }, 'props/invalid', 'schedule'],
      ['of no namespace', { namespaces: [] }, 'props/invalid', 'namespaces'],
      ['of a namespace in capitals', { namespaces: ['Shop'] }, 'props/invalid', 'namespaces[0]'],
      ['that are kept for a minute', { keep: '1m' }, 'props/invalid', 'keep'],
      ['of unknown volumes', { volumes: 'all' }, 'props/unsupported', 'volumes'],
      ['with a misspelt prop', { ttl: '30d' }, 'props/unknown', 'ttl'],
    ]),
  );
  judge(
    refused('prod/shop/nightly', (props) => make(props, { readOnly: true }), [
      ['to a place that is read-only', {}, 'props/forbidden', 'to'],
    ]),
  );
  const inAutoMode = (props: object) => {
    const cluster = newAutoCluster() as never;
    return new BackupSchedule(newTenant({}, cluster), 'nightly', { to: to(cluster), schedule: '@daily', ...props });
  };
  judge(
    refused('prod/shop/nightly', inAutoMode, [
      ['in Auto Mode, without a word on volumes', {}, 'props/required', 'volumes'],
      ['in Auto Mode, with snapshots', { volumes: 'snapshots' }, 'props/unsupported', 'volumes'],
    ]),
  );
});
