import { LocalStorageClass, type LocalStorageClassProps } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { appOf, newApp, newAutoCluster, newCluster, newTenant, stateful, synth } from '../support/app';
import { refusedBy } from '../support/findings';

const NODES = { name: 'disks', instanceType: 'i4i.xlarge', minSize: 3, instanceStore: 'Mount' } as const;
const cluster = (group: object = NODES) => newCluster(newApp(), { nodeGroups: [group] } as never);
/** A set of three on local volumes. */
function cache({
  of = cluster(),
  props = {},
  replicas = 3,
}: {
  of?: ReturnType<typeof cluster>;
  props?: LocalStorageClassProps;
  replicas?: number;
} = {}) {
  const nvme = new LocalStorageClass(of, 'local-nvme', props);
  return stateful(
    {
      replicas,
      memberPorts: [],
      order: 'Parallel',
      storage: { mountPath: '/data', size: '400Gi', className: nvme.storageClass },
    },
    newTenant({}, of),
  );
}
const found = (workload: Parameters<typeof Testing.findings>[0]) =>
  Testing.findings(workload)
    .filter(({ rule }) => rule.startsWith('storage/'))
    .map(({ rule, severity }) => `${severity} ${rule}`);

describe('a class of local volumes', () => {
  it('makes nothing by itself, and waits for the pod', () => {
    const made = new LocalStorageClass(cluster(), 'local-nvme').storageClass.toJson();
    expect(made).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'local-nvme',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' },
        annotations: { 'cdk8s-eks-patterns.io/local-volumes-in': '/mnt/k8s-disks' },
      },
      provisioner: 'kubernetes.io/no-provisioner',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  });

  it('brings the provisioner, once for all classes, on nodes whose disks are mounted', () => {
    const of = cluster();
    cache({ of });
    new LocalStorageClass(of, 'local-other', { folder: '/mnt/fast' });
    const { steps } = synth(appOf(of));
    expect(steps!.match(/helm upgrade --install local-static-provisioner/g)).toHaveLength(1);
    for (const value of [
      "--set 'classes[0].name=local-nvme'",
      "--set 'classes[0].hostDir=/mnt/k8s-disks'",
      "--set 'classes[1].name=local-other'",
      "--set 'classes[1].hostDir=/mnt/fast'",
      "--set 'nodeCleanupController.storageClassNames[1]=local-other'",
      "--set 'nodeSelector.cdk8s-eks-patterns\\.io/instance-store=Mount'",
    ]) {
      expect(steps).toContain(value);
    }
  });

  it('is fine for members that replicate, a warning for a single one', () => {
    expect(found(cache())).toEqual([]);
    expect(found(cache({ replicas: 1 }))).toEqual(['warning storage/local-volume']);
  });

  it.each([
    ['without such disks', { name: 'workers', instanceType: 'm5.large', minSize: 3 }],
    ['whose disks are one', { ...NODES, instanceStore: 'RAID0' }],
  ])('is an error on nodes %s', (_, group) => {
    expect(found(cache({ of: cluster(group) }))).toEqual(['error storage/local-volume']);
  });

  it('is for scratch folders too', () => {
    const of = cluster();
    const className = new LocalStorageClass(of, 'local-nvme').storageClass;
    const scratch = [{ path: '/work', size: '100Gi', className }];
    expect(found(stateful({ scratch, storage: 'none' }, newTenant({}, of)))).toEqual([]);
  });

  it('takes none of the attachments of EBS', () => {
    const of = cluster();
    cache({ of });
    expect(of.capacity().asked.asApplied.volumes).toBe(0);
  });

  it('is refused in Auto Mode, and with a wrong name or folder', () => {
    const make = (id: string, props: object, of = cluster()) => refusedBy(() => new LocalStorageClass(of, id, props));
    expect(make('nvme', {}, newAutoCluster() as never)).toEqual(['props/unsupported', '']);
    expect(make('NVMe', {})).toEqual(['props/invalid', '']);
    expect(make('nvme', { folder: 'disks' })).toEqual(['props/invalid', 'folder']);
    expect(make('nvme', { folder: 3 })).toEqual(['props/type', 'folder']);
    expect(make('nvme', { path: '/a' })).toEqual(['props/unknown', 'path']);
  });
});
