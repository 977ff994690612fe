import type { Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { EBS_DRIVER } from '../../../eks/compute-modes';
import { SNAPSHOT_GROUP } from '../../../kube/csi-drivers';
import { describe } from '../../../kube/describe';
import { ANNOTATION_PREFIX, MANAGED_BY } from '../../../kube/labels';
import { isSubdomain } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import { Env } from '../../config/env-value';
import { Check } from '../../core/check';
import { clusterOf } from '../../core/cluster-context';
import type { VolumeSnapshotClass } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';
import { namespaceOf } from '../../core/namespace';
import type { Duration } from '../../core/values';
import type { Resources } from '../../pods/resources';
import { ScheduledJob } from '../scheduled-job';
import { SNAPSHOT_SCRIPT } from './script';

/** What has claims: a StatefulService with storage, or a SharedVolume. */
export interface SnapshotSource {
  /** The namespace of the claims. */
  readonly namespace: string;
  /** The names of the claims. */
  readonly claimNames: readonly string[];
}

/** Props of a SnapshotSchedule. */
export interface SnapshotScheduleProps {
  /** What is copied: a StatefulService, a SharedVolume on a disk, or the name of a claim; or several of them. */
  readonly of: SnapshotSource | string | readonly (SnapshotSource | string)[];
  /** When: five cron fields ('0 2 * * *'), a macro such as '@daily', or a cdk8s `Cron`. */
  readonly schedule: string | Cron;
  /** IANA time zone of the schedule, such as 'Europe/Berlin'. @default 'Etc/UTC' */
  readonly timeZone?: string;
  /** Snapshots that are kept of each claim, 1 or more. Older ones are deleted once a new one is ready. @default 7 */
  readonly keep?: number;
  /** What happens to the copy in AWS when its VolumeSnapshot is deleted. With 'Retain' nothing is ever deleted there. @default 'Delete' */
  readonly deletionPolicy?: 'Delete' | 'Retain';
  /** The CSI driver of the volumes. @default - that of EBS in the compute mode of the cluster */
  readonly driver?: string;
  /** Time limit of a run: until all snapshots are ready, and old ones deleted. Whole seconds. @default '2h' - the first copy of a large volume takes long */
  readonly deadline?: Duration;
  /** An image with Python 3. @default 'public.ecr.aws/docker/library/python:3.13-alpine' - a private cluster needs a copy of it */
  readonly image?: string;
  /** CPU and memory of the Job. @default - 50m CPU, 64Mi memory */
  readonly resources?: Resources;
}

const PROPS: KeyTable<SnapshotScheduleProps> = {
  of: true,
  schedule: true,
  timeZone: 'text',
  keep: true,
  deletionPolicy: true,
  driver: 'text',
  deadline: true,
  image: 'text',
  resources: 'object',
};
const IMAGE = 'public.ecr.aws/docker/library/python:3.13-alpine';
const RESOURCES: Resources = { cpu: '50m', memory: '64Mi' };
/** `nobody` of the image. */
const USER = 65534;
const SCRIPT = '/opt/snapshots/snapshot.py';
/** The label of the snapshots, by which old ones are found. */
export const SCHEDULE_LABEL = `${ANNOTATION_PREFIX}/snapshot-schedule`;

/**
 * Snapshots of volumes on a schedule: a CronJob that makes a VolumeSnapshot of each claim, named '<claim>-<date>-<time>', and
 * deletes old ones; its VolumeSnapshotClass and permissions. The add-on becomes a requirement of the cluster. A snapshot is
 * what a power failure would leave: a database recovers from it by its log. `storage.from` restores one.
 *
 * @example
 * new SnapshotSchedule(tenant, 'store-snapshots', { of: store, schedule: '0 2 * * *', keep: 14 });
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class SnapshotSchedule extends Construct {
  /** The class of the snapshots. */
  readonly snapshotClass: KubeObject<VolumeSnapshotClass>;
  /** The CronJob with its ServiceAccount, Role and policy. */
  readonly job: ScheduledJob;

  constructor(scope: Construct, id: string, props: SnapshotScheduleProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<SnapshotScheduleProps>('props', props ?? null, PROPS);
    const namespace = namespaceOf(this, check);
    const claims = claimsOf(check, namespace, props.of);
    const { keep = 7, deletionPolicy = 'Delete', driver } = props;
    check.integer('keep', keep, 1);
    check.oneOf('deletionPolicy', deletionPolicy, ['Delete', 'Retain']);
    const name = `${namespace}-${id}`;
    this.job = new ScheduledJob(this, id, {
      image: props.image ?? IMAGE,
      user: USER,
      command: ['python3', '-B', SCRIPT],
      files: { [SCRIPT]: SNAPSHOT_SCRIPT },
      env: {
        CLAIMS: claims.join(' '),
        JOB: Env.field("metadata.labels['batch.kubernetes.io/job-name']"),
        KEEP: String(keep),
        NAMESPACE: Env.namespace(),
        SCHEDULE: id,
        SCHEDULE_LABEL,
        SNAPSHOT_CLASS: name,
      },
      schedule: props.schedule,
      ...(props.timeZone === undefined ? {} : { timeZone: props.timeZone }),
      deadline: props.deadline ?? '2h',
      resources: props.resources ?? RESOURCES,
      apiAccess: [
        { apiGroups: [SNAPSHOT_GROUP], resources: ['volumesnapshots'], verbs: ['create', 'delete', 'get', 'list'] },
      ],
    });
    const head = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name },
    } as VolumeSnapshotClass;
    this.snapshotClass = new KubeObject<VolumeSnapshotClass>(this, 'VolumeSnapshotClass', head, () => ({
      ...head,
      metadata: {
        name,
        labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, 'app.kubernetes.io/part-of': namespace },
      },
      driver: driver ?? EBS_DRIVER[clusterOf(this)?.facts.compute ?? 'node-groups'],
      deletionPolicy,
    }));
  }
}

/** The names of all claims, each once. */
function claimsOf(check: Check, namespace: string, of: SnapshotScheduleProps['of'] | undefined): readonly string[] {
  if (of === undefined || (Array.isArray(of) && of.length === 0)) {
    check.fail(
      of === undefined ? 'required' : 'invalid',
      'of',
      `of ${of === undefined ? 'is required' : 'must not be empty'}: the volumes that are copied`,
      'write of: store, with a StatefulService',
    );
  }
  const sources = (Array.isArray(of) ? of : [of]) as readonly unknown[];
  const names = sources.flatMap((source, i) => {
    const field = Array.isArray(of) ? `of[${i}]` : 'of';
    return typeof source === 'string' ? [named(check, field, source)] : ofSource(check, field, namespace, source);
  });
  return [...new Set(names)].sort();
}

function named(check: Check, field: string, name: string): string {
  if (!isSubdomain(name)) {
    check.fail(
      'invalid',
      field,
      `${field} must be the name of a claim, but is ${describe(name)}`,
      "write for example 'data-store-0'",
    );
  }
  return name;
}

function ofSource(check: Check, field: string, namespace: string, source: unknown): readonly string[] {
  const { claimNames, namespace: other } = (source ?? {}) as Partial<SnapshotSource>;
  if (!Array.isArray(claimNames)) {
    check.fail(
      'type',
      field,
      `${field} must be a StatefulService, a SharedVolume or the name of a claim, but is ${describe(source)}`,
      'write of: store, with a StatefulService',
    );
  }
  if (claimNames.length === 0) {
    check.fail(
      'invalid',
      field,
      `${field} must have a volume on a disk, but has none`,
      'leave it out; volumes of EFS, S3 and NFS are copied by AWS Backup, or by their server',
    );
  }
  if (other !== namespace) {
    check.fail(
      'forbidden',
      field,
      `${field} must be of namespace '${namespace}', but is of '${other}'`,
      'create the schedule in its tenant: a VolumeSnapshot is of the namespace of its claim',
    );
  }
  return claimNames as readonly string[];
}
