import { type Cluster, SharedVolume, SnapshotSchedule, type SnapshotScheduleProps } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import {
  appOf,
  find,
  job,
  manifests,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  podOf,
  stateful,
  synth,
} from '../support/app';

const storage = { mountPath: '/data', size: '20Gi' };

function schedule(more: Partial<SnapshotScheduleProps> = {}, cluster: Cluster = newCluster()) {
  const tenant = newTenant({}, cluster);
  const store = stateful(
    {
      replicas: 2,
      memberPorts: [],
      order: 'Parallel',
      storage: [storage, { ...storage, name: 'wal', mountPath: '/w' }],
    },
    tenant,
  );
  return new SnapshotSchedule(tenant, 'nightly', { of: store, schedule: '0 2 * * *', ...more });
}

describe('a schedule of snapshots', () => {
  it('is a CronJob that knows the claims of all members, and how many to keep', () => {
    const { job: made } = schedule({ keep: 14, timeZone: 'Europe/Berlin' });
    const written = manifests(appOf(made));
    const cronJob = find(written, 'CronJob', 'nightly');
    expect(cronJob.spec).toMatchObject({
      schedule: '0 2 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { activeDeadlineSeconds: 7200 } },
    });
    const { name } = podOf(made).spec.containers[0].envFrom![0]!.configMapRef!;
    expect(find(written, 'ConfigMap', name).data).toEqual({
      CLAIMS: 'data-store-0 data-store-1 wal-store-0 wal-store-1',
      KEEP: '14',
      SCHEDULE: 'nightly',
      SCHEDULE_LABEL: 'cdk8s-eks-patterns.io/snapshot-schedule',
      SNAPSHOT_CLASS: 'shop-nightly',
    });
  });

  it('may make, read and delete snapshots of its namespace, and nothing else', () => {
    const written = manifests(appOf(schedule()));
    expect(find(written, 'Role', 'nightly').rules).toEqual([
      {
        apiGroups: ['snapshot.storage.k8s.io'],
        resources: ['volumesnapshots'],
        verbs: ['create', 'delete', 'get', 'list'],
      },
    ]);
    expect(written.filter(({ kind }) => kind.startsWith('ClusterRole'))).toEqual([]);
  });

  it.each([
    ['node groups', newCluster, 'ebs.csi.aws.com'],
    ['Auto Mode', newAutoCluster, 'ebs.csi.eks.amazonaws.com'],
  ])('has a class of the driver of %s, and brings the snapshot controller', (_, cluster, driver) => {
    const app = newApp();
    schedule({}, cluster(app));
    const { manifests: written, clusterConfig } = synth(app);
    expect(find(written, 'VolumeSnapshotClass')).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: {
        name: 'shop-nightly',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/part-of': 'shop' },
      },
      driver,
      deletionPolicy: 'Delete',
    });
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toContain('snapshot-controller');
  });

  it('takes volumes of one pod, and claims by their names, each once', () => {
    const tenant = newTenant();
    const task = job({ sharedStorage: storage }, tenant);
    const disk = SharedVolume.csi(tenant, 'disk', { className: 'gp3', size: '1Gi', accessMode: 'ReadWriteOnce' });
    const made = new SnapshotSchedule(tenant, 'all', {
      of: [disk, task.claim!.name, disk],
      schedule: '@daily',
      driver: 'disks.example.com',
      deletionPolicy: 'Retain',
    });
    const written = manifests(appOf(tenant));
    const { name } = podOf(made.job).spec.containers[0].envFrom![0]!.configMapRef!;
    expect(find(written, 'ConfigMap', name).data.CLAIMS).toBe(`disk ${task.claim!.name}`);
    expect(find(written, 'VolumeSnapshotClass')).toMatchObject({
      driver: 'disks.example.com',
      deletionPolicy: 'Retain',
    });
  });

  it('adds no finding to those of what it copies', () => {
    const made = schedule();
    const of = Testing.findings(appOf(made)).filter(({ construct }) => construct?.includes('nightly'));
    expect(of.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([]);
  });
});

describe('a volume that is filled from a snapshot', () => {
  const from = { snapshot: 'data-store-0-20261128-0200' };
  const dataSource = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: from.snapshot };

  it('of a member and of jobs names it, and brings the snapshot controller', () => {
    const app = newApp();
    const tenant = newTenant({}, newCluster(app));
    const store = stateful({ storage: { ...storage, from } }, tenant);
    const task = job({ sharedStorage: { ...storage, from } }, tenant);
    expect(store.statefulSet.toJson().spec.volumeClaimTemplates![0]!.spec!.dataSource).toEqual(dataSource);
    expect(task.claim!.toJson().spec!.dataSource).toEqual(dataSource);
    const { clusterConfig } = synth(app);
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toContain('snapshot-controller');
    expect(Testing.findings(app).filter(({ rule }) => rule.startsWith('storage/'))).toEqual([]);
  });

  it('is a warning for several members', () => {
    const several = { memberPorts: [], order: 'Parallel' };
    const rules = (replicas: number) =>
      Testing.findings(appOf(stateful({ ...several, replicas, storage: { ...storage, from } }))).map(
        ({ rule }) => rule,
      );
    expect(rules(2)).toContain('stateful/restored-members');
    expect(rules(1)).not.toContain('stateful/restored-members');
  });
});
