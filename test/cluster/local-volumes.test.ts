import { LocalStorageClass, type Tenant } from 'cdk8s-eks-patterns';
import { newApp, newCluster, newTenant, stateful } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';

const cluster = useCluster();
const MEMBERS = 3;
const program = () => {
  const app = newApp();
  const nodeGroups = [{ name: 'disks', instanceType: 'i4i.xlarge', minSize: MEMBERS, instanceStore: 'Mount' }];
  const made = newCluster(app, { nodeGroups } as never);
  const className = new LocalStorageClass(made, 'local-nvme').storageClass;
  const tenant: Tenant = newTenant({}, made, 'shop');
  stateful(
    {
      replicas: MEMBERS,
      memberPorts: [],
      order: 'Parallel',
      resources: { cpu: '10m', memory: '16Mi' },
      storage: { mountPath: '/data', size: '400Gi', className },
    },
    tenant,
  );
  return app;
};

/** What the static provisioner makes of a disk that is mounted on a node with the label. */
async function addVolumes(): Promise<ReadonlyMap<string, string>> {
  const { items } = await cluster.kube.core.listNode({
    labelSelector: 'cdk8s-eks-patterns.io/instance-store=Mount',
  });
  const nodes = new Map<string, string>();
  for (const { metadata } of items) {
    const host = metadata!.labels!['kubernetes.io/hostname']!;
    const name = `local-pv-${host}`;
    nodes.set(name, metadata!.name!);
    await cluster.kube.core.createPersistentVolume({
      body: {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          capacity: { storage: '872Gi' },
          local: { path: '/mnt/k8s-disks/1' },
          persistentVolumeReclaimPolicy: 'Delete',
          storageClassName: 'local-nvme',
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [host] }] },
              ],
            },
          },
        },
      },
    });
  }
  return nodes;
}

test('each member takes the disk of a node, and runs there', async () => {
  const { core } = cluster.kube;
  await cluster.addNodesOf(program());
  await cluster.apply(program());
  await eventually('the members wait for volumes', async () => {
    const { items } = await core.listNamespacedPersistentVolumeClaim({ namespace: 'shop' });
    return items.length === MEMBERS && items.every(({ status }) => status!.phase === 'Pending');
  });
  const nodeOf = await addVolumes();
  expect(nodeOf.size).toBe(MEMBERS);
  await cluster.namespace('shop').untilReady('store', MEMBERS);
  const { items: pods } = await core.listNamespacedPod({ namespace: 'shop' });
  const places = await Promise.all(
    pods.map(async ({ metadata, spec }) => {
      const claim = await core.readNamespacedPersistentVolumeClaim({
        name: `data-${metadata!.name}`,
        namespace: 'shop',
      });
      return [spec!.nodeName, nodeOf.get(claim.spec!.volumeName!)];
    }),
  );
  expect(places).toHaveLength(MEMBERS);
  for (const [runs, disk] of places) {
    expect(runs).toBe(disk);
  }
  expect(new Set(places.map(([node]) => node)).size).toBe(MEMBERS);
});
