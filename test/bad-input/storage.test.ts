import { Placement, PropsError, SharedVolume, SnapshotSchedule } from 'cdk8s-eks-patterns';
import { newCluster, newTenant, stateful, web } from '../support/app';
import { judge, type Mistake, propsOf } from './support';

const volume = { mountPath: '/data', size: '20Gi' };

describe('a class of the cluster', () => {
  const key = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
  const mistakes: readonly (readonly [mistake: string, name: unknown, props: object, rule: string, field: string])[] = [
    ['of a type that is not offered', 'own', { type: 'gp2' }, 'props/unsupported', 'type'],
    ['io2 without iops', 'own', { type: 'io2' }, 'props/required', 'iops'],
    ['too few iops of io2', 'own', { type: 'io2', iops: 99 }, 'props/invalid', 'iops'],
    ['too many iops of io2', 'own', { type: 'io2', iops: 256_001 }, 'props/invalid', 'iops'],
    ['too few iops of gp3', 'own', { iops: 2999 }, 'props/invalid', 'iops'],
    ['iops as text', 'own', { iops: '3000' }, 'props/type', 'iops'],
    ['iops of a disk', 'own', { type: 'st1', iops: 3000 }, 'props/forbidden', 'iops'],
    ['throughput of io2', 'own', { type: 'io2', iops: 3000, throughput: 125 }, 'props/forbidden', 'throughput'],
    ['too little throughput', 'own', { throughput: 124 }, 'props/invalid', 'throughput'],
    ['throughput above the default iops', 'own', { throughput: 751 }, 'props/invalid', 'throughput'],
    ['throughput above its iops', 'own', { iops: 4000, throughput: 1001 }, 'props/invalid', 'throughput'],
    ['an unknown file system', 'own', { fsType: 'zfs' }, 'props/unsupported', 'fsType'],
    ['an unknown policy', 'own', { reclaimPolicy: 'Recycle' }, 'props/unsupported', 'reclaimPolicy'],
    ['a key by its name', 'own', { encryptionKey: 'my-key' }, 'props/invalid', 'encryptionKey'],
    ['a key elsewhere', 'own', { encryptionKey: key.replace('west', 'east') }, 'props/invalid', 'encryptionKey'],
    ['an alias of a key', 'own', { encryptionKey: key.replace('key/', 'alias/') }, 'props/invalid', 'encryptionKey'],
    ['a misspelt prop', 'own', { iop: 3000 }, 'props/unknown', 'iop'],
    ['a name in capitals', 'Own', {}, 'props/invalid', 'name'],
    ['no name', undefined, {}, 'props/type', 'name'],
    ['the name of a class that it has', 'gp3', {}, 'props/duplicate', 'name'],
    ['the name of the class of EKS', 'gp2', {}, 'props/duplicate', 'name'],
  ];
  judge(
    mistakes.map(
      ([mistake, name, props, problem, fix]): Mistake => ({
        mistake,
        program: () => newCluster().storageClass(name as string, props),
        error: PropsError,
        path: 'prod',
        problem,
        fix,
      }),
    ),
  );
});

describe('the class of a volume', () => {
  const object = newCluster().priorityClasses.standard;
  judge(
    propsOf('StatefulService', [
      ['another object', { storage: { ...volume, className: object } }, 'props/type', 'storage.className'],
      ['a number', { storage: { ...volume, className: 3 } }, 'props/type', 'storage.className'],
      [
        'other attributes',
        { storage: { ...volume, attributesClass: object } },
        'props/type',
        'storage.attributesClass',
      ],
      [
        'attributes in capitals',
        { storage: { ...volume, attributesClass: 'A' } },
        'props/invalid',
        'storage.attributesClass',
      ],
    ]),
  );
});

describe('a volume of several pods', () => {
  const fileSystem = 'fs-0123456789abcdef0';
  const accessPoint = 'fsap-0123456789abcdef0';
  const dnsName = 'a.example.com';
  const lustre = { kind: 'lustre', fileSystem, dnsName, mountName: 'fsx' };
  const zfs = { kind: 'openZfs', volume: 'fsvol-0123456789abcdef0', dnsName, path: '/fsx' };
  const nfs = { server: 'files.example.com', path: '/exports' };
  const csi = { driver: 'a.example.com', volumeHandle: 'a', size: '1Gi' };
  const disk = { className: 'gp3', size: '1Gi' };
  type Way = 'efs' | 's3' | 'fsx' | 'nfs' | 'csi';
  const mistakes: readonly (readonly [mistake: string, way: Way, props: object, rule: string, field: string])[] = [
    ['no file system', 'efs', {}, 'props/required', 'fileSystem'],
    ['a file system by its name', 'efs', { fileSystem: 'uploads' }, 'props/invalid', 'fileSystem'],
    ['an access point by its name', 'efs', { fileSystem, accessPoint: 'a' }, 'props/invalid', 'accessPoint'],
    ['an owner of an access point', 'efs', { fileSystem, accessPoint, user: 33 }, 'props/forbidden', 'user'],
    ['an owner of a folder', 'efs', { fileSystem, path: '/a', user: 33 }, 'props/forbidden', 'user'],
    ['a relative folder', 'efs', { fileSystem, path: 'a' }, 'props/invalid', 'path'],
    ['root as owner', 'efs', { fileSystem, user: 0 }, 'props/invalid', 'user'],
    ['an owner by name', 'efs', { fileSystem, user: { uid: 'www' } }, 'props/type', 'user.uid'],
    ['a group out of range', 'efs', { fileSystem, user: { uid: 1, gid: 65_535 } }, 'props/invalid', 'user.gid'],
    ['a size of nothing', 'efs', { fileSystem, size: '0' }, 'props/invalid', 'size'],
    ['a misspelt prop', 'efs', { fileSystem, acessPoint: 'a' }, 'props/unknown', 'acessPoint'],
    ['no bucket', 's3', {}, 'props/required', 'bucket'],
    ['a bucket by its address', 's3', { bucket: 's3://models' }, 'props/invalid', 'bucket'],
    ['a prefix without its slash', 's3', { bucket: 'models', prefix: 'llm' }, 'props/invalid', 'prefix'],
    ['a prefix that begins with a slash', 's3', { bucket: 'models', prefix: '/llm/' }, 'props/invalid', 'prefix'],
    ['an empty option', 's3', { bucket: 'models', mountOptions: [''] }, 'props/type', 'mountOptions[0]'],
    ['no kind', 'fsx', {}, 'props/required', 'kind'],
    ['a kind that is mounted by NFS', 'fsx', { kind: 'ontap' }, 'props/unsupported', 'kind'],
    ['no mount name', 'fsx', { ...lustre, mountName: undefined }, 'props/required', 'mountName'],
    ['a volume for a file system', 'fsx', { ...lustre, fileSystem: 'fsvol-1' }, 'props/invalid', 'fileSystem'],
    ['a file system for a volume', 'fsx', { ...zfs, volume: fileSystem }, 'props/invalid', 'volume'],
    ['no DNS name', 'fsx', { ...zfs, dnsName: '' }, 'props/type', 'dnsName'],
    ['the name of a Service', 'nfs', { ...nfs, server: 'nfs.shop.svc.cluster.local' }, 'props/invalid', 'server'],
    ['a server with a blank', 'nfs', { ...nfs, server: 'my files' }, 'props/invalid', 'server'],
    ['no path', 'nfs', { ...nfs, path: undefined }, 'props/type', 'path'],
    ['no driver', 'csi', { ...csi, driver: undefined }, 'props/required', 'driver'],
    ['no handle', 'csi', { ...csi, volumeHandle: undefined }, 'props/required', 'volumeHandle'],
    ['no size', 'csi', { ...csi, size: undefined }, 'props/type', 'size'],
    ['an unknown mode', 'csi', { ...csi, accessMode: 'RWX' }, 'props/unsupported', 'accessMode'],
    ['EBS without its zone', 'csi', { ...csi, driver: 'ebs.csi.aws.com' }, 'props/required', 'zone'],
    ['EBS for several nodes', 'csi', disk, 'props/required', 'accessMode'],
    ['EBS for many readers', 'csi', { ...disk, accessMode: 'ReadOnlyMany' }, 'props/unsupported', 'accessMode'],
    ['a class that is none', 'csi', { ...disk, className: {} }, 'props/type', 'className'],
  ];
  judge(
    mistakes.map(
      ([mistake, way, props, problem, fix]): Mistake => ({
        mistake: `${way}: ${mistake}`,
        program: () => SharedVolume[way](newTenant(), 'files', props as never),
        error: PropsError,
        path: 'prod/shop/files',
        problem,
        fix,
      }),
    ),
  );
  judge([
    {
      mistake: 'an id in capitals',
      program: () => SharedVolume.efs(newTenant(), 'Files', { fileSystem }),
      error: PropsError,
      path: 'prod/shop/Files',
      problem: 'props/invalid',
      fix: '',
    },
  ]);

  const mounting = (more: object, way = { fileSystem, user: 33 }, tenant = newTenant()) => {
    const volume = SharedVolume.efs(tenant, 'files', way);
    return web({ mounts: { '/a': { volume, ...more } } }, tenant);
  };
  const mountings: readonly (readonly [mistake: string, program: () => unknown, rule: string, field: string])[] = [
    ['no volume', () => web({ mounts: { '/a': 'files' } }), 'props/type', "mounts['/a']"],
    ['a list', () => web({ mounts: [] }), 'props/type', 'mounts'],
    ['a relative path', () => web({ mounts: { a: files() } }), 'props/invalid', 'mounts.a'],
    ['a volume that is none', () => mounting({ volume: 'files' }), 'props/type', "mounts['/a'].volume"],
    ['a folder outside', () => mounting({ folder: '../a' }), 'props/invalid', "mounts['/a'].folder"],
    ['an absolute folder', () => mounting({ folder: '/a' }), 'props/invalid', "mounts['/a'].folder"],
    ['a misspelt key', () => mounting({ subPath: 'a' }), 'props/unknown', "mounts['/a'].subPath"],
    [
      'writing to a volume that is read-only',
      () => mounting({ readOnly: false }, { fileSystem, user: 33, readOnly: true } as never),
      'props/forbidden',
      "mounts['/a'].readOnly",
    ],
    [
      'a volume of another tenant',
      () => {
        const cluster = newCluster();
        const other = SharedVolume.efs(newTenant({}, cluster, 'other'), 'files', { fileSystem, user: 33 });
        return web({ mounts: { '/a': other } }, newTenant({}, cluster));
      },
      'props/forbidden',
      "mounts['/a']",
    ],
    [
      'files on Windows',
      () => web({ mounts: { 'C:\\files': files() }, placement: Placement.windows(), user: undefined }),
      'props/unsupported',
      'mounts["C:\\\\files"]',
    ],
    ['a volume at the place of another', () => web({ mounts: { '/tmp': files() } }), 'props/duplicate', 'mounts'],
  ];
  const files = () => SharedVolume.efs(newTenant(), 'files', { fileSystem, user: 33 });
  judge(
    mountings.map(
      ([mistake, program, problem, fix]): Mistake => ({
        mistake,
        program,
        error: PropsError,
        path: 'prod/shop/web',
        problem,
        fix,
      }),
    ),
  );
});

describe('snapshots', () => {
  const fileSystem = 'fs-0123456789abcdef0';
  const mistakes: readonly (readonly [mistake: string, props: object, rule: string, field: string])[] = [
    ['of nothing', {}, 'props/required', 'of'],
    ['of an empty list', { of: [] }, 'props/invalid', 'of'],
    ['of a number', { of: 3 }, 'props/type', 'of'],
    ['of a claim in capitals', { of: ['Data'] }, 'props/invalid', 'of[0]'],
    ['of none', { of: 'a', keep: 0 }, 'props/invalid', 'keep'],
    [
      'that are neither kept nor deleted',
      { of: 'a', deletionPolicy: 'Recycle' },
      'props/unsupported',
      'deletionPolicy',
    ],
    ['with a misspelt prop', { of: 'a', retention: 3 }, 'props/unknown', 'retention'],
  ];
  judge(
    mistakes.map(
      ([mistake, props, problem, fix]): Mistake => ({
        mistake,
        program: () => new SnapshotSchedule(newTenant(), 'nightly', { schedule: '@daily', ...props } as never),
        error: PropsError,
        path: 'prod/shop/nightly',
        problem,
        fix,
      }),
    ),
  );
  judge([
    {
      mistake: 'of a set that keeps nothing',
      program: () => {
        const tenant = newTenant();
        const of = stateful({ storage: 'none' }, tenant);
        return new SnapshotSchedule(tenant, 'nightly', { schedule: '@daily', of });
      },
      error: PropsError,
      path: 'prod/shop/nightly',
      problem: 'props/invalid',
      fix: 'of',
    },
    {
      mistake: 'of files on EFS',
      program: () => {
        const tenant = newTenant();
        const of = [SharedVolume.efs(tenant, 'files', { fileSystem, user: 33 })];
        return new SnapshotSchedule(tenant, 'nightly', { schedule: '@daily', of });
      },
      error: PropsError,
      path: 'prod/shop/nightly',
      problem: 'props/invalid',
      fix: 'of[0]',
    },
    {
      mistake: 'of another tenant',
      program: () => {
        const cluster = newCluster();
        const of = stateful({}, newTenant({}, cluster, 'other'));
        return new SnapshotSchedule(newTenant({}, cluster), 'nightly', { schedule: '@daily', of });
      },
      error: PropsError,
      path: 'prod/shop/nightly',
      problem: 'props/forbidden',
      fix: 'of',
    },
  ]);
  judge(
    propsOf('StatefulService', [
      ['a source by its name', { storage: { ...volume, from: 'a' } }, 'props/type', 'storage.from'],
      ['no snapshot', { storage: { ...volume, from: {} } }, 'props/required', 'storage.from.snapshot'],
      ['another source', { storage: { ...volume, from: { volume: 'a' } } }, 'props/unknown', 'storage.from.volume'],
      [
        'two sources',
        { storage: { ...volume, from: { claim: 'a', snapshot: 'a' } } },
        'props/forbidden',
        'storage.from',
      ],
      [
        'a claim in capitals',
        { storage: { ...volume, from: { claim: 'Data' } } },
        'props/invalid',
        'storage.from.claim',
      ],
      ['a claim that is a number', { storage: { ...volume, from: { claim: 3 } } }, 'props/type', 'storage.from.claim'],
      [
        'copies for several members',
        {
          replicas: 3,
          memberPorts: [],
          storage: [volume, { ...volume, mountPath: '/w', name: 'w', from: { claim: 'a' } }],
        },
        'props/forbidden',
        'storage[1].from',
      ],
      [
        'a name in capitals',
        { storage: { ...volume, from: { snapshot: 'A' } } },
        'props/invalid',
        'storage.from.snapshot',
      ],
    ]),
  );
});
