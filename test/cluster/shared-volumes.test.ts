import type { V1Pod } from '@kubernetes/client-node';
import { worker } from '../support/app';
import { VOLUMES } from '../support/random/volume-values';
import { useCluster } from './harness/cluster';
import { addNodes, nodesOf } from './harness/nodes';
import { hostsOf } from './harness/places';
import { clusterConfigIn, manifestsOf, outputOf } from './harness/programs';
import { tenantApp } from './harness/tenant-app';
import { applyProgram } from './harness/whole-program';

const cluster = useCluster();

const claimsOf = ({ spec }: V1Pod) =>
  (spec!.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);

test('pods on several nodes mount a volume that the driver makes, and one that exists, within the quota', async () => {
  const folder = await outputOf('shared-files');
  await addNodes(cluster.kube, nodesOf(clusterConfigIn(folder)!));
  await applyProgram(cluster, folder);
  const press = cluster.namespace('press');
  const site = await press.untilReady('site', 3);
  const [thumbnails] = await press.untilReady('thumbnails', 2);
  expect(site.map(claimsOf)).toEqual(site.map(() => ['media', 'uploads']));
  expect(claimsOf(thumbnails!)).toEqual(['uploads']);
  expect(new Set(hostsOf(site)).size).toBe(3);

  const { items } = await cluster.kube.core.listNamespacedPersistentVolumeClaim({ namespace: 'press' });
  expect(items.map(({ metadata, status }) => [metadata!.name, status!.phase, status!.accessModes])).toEqual([
    ['media', 'Bound', ['ReadOnlyMany']],
    ['uploads', 'Bound', ['ReadWriteMany']],
  ]);
  const [media, uploads] = items;
  expect(media!.spec!.volumeName).toBe('press-media');
  const { spec } = await cluster.kube.core.readPersistentVolume({ name: uploads!.spec!.volumeName! });
  expect(spec).toMatchObject({
    csi: { driver: 'efs.csi.aws.com' },
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: 'press-uploads',
  });
});

test('volumes of every way are taken strictly, and a second apply changes none', async () => {
  const app = () =>
    tenantApp('ways', (tenant) => {
      const all = VOLUMES.map((make, i) => make(tenant, `files-${i}`));
      worker({ mounts: Object.fromEntries(all.map((volume) => [`/${volume.node.id}`, volume])), replicas: 1 }, tenant);
    });
  await cluster.kubectl.apply(manifestsOf(app()));
  const again = await cluster.kubectl.apply(manifestsOf(app()));
  const ofVolumes = again.filter((line) => /^(persistentvolume|persistentvolumeclaim|storageclass)/.test(line));
  expect(ofVolumes.length).toBeGreaterThan(2 * VOLUMES.length - 2);
  expect(ofVolumes.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
});
