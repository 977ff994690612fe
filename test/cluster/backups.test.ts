import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupLocation, BackupSchedule } from 'cdk8s-eks-patterns';
import { CRDS } from '../golden/custom-resources';
import { newApp, newCluster, newTenant, synth, temporaryFolder } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';

const present = fs.existsSync(path.join(CRDS, 'velero.yaml'));
const when = present ? describe : describe.skip;

when(`backups${present ? '' : ' (skipped: velero.yaml is absent)'}`, () => {
  const cluster = useCluster();

  test('are accepted as Velero defines them, with no field that it does not know', async () => {
    const app = newApp();
    const made = newCluster(app);
    const encryptionKey = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
    const to = new BackupLocation(made, 'backups', {
      bucket: 'acme-backups',
      prefix: 'a/b',
      encryptionKey,
      default: true,
    });
    new BackupLocation(made, 'old', { bucket: 'acme-old', readOnly: true });
    new BackupSchedule(made, 'all', { to, schedule: '@weekly', volumes: 'none', excludedResources: ['events'] });
    new BackupSchedule(newTenant({}, made, 'shop'), 'nightly', {
      to,
      schedule: '0 3 * * *',
      keep: '14d',
      paused: true,
    });
    const objects = synth(app).manifests.filter(({ apiVersion }) => apiVersion === 'velero.io/v1');
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      ...Array(2).fill('BackupStorageLocation'),
      ...Array(2).fill('Schedule'),
      ...Array(2).fill('VolumeSnapshotLocation'),
    ]);
    const folder = temporaryFolder();
    await installDefinitions(cluster.kubectl, objects as never, temporaryFolder());
    await cluster.kubectl.run('create', 'namespace', 'velero');
    fs.writeFileSync(
      path.join(folder, 'objects.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );
    await cluster.kubectl.run('apply', '--server-side', '--validate=strict', '-f', folder);
    const kept = await cluster.kubectl.run('-n', 'velero', 'get', 'schedules.velero.io', 'shop-nightly', '-o', 'json');
    expect(JSON.parse(kept).spec).toMatchObject({ paused: true, template: { ttl: '336h0m0s' } });
  });
});
