import type { Cron } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import { applyCustomize } from '../core/customize';
import type { CronJob, ObjectMeta, PersistentVolumeClaim, PodTemplate } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Customize, Duration } from '../core/values';
import type { WrittenCronJob, WrittenService } from '../core/written';
import { meshService } from './job-mesh';
import {
  JOB_PARTS,
  type JobModel,
  type JobParts,
  jobShape,
  jobSpec,
  queueLabels,
  resolveJob,
  sharedClaim,
} from './jobs';
import type { WorkloadObjects } from './objects';
import { type RunHistory, resolveHistory } from './run-history';
import { resolveSchedule, resolveTimeZone } from './schedule';
import type { WorkloadContext } from './shape';
import { Workload } from './workload';

/** Objects of a ScheduledJob, by the names that `customize` uses. */
export interface ScheduledJobObjects extends WorkloadObjects {
  cronJob: WrittenCronJob;
  claim: PersistentVolumeClaim;
  service: WrittenService;
}
/** Props of a ScheduledJob. */
export interface ScheduledJobProps extends JobParts {
  /** When it runs: five cron fields ('0 3 * * *'), a macro such as '@daily', or a cdk8s `Cron`. */
  readonly schedule: string | Cron;
  /** IANA time zone of the schedule, such as 'Europe/Berlin'. @default 'Etc/UTC' */
  readonly timeZone?: string;
  /**
   * What happens when the last run has not ended: 'Forbid' starts the new run when the old one has ended, or skips it if that is
   * later than `startingDeadline`; 'Allow' runs both; 'Replace' stops the old one.
   *
   * @default 'Forbid'
   */
  readonly overlap?: 'Forbid' | 'Allow' | 'Replace';
  /**
   * How late a run may start, 10 s or more. Whole seconds.
   *
   * @default '1h' - a short outage of the control plane must not skip a run
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
   */
  readonly startingDeadline?: Duration;
  /** Finished runs that are kept, with their logs. @default { succeeded: 3, failed: 3 } */
  readonly history?: RunHistory;
  /**
   * Whether no run is started; runs that have started go on. When it is false again, the last run that was missed starts at
   * once, if it is not later than `startingDeadline`.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /** Edits of the rendered objects: { cronJob: (c) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<ScheduledJobObjects>;
}

const PROPS: KeyTable<ScheduledJobProps> = {
  ...JOB_PARTS,
  schedule: true,
  timeZone: 'text',
  overlap: true,
  startingDeadline: true,
  history: 'object',
  suspend: 'boolean',
  customize: 'object',
};
/** The controller appends '-' and 10 digits; the API server refuses a longer name. */
const MAX_NAME = 52;
const STARTING_DEADLINE = 3600;
/** The controller checks every 10 s: with a shorter deadline it may miss the run. */
const LEAST_STARTING_DEADLINE = 10;
const HISTORY = { succeeded: 3, failed: 3 };

/** The validated props of a job and its schedule. */
interface ScheduledJobModel {
  readonly job: JobModel;
  readonly schedule: string;
  readonly timeZone: string;
  readonly overlap: 'Forbid' | 'Allow' | 'Replace';
  readonly startingDeadline: number;
  readonly history: Required<RunHistory>;
  readonly suspend: boolean;
}

/**
 * A task that runs on a schedule, such as a nightly report: a CronJob. Two runs at a time are not allowed unless `overlap`
 * is set.
 *
 * @example
 * new ScheduledJob(tenant, 'report', {
 *   image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/report:1.4.2',
 *   user: 10001,
 *   resources: { cpu: '250m', memory: '512Mi' },
 *   schedule: '0 3 * * *',
 *   timeZone: 'Europe/Berlin',
 *   deadline: '1h',
 * });
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class ScheduledJob extends Workload<ScheduledJobModel> {
  readonly cronJob: KubeObject<WrittenCronJob>;
  /** The claim of `sharedStorage`; undefined without it. */
  readonly claim: KubeObject<PersistentVolumeClaim> | undefined;
  /** The headless Service of `mesh`; undefined without it. */
  readonly service: KubeObject<WrittenService> | undefined;

  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'cronJob',
      describe: (context) => {
        const model = resolve(context, props);
        return { shape: jobShape(context, 'scheduled-job', model.job), model };
      },
    });
    this.claim = sharedClaim(this, id, this.model.job, this.object);
    this.service = meshService(id, this.model.job.mesh, this.object);
    this.cronJob = this.object<CronJob>('CronJob', 'batch/v1', 'CronJob', (m) =>
      cronJob(m, this.model, this.podTemplate()),
    );
    const own = { cronJob: this.cronJob, claim: this.claim, service: this.service };
    applyCustomize(this.check, props.customize, this.commonObjects(), own);
  }
}

function resolve(context: WorkloadContext, props: ScheduledJobProps): ScheduledJobModel {
  const { check } = context;
  const job = resolveJob(context, props);
  if (props.overlap !== undefined) {
    check.oneOf('overlap', props.overlap, ['Forbid', 'Allow', 'Replace']);
  }
  const history = resolveHistory(check, props.history, HISTORY);
  return {
    job,
    schedule: resolveSchedule(check, props.schedule),
    timeZone: resolveTimeZone(check, props.timeZone ?? 'Etc/UTC'),
    overlap: props.overlap ?? 'Forbid',
    startingDeadline:
      props.startingDeadline === undefined
        ? STARTING_DEADLINE
        : check.seconds('startingDeadline', props.startingDeadline, LEAST_STARTING_DEADLINE),
    history,
    suspend: props.suspend ?? false,
  };
}

function cronJob(metadata: ObjectMeta & { name: string }, model: ScheduledJobModel, template: PodTemplate): CronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      concurrencyPolicy: model.overlap,
      failedJobsHistoryLimit: model.history.failed,
      jobTemplate: {
        metadata: { labels: { ...template.metadata.labels, ...queueLabels(model.job) } },
        spec: jobSpec(model.job, template),
      },
      schedule: model.schedule,
      startingDeadlineSeconds: model.startingDeadline,
      successfulJobsHistoryLimit: model.history.succeeded,
      timeZone: model.timeZone,
      ...(model.suspend ? { suspend: true } : {}),
    },
  };
}
