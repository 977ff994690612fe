import { type Cluster, SharedVolume } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import {
  appOf,
  containerOf,
  controllerOf,
  find,
  manifests,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  synth,
  web,
} from '../support/app';
import { refusedBy } from '../support/findings';

const FS = 'fs-0123456789abcdef0';
const PATH = '/var/www/uploads';
const efs = (more: object = {}, tenant = newTenant(), id = 'uploads') =>
  SharedVolume.efs(tenant, id, { fileSystem: FS, ...more });
const mount = (volume: SharedVolume, more: object = {}, id = 'web') =>
  web({ mounts: { [PATH]: volume }, ...more }, volume.node.scope as never, id);

/** The specs of what a volume is made of, as they are applied. */
function written(volume: SharedVolume) {
  const all = manifests(appOf(volume));
  const of = (kind: string, name: string) => all.find((m) => m.kind === kind && m.metadata.name === name);
  const { id } = volume.node;
  return {
    claim: of('PersistentVolumeClaim', id)!,
    volume: of('PersistentVolume', `shop-${id}`),
    storageClass: of('StorageClass', `shop-${id}`),
  };
}

describe('a volume of EFS', () => {
  it('is an access point that the driver makes, owned by the user of the pods', () => {
    const volume = efs();
    mount(volume, { user: { uid: 33, gid: 34 }, replicas: 3 });
    const { claim, storageClass, volume: none } = written(volume);
    expect(none).toBeUndefined();
    expect(claim).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'uploads',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns',
          'app.kubernetes.io/part-of': 'shop',
          owner: 'shop',
        },
      },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'shop-uploads',
      },
    });
    expect(storageClass).toMatchObject({
      provisioner: 'efs.csi.aws.com',
      parameters: {
        provisioningMode: 'efs-ap',
        fileSystemId: FS,
        directoryPerms: '700',
        uid: '33',
        gid: '34',
        basePath: '/prod',
        subPathPattern: '/${.PVC.namespace}/${.PVC.name}',
        ensureUniqueDirectory: 'false',
      },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'Immediate',
    });
  });

  it('has the owner that it is given, whoever mounts it', () => {
    const volume = efs({ user: 1000 });
    mount(volume);
    mount(volume, { user: 'image' }, 'api');
    expect(written(volume).storageClass!.parameters).toMatchObject({ uid: '1000', gid: '1000' });
  });

  it.each([
    [{ accessPoint: 'fsap-0123456789abcdef0' }, `${FS}::fsap-0123456789abcdef0`],
    [{ accessPoint: 'fsap-0123456789abcdef0', path: '/a' }, `${FS}:/a:fsap-0123456789abcdef0`],
    [{ path: '/exports/a' }, `${FS}:/exports/a`],
  ])('that exists (%j) is a volume of that handle, reserved for the claim', (more, volumeHandle) => {
    const volume = efs(more);
    mount(volume, { user: 'image' });
    const { claim, storageClass, volume: made } = written(volume);
    expect(storageClass).toBeUndefined();
    expect(made!.spec).toEqual({
      accessModes: ['ReadWriteMany'],
      capacity: { storage: '1Gi' },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'uploads', namespace: 'shop' },
      csi: { driver: 'efs.csi.aws.com', volumeHandle },
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
    });
    expect(made!.metadata.namespace).toBeUndefined();
    expect(claim.spec).toMatchObject({ storageClassName: '', volumeName: 'shop-uploads' });
  });

  it('asks for an owner where the pods have several users, none, or there are no pods', () => {
    const users: readonly (readonly unknown[])[] = [[33, 1000], ['image'], []];
    for (const all of users) {
      const volume = efs();
      for (const [i, user] of all.entries()) {
        mount(volume, { user }, `web-${i}`);
      }
      expect(refusedBy(() => appOf(volume))).toEqual(['props/required', 'user']);
    }
  });

  it.each([
    ['node groups', newCluster],
    ['Auto Mode', newAutoCluster],
  ])('brings its driver and a step on %s', (_, cluster) => {
    const app = newApp();
    const volume = efs({}, newTenant({}, cluster(app)));
    mount(volume);
    const { clusterConfig, steps } = synth(app);
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toContain('aws-efs-csi-driver');
    expect(steps).toContain(`EFS ${FS}`);
    expect(steps).toContain('TCP 2049');
  });
});

describe('a volume of S3', () => {
  it('is the bucket, writable by the user of the pods, with the permissions of the driver', () => {
    const app = newApp();
    const volume = SharedVolume.s3(newTenant({}, newCluster(app)), 'models', {
      bucket: 'acme-models',
      prefix: 'llm/',
      mountOptions: ['cache /tmp/cache'],
    });
    mount(volume, { user: { uid: 33, gid: 34 } });
    expect(written(volume).volume!.spec).toMatchObject({
      accessModes: ['ReadWriteMany'],
      mountOptions: [
        'allow-other',
        'region us-west-2',
        'prefix llm/',
        'allow-delete',
        'allow-overwrite',
        'uid=33',
        'gid=34',
        'cache /tmp/cache',
      ],
      csi: {
        driver: 's3.csi.aws.com',
        volumeHandle: 'shop-models',
        volumeAttributes: { bucketName: 'acme-models' },
      },
    });
    expect(JSON.stringify(synth(app).clusterConfig!.addons)).toContain('s3:PutObject');
  });

  it('that is read-only has no owner, mounts that only read, and a driver that only reads', () => {
    const app = newApp();
    const volume = SharedVolume.s3(newTenant({}, newCluster(app)), 'models', { bucket: 'acme-models', readOnly: true });
    const workload = mount(volume, { user: 'image' });
    expect(written(volume).volume!.spec).toMatchObject({
      accessModes: ['ReadOnlyMany'],
      mountOptions: ['allow-other', 'region us-west-2', 'read-only'],
    });
    expect(containerOf(workload).volumeMounts).toContainEqual({ name: 'models', mountPath: PATH, readOnly: true });
    const addons = JSON.stringify(synth(app).clusterConfig!.addons);
    expect(addons).toContain('s3:GetObject');
    expect(addons).not.toContain('s3:PutObject');
  });
});

test('a volume of FSx, of NFS and of any driver is a volume that exists', () => {
  const tenant = newTenant();
  const dnsName = `${FS}.fsx.us-west-2.amazonaws.com`;
  const volumes = [
    SharedVolume.fsx(tenant, 'lustre', { kind: 'lustre', fileSystem: FS, dnsName, mountName: 'fsx', size: '1200Gi' }),
    SharedVolume.fsx(tenant, 'zfs', { kind: 'openZfs', volume: 'fsvol-0123456789abcdef0', dnsName, path: '/fsx/a' }),
    SharedVolume.nfs(tenant, 'nfs', { server: '10.0.0.5', path: '/exports' }),
    SharedVolume.csi(tenant, 'ceph', {
      driver: 'cephfs.csi.ceph.com',
      volumeHandle: 'a',
      attributes: { fsName: 'b' },
      size: '5Gi',
      mountOptions: ['noatime'],
    }),
  ];
  web({ mounts: Object.fromEntries(volumes.map((volume) => [`/${volume.node.id}`, volume])) }, tenant);
  expect(volumes.map((volume) => volume.persistentVolume!.toJson().spec)).toMatchObject([
    {
      capacity: { storage: '1200Gi' },
      mountOptions: ['flock'],
      csi: {
        driver: 'fsx.csi.aws.com',
        volumeHandle: FS,
        volumeAttributes: { dnsname: dnsName, mountname: 'fsx' },
      },
    },
    {
      csi: {
        driver: 'fsx.openzfs.csi.aws.com',
        volumeHandle: 'fsvol-0123456789abcdef0',
        volumeAttributes: { DNSName: dnsName, ResourceType: 'volume', VolumePath: 'fsx/a' },
      },
    },
    { nfs: { server: '10.0.0.5', path: '/exports' }, mountOptions: ['nfsvers=4.1'] },
    {
      csi: { driver: 'cephfs.csi.ceph.com', volumeHandle: 'a', volumeAttributes: { fsName: 'b' } },
      mountOptions: ['noatime'],
    },
  ]);
  const { steps, clusterConfig } = synth(appOf(tenant));
  expect(steps).toContain('TCP 988');
  expect(steps).toContain('NFS 10.0.0.5');
  expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toContain('aws-fsx-csi-driver');
});

describe('a volume of a class', () => {
  const disk = (tenant = newTenant()) => {
    const own = (tenant.node.scope as Cluster).storageClass('own');
    return SharedVolume.csi(tenant, 'disk', { className: own, size: '20Gi', accessMode: 'ReadWriteOnce' });
  };

  it('is a claim of the class, for one pod that is replaced rather than rolled', () => {
    const volume = disk();
    mount(volume, { replicas: 1, rollout: { strategy: 'recreate' } });
    expect(written(volume).claim.spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '20Gi' } },
      storageClassName: 'own',
    });
    expect(synth(appOf(volume)).warnings.filter((text) => text.includes('storage/'))).toEqual([]);
  });

  it('is refused for several pods', () => {
    const several: readonly (readonly [keyof typeof PATTERNS, object])[] = [
      ['WebService', { replicas: 2 }],
      ['WebService', { replicas: { min: 1, max: 2 } }],
      ['Worker', { replicas: 2 }],
      ['StatefulService', { replicas: 2 }],
      ['NodeAgent', {}],
      ['BatchJob', { completions: 2, parallelism: 2 }],
      ['ScheduledJob', { completions: 2, parallelism: 2 }],
      ['ScaledJob', { max: 2 }],
    ];
    for (const [pattern, props] of several) {
      const tenant = newTenant();
      const volume = disk(tenant);
      expect([pattern, refusedBy(() => PATTERNS[pattern]({ ...props, mounts: { '/a': volume } }, tenant))]).toEqual([
        pattern,
        ['props/forbidden', "mounts['/a']"],
      ]);
    }
  });

  it('asks for a numeric user, whose group owns it', () => {
    const volume = disk();
    expect(refusedBy(() => mount(volume, { replicas: 1, user: 'image' }))).toEqual(['props/forbidden', 'user']);
    expect(podOf(mount(volume, { replicas: 1 }, 'api')).spec.securityContext!.fsGroup).toBe(10001);
  });
});

describe('mounts', () => {
  it.each(PATTERN_NAMES)('of a %s', (pattern) => {
    const tenant = newTenant();
    const volume = efs({}, tenant);
    const workload = PATTERNS[pattern]({ mounts: { [PATH]: volume } }, tenant);
    expect(podOf(workload).spec.volumes).toContainEqual({
      name: 'uploads',
      persistentVolumeClaim: { claimName: 'uploads' },
    });
    expect(containerOf(workload).volumeMounts).toContainEqual({ name: 'uploads', mountPath: PATH });
    expect(controllerOf(workload).metadata.namespace).toBe('shop');
    expect(Testing.findings(appOf(tenant)).filter(({ rule }) => /^(storage|volumes|references)\//.test(rule))).toEqual(
      [],
    );
  });

  it('have parts of one volume, read-only ones as well, and sidecars have some of them', () => {
    const volume = efs();
    const workload = web(
      {
        mounts: {
          '/a': { volume, folder: 'a' },
          '/b': { volume, folder: 'b/c', readOnly: true },
        },
        sidecars: [
          {
            name: 'scan',
            image: 'example.com/scan:1.0.0',
            resources: { cpu: '10m', memory: '32Mi' },
            storage: [{ name: 'uploads', mountPath: '/scan', readOnly: true }],
          },
        ],
      },
      volume.node.scope as never,
    );
    const { spec } = podOf(workload);
    expect(spec.volumes!.filter(({ name }) => name === 'uploads')).toHaveLength(1);
    expect(containerOf(workload).volumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'uploads', mountPath: '/a', subPath: 'a' },
        { name: 'uploads', mountPath: '/b', subPath: 'b/c', readOnly: true },
      ]),
    );
    expect(spec.initContainers![0]!.volumeMounts).toContainEqual({
      name: 'uploads',
      mountPath: '/scan',
      subPath: 'a',
      readOnly: true,
    });
  });

  it('are counted in the quota of the tenant, once', () => {
    const volume = efs({ size: '10Gi' });
    mount(volume);
    mount(volume, {}, 'api');
    const quota = find(manifests(appOf(volume)), 'ResourceQuota');
    expect(quota.spec.hard).toMatchObject({ persistentvolumeclaims: '2', 'requests.storage': '20Gi' });
  });
});
