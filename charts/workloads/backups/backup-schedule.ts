import { Chart, type Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { describe } from '../../../kube/describe';
import { MANAGED_BY } from '../../../kube/labels';
import { isDnsLabel, isSubdomain } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { clusterOf } from '../../core/cluster-context';
import type { Schedule } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';
import { tenants } from '../../core/tenant-context';
import type { Duration } from '../../core/values';
import { resolveSchedule } from '../schedule';
import { BackupLocation, VELERO } from './backup-location';

/** Props of a BackupSchedule. */
export interface BackupScheduleProps {
  /** Where the backups go. */
  readonly to: BackupLocation;
  /** When, in UTC: five cron fields ('0 3 * * *'), a macro such as '@daily', or a cdk8s `Cron`. */
  readonly schedule: string | Cron;
  /** Namespaces whose objects are saved. @default - that of the tenant; all namespaces outside of one */
  readonly namespaces?: readonly string[];
  /** How long a backup is kept, whole seconds of an hour or more; then it is deleted with its snapshots. @default '30d', as in Velero */
  readonly keep?: Duration;
  /**
   * 'snapshots' makes one of each EBS volume; 'none' saves objects alone. Required in EKS Auto Mode, where Velero makes no
   * snapshots: take a SnapshotSchedule for its volumes.
   *
   * @default 'snapshots'
   */
  readonly volumes?: 'snapshots' | 'none';
  /** Resources that are left out, by their plural names: ['events', 'pods']. @default - none */
  readonly excludedResources?: readonly string[];
  /** Makes no backups until it is set to false. @default false */
  readonly paused?: boolean;
}

const PROPS: KeyTable<BackupScheduleProps> = {
  to: 'object',
  schedule: true,
  namespaces: 'texts',
  keep: true,
  volumes: true,
  excludedResources: 'texts',
  paused: 'boolean',
};
const HOUR = 3600;

/**
 * Backups by Velero on a schedule: the objects of namespaces, in the bucket of a BackupLocation, and snapshots of their EBS
 * volumes. `velero restore create --from-backup` restores one, to another cluster as well. A snapshot is what a power failure
 * would leave: a database recovers from it by its log.
 *
 * @see https://velero.io/docs/main/api-types/schedule/
 */
export class BackupSchedule extends Construct {
  /** The Schedule, in the namespace of Velero. */
  readonly schedule: KubeObject<Schedule>;

  constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<BackupScheduleProps>('props', props ?? null, PROPS);
    const to = checkLocation(check, props.to);
    const namespaces = this.namespacesOf(check, props.namespaces);
    const own = tenants.nearest(this) === undefined ? undefined : Chart.of(this).namespace;
    const name = own === undefined ? id : `${own}-${id}`;
    if (!isSubdomain(name)) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of a schedule must be a DNS name in lowercase letters`,
        "write for example 'nightly'",
      );
    }
    const snapshots = this.snapshotsOf(check, to, props.volumes);
    const schedule = resolveSchedule(check, props.schedule);
    const ttl = check.seconds('keep', props.keep ?? '30d', HOUR);
    const { excludedResources = [], paused = false } = props;
    for (const [i, resource] of excludedResources.entries()) {
      check.text(`excludedResources[${i}]`, resource);
    }
    this.schedule = new KubeObject<Schedule>(
      this,
      'Schedule',
      {
        apiVersion: 'velero.io/v1',
        kind: 'Schedule',
        metadata: {
          name,
          namespace: VELERO.namespace,
          labels: { 'app.kubernetes.io/managed-by': MANAGED_BY },
        },
        spec: {
          schedule,
          ...(paused ? { paused } : {}),
          template: {
            includedNamespaces: [...namespaces],
            ...(excludedResources.length > 0 ? { excludedResources: [...excludedResources] } : {}),
            storageLocation: to.storageLocation.name,
            snapshotVolumes: snapshots !== undefined,
            ...(snapshots === undefined ? {} : { volumeSnapshotLocations: [snapshots] }),
            ttl: `${Math.floor(ttl / HOUR)}h${Math.floor((ttl % HOUR) / 60)}m${ttl % 60}s`,
          },
        },
      },
      undefined,
    );
  }

  private namespacesOf(check: Check, given: readonly string[] | undefined): readonly string[] {
    if (given === undefined) {
      const { namespace } = Chart.of(this);
      return tenants.nearest(this) && namespace !== undefined ? [namespace] : ['*'];
    }
    if (given.length === 0) {
      check.fail('invalid', 'namespaces', 'namespaces must not be empty', 'leave it out, or write a namespace');
    }
    for (const [i, namespace] of given.entries()) {
      if (!isDnsLabel(namespace)) {
        check.fail(
          'invalid',
          `namespaces[${i}]`,
          `namespaces[${i}] must be the name of a namespace, but is ${describe(namespace)}`,
          "write for example 'shop'; for all namespaces leave namespaces out",
        );
      }
    }
    return [...new Set(given)];
  }

  /** The location of the snapshots; undefined for none. */
  private snapshotsOf(check: Check, to: BackupLocation, volumes: unknown): string | undefined {
    const isAuto = clusterOf(this)?.facts.compute === 'auto';
    if (isAuto && volumes !== 'none') {
      check.fail(
        volumes === undefined ? 'required' : 'unsupported',
        'volumes',
        "volumes must be 'none' in EKS Auto Mode, of whose volumes Velero makes no snapshots",
        "write volumes: 'none', and a SnapshotSchedule for the volumes",
      );
    }
    check.oneOf('volumes', volumes ?? 'snapshots', ['snapshots', 'none']);
    return volumes === 'none' ? undefined : to.snapshotLocation?.name;
  }
}

function checkLocation(check: Check, to: unknown): BackupLocation {
  if (!(to instanceof BackupLocation)) {
    check.fail(
      to === undefined ? 'required' : 'type',
      'to',
      to === undefined ? 'to is required: a BackupLocation' : `to must be a BackupLocation, but is ${describe(to)}`,
      "write to: new BackupLocation(cluster, 'backups', { bucket: '...' })",
    );
  }
  if (to.isReadOnly) {
    check.fail(
      'forbidden',
      'to',
      `to must not be '${to.node.path}', which is read-only`,
      'take another location, or leave readOnly of the location out',
    );
  }
  return to;
}
