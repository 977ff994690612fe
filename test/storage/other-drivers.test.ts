import { KubeObject, SharedVolume } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { appOf, find, manifests, newCluster, newTenant, podOf, stateful, synth, web } from '../support/app';

/** Drivers that no add-on of EKS installs, by their documentation. */
const STORAGE = /^(?:storage|volumes|drivers|references)\//;
const found = (construct: Parameters<typeof Testing.findings>[0]) =>
  Testing.findings(construct)
    .filter(({ rule }) => STORAGE.test(rule))
    .map(({ rule, severity }) => `${severity} ${rule}`);

describe.each([
  ['local volumes of OpenEBS (LVM)', 'local.csi.openebs.io', { storage: 'lvm', volgroup: 'nvme' }],
  ['replicated volumes of OpenEBS', 'io.openebs.csi-mayastor', { protocol: 'nvmf', repl: '3' }],
])('%s', (_, provisioner, parameters) => {
  const made = () => {
    const cluster = newCluster();
    const className = new KubeObject(cluster, 'openebs', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'openebs' },
      provisioner,
      parameters,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    return { cluster, className: className as never, tenant: newTenant({}, cluster) };
  };

  it('are volumes of members, of one pod and of scratch folders', () => {
    const { className, tenant } = made();
    const set = stateful({ storage: { mountPath: '/data', size: '20Gi', className } }, tenant);
    const disk = SharedVolume.csi(tenant, 'disk', { className, size: '5Gi', accessMode: 'ReadWriteOnce' });
    const one = web(
      {
        replicas: 1,
        rollout: { strategy: 'recreate' },
        mounts: { '/disk': disk },
        scratch: ['/tmp', { path: '/work', size: '1Gi', className }],
      } as never,
      tenant,
    );
    expect(set.statefulSet.toJson().spec.volumeClaimTemplates![0]!.spec!.storageClassName).toBe('openebs');
    expect(find(manifests(appOf(tenant)), 'PersistentVolumeClaim', 'disk').spec).toMatchObject({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'openebs',
    });
    expect(podOf(one).spec.volumes).toContainEqual(
      expect.objectContaining({ name: 'scratch-work', ephemeral: expect.any(Object) }),
    );
    expect(found(tenant)).toEqual([]);
  });

  it('count in the quota by their class, and take no attachment of EBS', () => {
    const { cluster, className, tenant } = made();
    stateful({ storage: { mountPath: '/data', size: '20Gi', className } }, tenant);
    expect(tenant.resourceQuota!.toJson().spec!.hard).toMatchObject({
      'openebs.storageclass.storage.k8s.io/requests.storage': '40Gi',
    });
    expect(cluster.capacity().asked.asApplied.volumes).toBe(0);
  });

  it('bring no add-on', () => {
    const { className, tenant } = made();
    stateful({ storage: { mountPath: '/data', size: '20Gi', className } }, tenant);
    const { addons } = synth(appOf(tenant)).clusterConfig!;
    expect(JSON.stringify(addons)).not.toContain('openebs');
  });
});

test('a volume of Gluster is mounted by any number of pods', () => {
  const tenant = newTenant();
  const volume = SharedVolume.csi(tenant, 'gluster', {
    driver: 'org.gluster.glusterfs',
    volumeHandle: 'vol-uploads',
    attributes: { glustervol: 'uploads', glusterserver: 'gluster.example.com' },
    size: '100Gi',
  });
  web({ replicas: 3, mounts: { '/uploads': volume } }, tenant);
  expect(volume.persistentVolume!.toJson().spec).toMatchObject({
    accessModes: ['ReadWriteMany'],
    csi: {
      driver: 'org.gluster.glusterfs',
      volumeHandle: 'vol-uploads',
      volumeAttributes: { glustervol: 'uploads', glusterserver: 'gluster.example.com' },
    },
    claimRef: { name: 'gluster', namespace: 'shop' },
  });
  expect(found(tenant)).toEqual([]);
});
