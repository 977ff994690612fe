import type { Cron } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { applyEdits } from '../core/edits';
import type { CronJob, ObjectMeta, PersistentVolumeClaim, PodTemplate } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Customize, Duration } from '../core/values';
import { JOB_PARTS, type JobModel, type JobParts, jobShape, jobSpec, resolveJob, sharedClaim } from './jobs';
import type { WorkloadObjects } from './objects';
import { resolveSchedule, resolveTimeZone } from './schedule';
import { Workload } from './workload';

/** Objects of a scheduled job. */
export interface ScheduledJobObjects extends WorkloadObjects {
  cronJob: CronJob;
  claim: PersistentVolumeClaim;
}
/** Props of a ScheduledJob. */
export interface ScheduledJobProps extends JobParts {
  /** Five fields ('0 3 * * *'), '@daily', or a cdk8s `Cron`. */
  readonly schedule: string | Cron;
  /** IANA name. @default 'Etc/UTC' */
  readonly timeZone?: string;
  /** What happens while the last run still works. @default 'Forbid' */
  readonly overlap?: 'Forbid' | 'Allow' | 'Replace';
  /** How late a run may start. Whole seconds, at least 10. @default '1h' - an outage of the control plane must not skip the run */
  readonly startingDeadline?: Duration;
  /** @default - none */
  readonly customize?: Customize<ScheduledJobObjects>;
}

const PROPS: KeyTable<ScheduledJobProps> = {
  ...JOB_PARTS,
  schedule: true,
  timeZone: true,
  overlap: true,
  startingDeadline: true,
  customize: true,
};
/** The controller appends '-' and 10 digits, and the API server refuses more. */
const MAX_NAME = 52;
const STARTING_DEADLINE = 3600;
/** The controller looks every 10 s: with less it may never see the moment. */
const LEAST_STARTING_DEADLINE = 10;
const HISTORY = 3;

/** A job, and when it runs. */
interface ScheduledJobModel {
  readonly job: JobModel;
  readonly schedule: string;
  readonly timeZone: string;
  readonly overlap: 'Forbid' | 'Allow' | 'Replace';
  readonly startingDeadline: number;
}

/** Work that ends, again and again: CronJob. */
export class ScheduledJob extends Workload<ScheduledJobModel> {
  /** The CronJob. */
  readonly cronJob: KubeObject<CronJob>;
  /** With `sharedStorage`. */
  readonly claim: KubeObject<PersistentVolumeClaim> | undefined;

  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: (context) => {
        const model = resolve(context.check, props);
        return { shape: jobShape(context, 'scheduled-job', model.job), model };
      },
    });
    this.claim = sharedClaim(id, this.model.job, this.object);
    this.cronJob = this.object<CronJob>('CronJob', 'batch/v1', 'CronJob', (m) =>
      cronJob(m, this.model, this.template()),
    );
    applyEdits(this.check, props.customize, { ...this.commonObjects(), cronJob: this.cronJob, claim: this.claim });
  }
}

function resolve(check: Check, props: ScheduledJobProps): ScheduledJobModel {
  const job = resolveJob(check, props);
  if (props.overlap !== undefined) {
    check.oneOf('overlap', props.overlap, ['Forbid', 'Allow', 'Replace']);
  }
  return {
    job,
    schedule: resolveSchedule(check, props.schedule),
    timeZone: resolveTimeZone(check, props.timeZone ?? 'Etc/UTC'),
    overlap: props.overlap ?? 'Forbid',
    startingDeadline:
      props.startingDeadline === undefined
        ? STARTING_DEADLINE
        : check.seconds('startingDeadline', props.startingDeadline, LEAST_STARTING_DEADLINE),
  };
}

function cronJob(metadata: ObjectMeta & { name: string }, model: ScheduledJobModel, template: PodTemplate): CronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      concurrencyPolicy: model.overlap,
      failedJobsHistoryLimit: HISTORY,
      jobTemplate: { metadata: { labels: { ...template.metadata.labels } }, spec: jobSpec(model.job, template) },
      schedule: model.schedule,
      startingDeadlineSeconds: model.startingDeadline,
      successfulJobsHistoryLimit: HISTORY,
      timeZone: model.timeZone,
    },
  };
}
