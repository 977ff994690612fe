import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { V1Job } from '@kubernetes/client-node';
import { SnapshotSchedule, type Tenant } from 'cdk8s-eks-patterns';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { stateful, temporaryFolder } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';
import { isReady, SnapshotController, snapshotsOf } from './harness/snapshots';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
let controller: SnapshotController | undefined;
afterAll(() => controller?.stop());

const small = { replicas: 2, memberPorts: [], order: 'Parallel', resources: { cpu: '10m', memory: '16Mi' } };
const shop = (more: (tenant: Tenant) => void = () => undefined) =>
  tenantApp('shop', (tenant) => {
    const store = stateful(small, tenant);
    new SnapshotSchedule(tenant, 'nightly', { of: [store, 'data-gone-0'], schedule: '0 2 * * *', keep: 2 });
    more(tenant);
  });

/** Runs what the container of the CronJob runs, with the token of its ServiceAccount, as the Job of that minute. */
async function run(minute: number, claims?: string): Promise<{ status: number | null; said: string }> {
  const { core, batch } = cluster.kube;
  const cronJob = await batch.readNamespacedCronJob({ name: 'nightly', namespace: 'shop' });
  const { spec } = cronJob.spec!.jobTemplate.spec!.template;
  const [container] = spec!.containers;
  const { data: variables } = await core.readNamespacedConfigMap({
    name: container!.envFrom![0]!.configMapRef!.name!,
    namespace: 'shop',
  });
  const files = spec!.volumes!.find(({ name }) => name === 'files')!.projected!.sources![0]!.configMap!.name!;
  const { data: script } = await core.readNamespacedConfigMap({ name: files, namespace: 'shop' });
  const { data: roots } = await core.readNamespacedConfigMap({ name: 'kube-root-ca.crt', namespace: 'shop' });
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'ca.crt'), roots!['ca.crt']!);
  fs.writeFileSync(path.join(folder, 'token'), await cluster.kubectl.run('-n', 'shop', 'create', 'token', 'nightly'));
  const file = path.join(folder, 'snapshot.py');
  fs.writeFileSync(file, Object.values(script!)[0]!);
  const { hostname, port } = new URL(cluster.kube.config.getCurrentCluster()!.server);
  const env = {
    PATH: process.env.PATH,
    ...variables,
    ...(claims === undefined ? {} : { CLAIMS: claims }),
    ACCOUNT_FOLDER: folder,
    PERIOD: '0.2',
    JOB: `nightly-${minute}`,
    NAMESPACE: 'shop',
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
  };
  // not synchronous: the snapshot controller is a part of this process
  return new Promise((resolve) => {
    const child = execFile('python3', ['-B', file], { env, timeout: 60_000 }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, said: stdout + stderr }),
    );
  });
}

const names = async () => (await snapshotsOf(cluster.kube, 'shop')).map(({ metadata }) => metadata.name);
const MEMBERS = 'data-store-0 data-store-1';
const when = CRDS_PRESENT ? describe : describe.skip;
const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';

when(`snapshots${why}`, () => {
  beforeAll(async () => {
    const of = (kind: string) => ({ apiVersion: 'snapshot.storage.k8s.io/v1', kind, metadata: { name: '' } });
    await installDefinitions(cluster.kubectl, [of('VolumeSnapshot'), of('VolumeSnapshotClass')], temporaryFolder());
    await eventually('snapshots are served', async () => (await snapshotsOf(cluster.kube, 'default')).length === 0);
    controller = new SnapshotController(cluster.kube);
    const app = shop();
    await cluster.addNodesOf(app);
    await cluster.apply(app);
    await cluster.namespace('shop').untilReady('store', 2);
  });

  test('the CronJob starts Jobs that are named by their minute, with that name in a variable', async () => {
    await cluster.kubectl.run('-n', 'shop', 'patch', 'cronjob', 'nightly', '-p', '{"spec":{"schedule":"* * * * *"}}');
    const [made] = await eventually(
      'a Job is there',
      async () => {
        const { items } = await cluster.kube.batch.listNamespacedJob({ namespace: 'shop' });
        return items.length > 0 && (items as [V1Job]);
      },
      { seconds: 90 },
    );
    await cluster.kubectl.run('-n', 'shop', 'patch', 'cronjob', 'nightly', '-p', '{"spec":{"suspend":true}}');
    const minute = Number(/^nightly-(\d+)$/.exec(made!.metadata!.name!)?.[1]);
    expect(Math.abs(minute * 60_000 - Date.now())).toBeLessThan(180_000);
    expect(made!.spec!.template.spec!.containers[0]!.env).toContainEqual({
      name: 'JOB',
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } },
    });
  });

  test('the script makes a snapshot of each claim with the rights of its account, once for a run', async () => {
    const first = await run(29_000_000, MEMBERS);
    expect(first).toEqual({ status: 0, said: expect.stringContaining('data-store-1-20250219-2120: ready') });
    expect(await names()).toEqual(['data-store-0-20250219-2120', 'data-store-1-20250219-2120']);
    const [snapshot] = await snapshotsOf(cluster.kube, 'shop');
    expect(snapshot).toMatchObject({
      metadata: { labels: { 'cdk8s-eks-patterns.io/snapshot-schedule': 'nightly' } },
      spec: { volumeSnapshotClassName: 'shop-nightly', source: { persistentVolumeClaimName: 'data-store-0' } },
    });
    expect((await run(29_000_000, MEMBERS)).status).toBe(0);
    expect(await names()).toHaveLength(2);
  });

  test('old ones are deleted; those that failed are reported, and never push out good ones', async () => {
    for (const minute of [29_000_001, 29_000_002]) {
      expect((await run(minute, MEMBERS)).status).toBe(0);
    }
    expect(await names()).toEqual([
      'data-store-0-20250219-2121',
      'data-store-0-20250219-2122',
      'data-store-1-20250219-2121',
      'data-store-1-20250219-2122',
    ]);
    // what was asked for: the third claim does not exist
    for (const minute of [29_000_003, 29_000_004, 29_000_005]) {
      const { status, said } = await run(minute);
      expect(status).toBe(1);
      expect(said).toContain('claim data-gone-0 is not bound');
    }
    expect(await names()).toEqual([
      'data-gone-0-20250219-2123',
      'data-gone-0-20250219-2124',
      'data-gone-0-20250219-2125',
      'data-store-0-20250219-2124',
      'data-store-0-20250219-2125',
      'data-store-1-20250219-2124',
      'data-store-1-20250219-2125',
    ]);
  });

  test('a set is restored from a snapshot that is ready, and waits for one that is not there', async () => {
    const snapshot = 'data-store-0-20250219-2125';
    expect(await isReady(cluster.kube, 'shop', snapshot)).toBe(true);
    const storage = { mountPath: '/data', size: '20Gi' };
    await cluster.apply(
      shop((tenant) => {
        const one = { ...small, replicas: 1 };
        stateful({ ...one, storage: { ...storage, from: { snapshot } } }, tenant, 'restored');
        stateful({ ...one, storage: { ...storage, from: { snapshot: 'data-store-0-gone' } } }, tenant, 'waiting');
      }),
    );
    await cluster.namespace('shop').untilReady('restored', 1);
    const { core } = cluster.kube;
    const restored = await core.readNamespacedPersistentVolumeClaim({ name: 'data-restored-0', namespace: 'shop' });
    const { spec } = await core.readPersistentVolume({ name: restored.spec!.volumeName! });
    expect(spec!.csi!.volumeAttributes).toEqual({ filledFrom: snapshot });
    await throughout(2, async () => {
      const claim = { name: 'data-waiting-0', namespace: 'shop' };
      const { status } = await core.readNamespacedPersistentVolumeClaim(claim);
      expect(status!.phase).toBe('Pending');
    });
  });

  test('a set begins with a copy of the volume of a member, in its zone, and waits for a member that is not there', async () => {
    const storage = { mountPath: '/data', size: '20Gi' };
    await cluster.apply(
      shop((tenant) => {
        const one = { ...small, replicas: 1 };
        for (const [id, claim] of [
          ['copied', 'data-store-1'],
          ['alone', 'data-store-7'],
        ] as const) {
          stateful({ ...one, storage: { ...storage, from: { claim } } }, tenant, id);
        }
      }),
    );
    await cluster.namespace('shop').untilReady('copied', 1);
    const { core } = cluster.kube;
    const zoneOf = async (name: string) => {
      const { spec } = await core.readNamespacedPersistentVolumeClaim({ name, namespace: 'shop' });
      const volume = await core.readPersistentVolume({ name: spec!.volumeName! });
      return [volume.spec!.csi!.volumeAttributes, volume.spec!.nodeAffinity!.required!.nodeSelectorTerms] as const;
    };
    const [attributes, zone] = await zoneOf('data-copied-0');
    expect(attributes).toEqual({ filledFrom: 'data-store-1' });
    expect(zone).toEqual((await zoneOf('data-store-1'))[1]);
    const { status } = await core.readNamespacedPersistentVolumeClaim({ name: 'data-alone-0', namespace: 'shop' });
    expect(status!.phase).toBe('Pending');
  });
});
