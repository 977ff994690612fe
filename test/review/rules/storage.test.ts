import { KubeObject } from 'cdk8s-eks-patterns';
import { appOf, newApp, newCluster, newTenant, stateful } from '../../support/app';
import { findingsIn, foundInApp, of, set, workload } from './support';

const cluster = (version = '1.35', parts = 'managedNodeGroups: [{ name: workers, instanceType: m5.large }]') =>
  `{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: prod, region: us-west-2, version: '${version}' }, ${parts} }`;
const autoMode = cluster('1.35', 'autoModeConfig: { enabled: true }');
const EBS = 'ebs.csi.aws.com';
const OLD = 'kubernetes.io/aws-ebs';
const storageClass = (
  parameters = "{ type: gp3, encrypted: 'true' }",
  provisioner = EBS,
  { name = 'fast', annotations = '{}', more = '' } = {},
) =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: ${name}, annotations: ${annotations} }, provisioner: ${provisioner}, parameters: ${parameters}, volumeBindingMode: WaitForFirstConsumer, allowVolumeExpansion: true${more} }`;
const claim = (spec: string) =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: shop }, spec: { ${spec}${spec && ', '}accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }`;
const volumeOf = (driver: string, mode: string) =>
  `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: data }, spec: { csi: { driver: ${driver}, volumeHandle: x }, accessModes: [${mode}] } }`;
const DEFAULT = "{ storageclass.kubernetes.io/is-default-class: 'true' }";
const BETA_DEFAULT = "{ storageclass.beta.kubernetes.io/is-default-class: 'true' }";

describe('storage/parameters', () => {
  const parameters = (text: string, provisioner?: string) =>
    of('storage/parameters', storageClass(`{ ${text} }`, provisioner));

  test.each([
    ['io1 without iops', 'type: io1', 'error parameters.iops'],
    ['io2 without iops', 'type: io2', 'error parameters.iops'],
    ['iops that gp2 does not have', "type: gp2, iops: '3000'", 'error parameters.iops'],
    ['iops for each GiB that st1 does not have', "type: st1, iopsPerGB: '10'", 'error parameters.iopsPerGB'],
    ['too few iops', "type: gp3, iops: '2000'", 'error parameters.iops'],
    ['too few iops of the default type', "iops: '2000'", 'error parameters.iops'],
    ['too many iops, which are cut', "type: io1, iops: '90000'", 'warning parameters.iops'],
    ['iops in two ways', "type: io2, iops: '5000', iopsPerGB: '10'", 'error parameters.iopsPerGB'],
    ['iops with a unit', "type: gp3, iops: '3k'", 'error parameters.iops'],
    ['throughput that io2 does not have', "type: io2, iops: '900', throughput: '250'", 'error parameters.throughput'],
    ['too little throughput', "throughput: '100'", 'error parameters.throughput'],
    ['too much throughput', "throughput: '2500', iops: '16000'", 'error parameters.throughput'],
    ['more throughput than the iops carry', "throughput: '1000'", 'error parameters.throughput'],
    ['throughput with a unit', 'throughput: 250Mi', 'error parameters.throughput'],
    ['an unknown type', 'type: gp4', 'warning parameters.type'],
    ['a type in capitals', 'type: GP3', 'warning parameters.type'],
    ['a misspelt key', "type: gp3, encryption: 'true'", 'warning parameters.encryption'],
    ['a flag that is not read', "type: gp3, encrypted: 'True'", 'warning parameters.encrypted'],
    ['an unknown file system', 'fsType: btrfs', 'error parameters.fsType'],
    [
      'an unknown file system by the other key',
      'csi.storage.k8s.io/fstype: zfs',
      "error parameters['csi.storage.k8s.io/fstype']",
    ],
    ['a key in other capitals', 'csi.storage.k8s.io/fsType: xfs', "error parameters['csi.storage.k8s.io/fsType']"],
    ['zones of the driver of old', 'zone: us-west-2a', 'warning parameters.zone'],
  ])('%s', (_what, text, finding) => {
    expect(parameters(text)).toEqual([finding]);
  });

  test.each([
    ['nothing', ''],
    [
      'gp3 with all of it',
      "type: gp3, iops: '16000', throughput: '1000', encrypted: 'true', kmsKeyId: 'arn:aws:kms:us-west-2:111122223333:key/x'",
    ],
    ['the most that 3,000 iops carry', "throughput: '750'"],
    ['throughput of iops for each GiB', "throughput: '1000', iopsPerGB: '50'"],
    ['io1 by iops for each GiB', "type: io1, iopsPerGB: '50'"],
    ['iops that the driver raises', "type: io1, iops: '50', allowAutoIOPSPerGBIncrease: 'true'"],
    ['keys in other capitals', "TYPE: io2, IOPS: '200', kmskeyid: 'arn:aws:kms:us-west-2:111122223333:key/x'"],
    ['tags and file systems', 'tagSpecification_1: team=shop, csi.storage.k8s.io/fstype: xfs, blockSize: "4096"'],
    ['secrets of the driver', 'csi.storage.k8s.io/provisioner-secret-name: x'],
  ])('takes %s', (_what, text) => {
    expect(parameters(text)).toEqual([]);
  });

  test('of other drivers are not read, those of the driver of old are translated', () => {
    expect(parameters('type: gp4, zone: x', 'efs.csi.aws.com')).toEqual([]);
    expect(parameters('type: gp2, zone: us-west-2a, fstype: ext4', OLD)).toEqual([]);
    expect(parameters('type: io2', OLD)).toEqual(['error parameters.iops']);
    expect(parameters('type: io2', 'ebs.csi.eks.amazonaws.com')).toEqual(['error parameters.iops']);
  });
});

describe('storage/efs-parameters', () => {
  const ok = "provisioningMode: efs-ap, fileSystemId: fs-0123456789abcdef0, directoryPerms: '700'";
  test.each([
    ['no mode', 'fileSystemId: fs-01234567', ['error parameters.provisioningMode']],
    ['an unknown mode', 'provisioningMode: efs, fileSystemId: fs-01234567', ['warning parameters.provisioningMode']],
    ['no file system', 'provisioningMode: efs-ap', ['error parameters.fileSystemId']],
    ['a placeholder', 'provisioningMode: efs-ap, fileSystemId: fs-xxxx', ['warning parameters.fileSystemId']],
    ['a user by name', `${ok}, uid: www-data`, ['error parameters.uid']],
    ['half of a range', `${ok}, gidRangeStart: '1000'`, ['error parameters.gidRangeEnd']],
    ['a range from the end', `${ok}, gidRangeStart: '2000', gidRangeEnd: '1000'`, ['error parameters.gidRangeEnd']],
    ['permissions as letters', ok.replace("'700'", 'rwx'), ['error parameters.directoryPerms']],
    ['a misspelt key', `${ok}, basepath: /shop`, ['warning parameters.basepath']],
    ['all of it', `${ok}, uid: '33', gid: '33', gidRangeStart: '1000', gidRangeEnd: '2000', basePath: /shop`, []],
    ['a file system by reference', 'provisioningMode: efs-ap, fileSystemIdSecretRef: kube-system/efs/id', []],
    ['no parameters, for volumes that are there', '', []],
    ['keys of Kubernetes', `${ok}, csi.storage.k8s.io/provisioner-secret-name: x`, []],
  ])('%s', (_what, parameters, found) => {
    expect(of('storage/efs-parameters', storageClass(`{ ${parameters} }`, 'efs.csi.aws.com'))).toEqual(found);
    expect(of('storage/efs-parameters', storageClass(`{ ${parameters} }`, 'x.csi.example.com'))).toEqual([]);
  });
});

describe('storage/fsx-parameters', () => {
  const ids = 'subnetId: subnet-0123456789abcdef0, securityGroupIds: sg-01234567';
  const p1 = `${ids}, deploymentType: PERSISTENT_1`;
  const p2 = `${ids}, deploymentType: PERSISTENT_2, perUnitStorageThroughput: '250'`;
  const error = (...keys: string[]) => keys.map((key) => `error parameters.${key}`);
  const warning = (...keys: string[]) => keys.map((key) => `warning parameters.${key}`);
  test.each([
    ['the least', ids, []],
    [
      'several groups, and keys of Kubernetes',
      `${ids.replace(/sg-.*/, "'sg-01234567,sg-89abcdef'")}, csi.storage.k8s.io/fstype: lustre`,
      [],
    ],
    ['none', 'deploymentType: SCRATCH_2', error('subnetId', 'securityGroupIds')],
    ['misspelt', 'subnetID: subnet-01234567, securityGroupIds: sg-01234567', error('subnetId')],
    [
      'placeholders',
      'subnetId: subnet-xxxx, securityGroupIds: "sg-01234567, sg-89abcdef"',
      warning('subnetId', 'securityGroupIds'),
    ],
    ['an unknown type', `${ids}, deploymentType: SCRATCH`, warning('deploymentType')],
    [
      'a number in words',
      `${ids}, deploymentType: PERSISTENT_1, perUnitStorageThroughput: fast`,
      error('perUnitStorageThroughput', 'perUnitStorageThroughput'),
    ],
    ['a throughput of another type', `${p1}, perUnitStorageThroughput: '250'`, error('perUnitStorageThroughput')],
    [
      'a throughput of SSD on HDD',
      `${p1}, storageType: HDD, driveCacheType: READ, perUnitStorageThroughput: '50'`,
      error('perUnitStorageThroughput'),
    ],
    ['no throughput', p1, warning('perUnitStorageThroughput')],
    ['a throughput of scratch', `${ids}, perUnitStorageThroughput: '200'`, error('perUnitStorageThroughput')],
    ['HDD of scratch', `${ids}, storageType: HDD, driveCacheType: NONE`, error('storageType')],
    ['HDD without a cache', `${p1}, storageType: HDD, perUnitStorageThroughput: '12'`, error('driveCacheType')],
    ['backups of scratch', `${ids}, automaticBackupRetentionDays: '7'`, error('automaticBackupRetentionDays')],
    ['no backups of scratch', `${ids}, automaticBackupRetentionDays: '0'`, []],
    ['backups for too long', `${p2}, automaticBackupRetentionDays: '91'`, error('automaticBackupRetentionDays')],
    ['backups for as long as there are', `${p2}, automaticBackupRetentionDays: '90', copyTagsToBackups: 'true'`, []],
    ['no amount of metadata', `${p2}, metadataConfigurationMode: USER_PROVISIONED`, error('metadataIops')],
    [
      'an amount of metadata',
      `${p2}, metadataConfigurationMode: USER_PROVISIONED, metadataIops: '6000', efaEnabled: 'true'`,
      [],
    ],
    ['EFA of another type', `${p1}, perUnitStorageThroughput: '50', efaEnabled: 'true'`, error('efaEnabled')],
    ['a bucket of PERSISTENT_2', `${p2}, s3ImportPath: s3://data`, error('s3ImportPath')],
    ['an export alone', `${ids}, s3ExportPath: s3://data/out`, error('s3ImportPath')],
    ['a bucket', `${ids}, s3ImportPath: s3://data, s3ExportPath: s3://data/out, autoImportPolicy: NEW`, []],
    ['a truth in words', `${p2}, copyTagsToBackups: 'yes'`, error('copyTagsToBackups')],
    ['a misspelt key', `${ids}, dataCompression: LZ4`, warning('dataCompression')],
    ['no parameters, for file systems that are there', '', []],
  ])('of Lustre: %s', (_what, parameters, found) => {
    expect(of('storage/fsx-parameters', storageClass(`{ ${parameters} }`, 'fsx.csi.aws.com'))).toEqual(found);
    expect(of('storage/fsx-parameters', storageClass(`{ ${parameters} }`, 'x.csi.example.com'))).toEqual([]);
  });

  const zfs = `ResourceType: filesystem, DeploymentType: '"SINGLE_AZ_1"', ThroughputCapacity: '64', SubnetIds: '["subnet-01234567"]', SkipFinalBackupOnDeletion: 'true'`;
  test.each([
    ['a file system', zfs, []],
    ['a volume', `ResourceType: volume, ParentVolumeId: '"fsvol-0123456789abcdef0"', ReadOnly: 'false'`, []],
    ['no type', "ThroughputCapacity: '64'", error('ResourceType')],
    ['a type as JSON', `ResourceType: '"volume"'`, error('ResourceType')],
    [
      'a file system without what it must say',
      'ResourceType: filesystem',
      error('DeploymentType', 'ThroughputCapacity', 'SubnetIds', 'SkipFinalBackupOnDeletion'),
    ],
    ['a volume without its parent', 'ResourceType: volume', error('ParentVolumeId')],
    ['text without its quotes', zfs.replace(`'"SINGLE_AZ_1"'`, 'SINGLE_AZ_1'), error('DeploymentType')],
    ['what the driver sets', `${zfs}, StorageCapacity: '64'`, error('StorageCapacity')],
    ['several zones without one for writing', zfs.replace('SINGLE', 'MULTI'), error('PreferredSubnetId')],
    ['a misspelt key', `${zfs}, CopyTagsToBackup: 'true'`, warning('CopyTagsToBackup')],
  ])('of OpenZFS: %s', (_what, parameters, found) => {
    expect(of('storage/fsx-parameters', storageClass(`{ ${parameters} }`, 'fsx.openzfs.csi.aws.com'))).toEqual(found);
  });

  const ontap = 'fsxFilesystemID: fs-0123456789abcdef0, storageDriverName: ontap-nas, credentialsName: fsx';
  test.each([
    ['a backend of its own', ontap, []],
    ['a backend that is there', "backendType: ontap-nas, storagePools: 'a:b', media: ssd, IOPS: '500'", []],
    ['half of a backend', 'fsxFilesystemID: fs-0123456789abcdef0', error('storageDriverName', 'credentialsName')],
    ['an unknown driver', ontap.replace('ontap-nas', 'nfs'), warning('storageDriverName')],
    ['a truth in words', "backendType: ontap-nas, snapshots: 'yes'", error('snapshots')],
  ])('of ONTAP: %s', (_what, parameters, found) => {
    expect(of('storage/fsx-parameters', storageClass(`{ ${parameters} }`, 'csi.trident.netapp.io'))).toEqual(found);
  });

  test('storage/size: a volume of OpenZFS has the room of its file system', () => {
    const claim = (storage: string) =>
      `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: shop }, spec: { storageClassName: fast, accessModes: [ReadWriteMany], resources: { requests: { storage: ${storage} } } } }`;
    const sized = (type: string, storage: string) =>
      of('storage/size', set(storageClass(`{ ResourceType: ${type} }`, 'fsx.openzfs.csi.aws.com'), claim(storage)));
    expect(sized('volume', '10Gi')).toEqual(['error spec.resources.requests.storage']);
    expect(sized('volume', '1Gi')).toEqual([]);
    expect(sized('filesystem', '64Gi')).toEqual([]);
  });
});

describe('storage/encryption', () => {
  test.each([
    ['no parameters', '{}', 1],
    ['a type alone', '{ type: gp3 }', 1],
    ['false', "{ encrypted: 'false' }", 1],
    ['true', "{ Encrypted: 'true' }", 0],
    ['a key alone', '{ kmsKeyId: alias/x }', 0],
    ['a value that is a finding of its own', "{ encrypted: 'yes' }", 0],
  ])('%s', (_what, parameters, count) => {
    expect(of('storage/encryption', storageClass(parameters))).toHaveLength(count);
    expect(of('storage/encryption', storageClass(parameters, 'efs.csi.aws.com'))).toEqual([]);
  });
});

describe('storage/in-tree', () => {
  const volume = (source: string) =>
    `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: data }, spec: { ${source} } }`;
  const inPod = workload({ pod: 'volumes: [{ name: data, awsElasticBlockStore: { volumeID: vol-1 } }]' });

  test.each([
    ['a StorageClass', storageClass(undefined, OLD), ['warning provisioner']],
    ['a PersistentVolume', volume('awsElasticBlockStore: { volumeID: vol-1 }'), ['warning spec.awsElasticBlockStore']],
    ['a pod', inPod, ['warning spec.template.spec.volumes[0].awsElasticBlockStore']],
    ['a StorageClass of CSI', storageClass(), []],
    ['a PersistentVolume of CSI', volume(`csi: { driver: ${EBS}, volumeHandle: vol-1 }`), []],
  ])('%s', (_what, manifest, found) => {
    expect(of('storage/in-tree', manifest)).toEqual(found);
  });

  test('Auto Mode is one finding', () => {
    const found = findingsIn(set(autoMode, storageClass(undefined, OLD))).map(({ rule }) => rule);
    expect(found).toContain('compute-mode/served');
    expect(found).not.toContain('storage/in-tree');
    expect(found).not.toContain('drivers/missing-addon');
    expect(of('storage/in-tree', set(autoMode, inPod))).toHaveLength(1);
  });
});

describe('drivers/unknown', () => {
  const meant = (provisioner: string, ...beside: string[]) =>
    findingsIn(set(storageClass('{}', provisioner), ...beside)).flatMap(({ rule, fix }) =>
      rule === 'drivers/unknown' ? (fix ?? '') : [],
    );

  test.each([
    ['ebs.csi.amazonaws.com', EBS],
    ['ebs.csi.aws', EBS],
    ['eb.csi.aws.com', EBS],
    ['EBS.csi.aws.com', EBS],
    ['aws-ebs-csi-driver', EBS],
    ['ebs.csi.k8s.io', EBS],
    ['ebs.csi.eks.aws.com', 'ebs.csi.eks.amazonaws.com'],
    ['efs.csi.amazonaws.com', 'efs.csi.aws.com'],
    ['aws-efs-csi-driver', 'efs.csi.aws.com'],
    ['secrets-store.csi.x-k8s.io', 'secrets-store.csi.k8s.io'],
  ])('%s is meant as %s', (written, right) => {
    expect(meant(written)).toEqual([`write '${right}'`]);
    expect(meant(right)).toEqual([]);
  });

  test.each([
    'rook-ceph.rbd.csi.ceph.com',
    's3.csi.scality.com',
    'nfs.csi.k8s.io',
    'disk.csi.azure.com',
    'driver.longhorn.io',
    'example.com/aws-efs',
    'kubernetes.io/no-provisioner',
    'fsx.openzfs.csi.aws.com',
    'csi.trident.netapp.io',
    'filecache.csi.aws.com',
  ])('%s is known, or of another maker', (provisioner) => {
    expect(meant(provisioner)).toEqual([]);
  });

  test('a CSIDriver of the set makes any name known, and the compute mode tells which driver is meant', () => {
    const own = '{ apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: { name: ebs.csi.aws.internal } }';
    expect(meant('ebs.csi.aws.internal')).toHaveLength(1);
    expect(meant('ebs.csi.aws.internal', own)).toEqual([]);
    expect(meant('ebs.csi.amazonaws.com', autoMode)).toEqual(["write 'ebs.csi.eks.amazonaws.com'"]);
  });
});

describe('storage/missing-class', () => {
  const RULE = 'storage/missing-class';
  const FIELD = 'warning spec.storageClassName';
  const members = workload({
    kind: 'StatefulSet',
    spec: 'serviceName: web, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fats, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]',
  });
  const EBS_ADDON = (values: string) =>
    cluster('1.35', `addons: [{ name: aws-ebs-csi-driver, configurationValues: '${values}' }]`);

  test.each([
    ['a class that nobody makes', set(storageClass(), claim('storageClassName: fats')), [FIELD]],
    ['beside a cluster alone', set(cluster(), claim('storageClassName: fast')), [FIELD]],
    [
      'a template of members',
      set(storageClass(), members),
      ['warning spec.volumeClaimTemplates[0].spec.storageClassName'],
    ],
    ['gp2 in Auto Mode, whose driver does not serve it', set(autoMode, claim('storageClassName: gp2')), [FIELD]],
    ['no class, and no default', set(cluster(), storageClass(), claim('')), [FIELD]],
    ['a class of the set', set(storageClass(), claim('storageClassName: fast')), []],
    ['gp2, which EKS makes', set(cluster(), claim('storageClassName: gp2')), []],
    ['a set that shows no classes', claim('storageClassName: fast'), []],
    ['no class on purpose', set(cluster(), claim("storageClassName: ''")), []],
    ['a volume by name', set(cluster(), claim('storageClassName: fast, volumeName: data')), []],
    [
      'the class of a volume that is there',
      set(
        cluster(),
        claim('storageClassName: manual'),
        '{ apiVersion: v1, kind: PersistentVolume, metadata: { name: data }, spec: { storageClassName: manual } }',
      ),
      [],
    ],
    ['no class, and a default', set(cluster(), storageClass(undefined, EBS, { annotations: DEFAULT }), claim('')), []],
    ['a default of old', set(cluster(), storageClass(undefined, EBS, { annotations: BETA_DEFAULT }), claim('')), []],
    ['no class in an old cluster', set(cluster('1.29'), claim('')), []],
    ['no class without a cluster', set(storageClass(), claim('')), []],
    ['the default of the add-on', set(EBS_ADDON('{"defaultStorageClass":{"enabled":true}}'), claim('')), []],
    ['the add-on without its default', set(EBS_ADDON('{"node":{}}'), claim('')), [FIELD]],
  ])('%s', (_what, yaml, found) => {
    expect(of(RULE, yaml)).toEqual(found);
  });

  test('a class may be declared', () => {
    const exists = [{ kind: 'StorageClass', namespace: '', name: 'elsewhere' }];
    expect(of(RULE, set(cluster(), claim('storageClassName: elsewhere')), exists)).toEqual([]);
    expect(of(RULE, set(cluster(), claim('storageClassName: other')), exists)).toEqual([FIELD]);
    // which may be the default as well
    expect(of(RULE, set(cluster(), claim('')), exists)).toEqual([]);
  });

  test('the storage of a workload names a class of the app, or one that is declared', () => {
    const storage = { mountPath: '/data', size: '20Gi', className: 'io3' };
    const found = foundInApp(stateful({ storage }), RULE);
    expect(found).toEqual([[RULE, 'warning', 'spec.volumeClaimTemplates[0].spec.storageClassName']]);
    const existing = [{ kind: 'StorageClass', namespace: '', name: 'io3' }];
    const declared = newTenant({}, newCluster(newApp({ existing })));
    expect(foundInApp(stateful({ storage }, declared), RULE)).toEqual([]);
    const made = newTenant();
    const io3 = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'io3' }, provisioner: EBS };
    new KubeObject(appOf(made).node.findChild('prod') as never, 'io3', io3);
    expect(foundInApp(stateful({ storage }, made), RULE)).toEqual([]);
  });
});

describe('storage/shared-claim', () => {
  const RULE = 'storage/shared-claim';
  const FIELD = 'warning spec.template.spec.volumes[0].persistentVolumeClaim';
  const modes = (mode: string, className = '') => claim(className).replace('[ReadWriteOnce]', `[${mode}]`);
  const mounting = (
    kind = 'Deployment',
    name = 'web',
    spec = 'strategy: { type: Recreate }',
    pod = '',
    claimName = 'data',
  ) =>
    workload({
      kind,
      name,
      spec,
      pod: `${pod}${pod && ', '}volumes: [{ name: data, persistentVolumeClaim: { claimName: ${claimName} } }]`,
    });
  const job = (name: string, parallelism = 1, claimName = 'data') =>
    `{ apiVersion: batch/v1, kind: Job, metadata: { name: ${name}, namespace: shop }, spec: { parallelism: ${parallelism}, completions: ${parallelism}, template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'a/b:1' }], volumes: [{ name: data, persistentVolumeClaim: { claimName: ${claimName} } }] } } } }`;
  const near = (key = 'kubernetes.io/hostname') =>
    `affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: web } }, topologyKey: ${key} }] } }`;
  const members = workload({
    kind: 'StatefulSet',
    name: 'db',
    spec: 'replicas: 3, serviceName: db, volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]',
  });
  const surge = 'strategy: { type: RollingUpdate }';
  const RWO = modes('ReadWriteOnce');
  const POD = modes('ReadWriteOncePod');

  test.each([
    ['a rollout with a surge', set(RWO, mounting('Deployment', 'web', surge)), [FIELD]],
    ['a surge by default', set(RWO, mounting('Deployment', 'web', '')), [FIELD]],
    [
      'a share of one pod that is rounded up',
      set(RWO, mounting('Deployment', 'web', "strategy: { rollingUpdate: { maxSurge: '1%' } }")),
      [FIELD],
    ],
    ['several pods', set(RWO, mounting('Deployment', 'web', 'replicas: 2, strategy: { type: Recreate }')), [FIELD]],
    ['a pod on each node', set(RWO, mounting('DaemonSet', 'web', '')), [FIELD]],
    ['a Job with several pods', set(RWO, job('load', 3)), [FIELD]],
    ['two workloads', set(RWO, mounting(), mounting('StatefulSet', 'db', 'serviceName: db')), [FIELD]],
    ['a workload and a Job', set(RWO, mounting(), job('load')), [FIELD]],
    ['a Job with the volume of a member', set(members, job('dump', 1, 'data-db-0')), [FIELD]],
    [
      'pods in one zone',
      set(
        RWO,
        mounting(),
        mounting('Deployment', 'db', 'strategy: { type: Recreate }', near('topology.kubernetes.io/zone')),
      ),
      [FIELD],
    ],
    [
      'pods for which a claim is not',
      set(POD, mounting('Deployment', 'web', 'replicas: 2, strategy: { type: Recreate }')),
      [FIELD.replace('warning', 'error')],
    ],
    ['a rollout of a claim for one pod', set(POD, mounting('Deployment', 'web', surge)), [FIELD]],
    [
      'a second pod on the node of the first',
      set(POD, mounting(), mounting('Deployment', 'db', 'strategy: { type: Recreate }', near())),
      [FIELD],
    ],
    ['one pod', set(RWO, mounting()), []],
    [
      'a rollout without a surge',
      set(RWO, mounting('Deployment', 'web', 'strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }')),
      [],
    ],
    [
      'pods on one node',
      set(RWO, mounting(), mounting('Deployment', 'db', 'strategy: { type: Recreate }', near())),
      [],
    ],
    [
      'pods on a node by name',
      set(RWO, mounting('Deployment', 'web', 'replicas: 2', 'nodeSelector: { kubernetes.io/hostname: a }')),
      [],
    ],
    ['Jobs alone', set(RWO, job('load'), job('dump')), []],
    ['a workload without pods', set(RWO, mounting(), mounting('Deployment', 'db', 'replicas: 0')), []],
    ['a claim for many nodes', set(modes('ReadWriteMany'), mounting('Deployment', 'web', 'replicas: 3')), []],
    [
      'a claim of a file system',
      set(
        storageClass('{}', 'efs.csi.aws.com'),
        modes('ReadWriteOnce', 'storageClassName: fast'),
        mounting('Deployment', 'web', 'replicas: 3'),
      ),
      [],
    ],
    ['a claim that the set does not show', mounting('Deployment', 'web', 'replicas: 3'), []],
    ['members with a claim each', members, []],
  ])('%s', (_what, yaml, found) => {
    expect(of(RULE, yaml)).toEqual(found);
  });
});

test.each([
  [
    'a claim of EBS',
    set(storageClass(), claim('storageClassName: fast').replace('Once]', 'Many]')),
    'spec.accessModes',
  ],
  ['a claim of the class of EKS', claim('storageClassName: gp2').replace('Once]', 'Many]'), 'spec.accessModes'],
  ['a claim of its own block device', claim('storageClassName: gp2, volumeMode: Block').replace('Once]', 'Many]'), ''],
  ['a claim for one pod', set(storageClass(), claim('storageClassName: fast').replace('Once]', 'OncePod]')), ''],
  ['a claim of an unknown class', claim('storageClassName: fast').replace('Once]', 'Many]'), ''],
  ['a volume', volumeOf(EBS, 'ReadOnlyMany'), 'spec.accessModes'],
  ['a volume for one node', volumeOf(EBS, 'ReadWriteOnce'), ''],
  ['a volume of EFS', volumeOf('efs.csi.aws.com', 'ReadWriteMany'), ''],
  [
    'a disk that each node has by itself',
    volumeOf(EBS, 'ReadWriteMany').replace('volumeHandle: x', "volumeHandle: 'local-ebs://dev/xvdbz'"),
    '',
  ],
])('storage/access-mode of %s', (_what, yaml, field) => {
  expect(of('storage/access-mode', yaml)).toEqual(field === '' ? [] : [`error ${field}`]);
});

test('storage/expansion and storage/default-class', () => {
  const fixed = storageClass().replace('allowVolumeExpansion: true', 'allowVolumeExpansion: false');
  expect(of('storage/expansion', fixed)).toEqual(['advice allowVolumeExpansion']);
  expect(of('storage/expansion', storageClass())).toEqual([]);
  const [first, second] = [BETA_DEFAULT, DEFAULT].map((annotations, i) =>
    storageClass(undefined, EBS, { name: `class-${i}`, annotations }),
  );
  expect(of('storage/default-class', set(first!, second!))).toHaveLength(1);
});
