import { type Cluster, SharedVolume } from 'cdk8s-eks-patterns';
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
  stateful,
  synth,
} from '../support/app';

const storage = { mountPath: '/data', size: '20Gi' };
const copy = { ...storage, from: { claim: 'data-store-0' } };

/** A set, and another that begins with its data. */
function copied(cluster: Cluster = newCluster(), more: object = {}) {
  const tenant = newTenant({}, cluster);
  stateful({ storage }, tenant);
  return stateful({ storage: { ...copy, ...more } }, tenant, 'trial');
}

const copies = (construct: Parameters<typeof Testing.findings>[0]) =>
  Testing.findings(construct).filter(({ rule, message }) => rule.startsWith('storage/') || /copies/.test(message));

describe('a volume that is a copy', () => {
  it('names the claim, without an API group', () => {
    const [template] = copied().statefulSet.toJson().spec.volumeClaimTemplates!;
    expect(template!.spec!.dataSource).toEqual({ kind: 'PersistentVolumeClaim', name: 'data-store-0' });
  });

  it('can be of a job, and of a SharedVolume', () => {
    const tenant = newTenant();
    stateful({ storage }, tenant);
    const task = job({ sharedStorage: copy }, tenant);
    const disk = SharedVolume.csi(tenant, 'disk', {
      className: 'gp3',
      size: '20Gi',
      accessMode: 'ReadWriteOnce',
      from: { claim: 'data-store-0' },
    });
    const wanted = { kind: 'PersistentVolumeClaim', name: 'data-store-0' };
    expect(task.claim!.toJson().spec!.dataSource).toEqual(wanted);
    expect(disk.claim.toJson().spec!.dataSource).toEqual(wanted);
    expect(copies(tenant)).toEqual([]);
  });

  it('of a SharedVolume can be of a snapshot, which brings the snapshot controller', () => {
    const tenant = newTenant();
    const disk = SharedVolume.csi(tenant, 'disk', {
      className: 'gp3',
      size: '20Gi',
      accessMode: 'ReadWriteOnce',
      from: { snapshot: 'disk-20261128-0300' },
    });
    expect(disk.claim.toJson().spec!.dataSource).toEqual({
      apiGroup: 'snapshot.storage.k8s.io',
      kind: 'VolumeSnapshot',
      name: 'disk-20261128-0300',
    });
    expect(synth(appOf(tenant)).clusterConfig!.addons).toContainEqual(
      expect.objectContaining({ name: 'snapshot-controller' }),
    );
    expect(copies(tenant)).toEqual([]);
  });

  it('is a finding where the claim is not there, with the near name', () => {
    const [found, ...more] = copies(copied(undefined, { from: { claim: 'data-stor-0' } }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: 'storage/snapshot-reference', severity: 'warning' });
    expect(found!.fix).toContain("write 'data-store-0'");
  });

  it('is a finding where it is smaller than the volume of a member', () => {
    expect(copies(copied(undefined, { size: '19Gi' }))).toEqual([
      expect.objectContaining({ rule: 'storage/copied-claim', severity: 'error' }),
    ]);
  });

  it('is not known to be made in Auto Mode', () => {
    expect(copies(copied(newAutoCluster()))).toEqual([
      expect.objectContaining({ rule: 'requirements/unknown', severity: 'warning' }),
    ]);
  });

  it.each([
    ['v1.50.1-eksbuild.1', 1],
    ['v1.51.0-eksbuild.1', 0],
    ['latest', 0],
  ])('with version %s of the add-on has %i findings', (version, count) => {
    const app = newApp();
    const found = copies(copied(newCluster(app, { addons: [{ name: 'aws-ebs-csi-driver', version }] } as never)));
    expect(found.map(({ rule, field }) => [rule, field])).toEqual(
      Array.from({ length: count }, () => ['storage/copied-claim', 'spec.volumeClaimTemplates[0].spec.dataSource']),
    );
  });

  it('has nothing to do with the snapshot controller', () => {
    const { addons } = synth(appOf(copied())).clusterConfig!;
    expect(addons.map(({ name }: { name: string }) => name)).not.toContain('snapshot-controller');
    expect(find(manifests(appOf(copied())), 'StatefulSet', 'trial')).toBeDefined();
  });
});
