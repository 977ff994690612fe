import type { Construct } from 'constructs';
import { copyPlain } from '../../kube/copy';
import type { KeyTable } from '../../kube/values';
import { applyCustomize } from '../core/customize';
import type { PersistentVolumeClaim, ScaledJobObject, TriggerAuthentication } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { Customize } from '../core/values';
import type { WrittenService } from '../core/written';
import { annotated } from '../scaling/autoscaler';
import { JOB_SCALING, type JobScaling, type JobScalingModel, resolveJobScaling } from '../scaling/job-scaling';
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
  withLabels,
} from './jobs';
import type { WorkloadObjects } from './objects';
import { type RunHistory, resolveHistory } from './run-history';
import type { WorkloadContext } from './shape';
import { triggerObjects, triggerRequirements } from './trigger-objects';
import { Workload } from './workload';

/** Objects of a ScaledJob, by the names that `customize` uses. */
export interface ScaledJobObjects extends WorkloadObjects {
  scaledJob: ScaledJobObject;
  claim: PersistentVolumeClaim;
  service: WrittenService;
}
/** Props of a ScaledJob. */
export interface ScaledJobProps extends JobParts, JobScaling {
  /** Finished Jobs that are kept, with their logs. @default { succeeded: 10, failed: 10 } - KEDA keeps 100 of each */
  readonly history?: RunHistory;
  /** Edits of the rendered objects: { scaledJob: (s) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<ScaledJobObjects>;
}

const PROPS: KeyTable<ScaledJobProps> = { ...JOB_PARTS, ...JOB_SCALING, history: 'object', customize: 'object' };
/** The name of a pod is the id, '-' and 5 random characters, '-', an index, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 46;
const HISTORY = { succeeded: 10, failed: 10 };

/** The validated props of the Jobs, and of what starts them. */
interface ScaledJobModel {
  readonly job: JobModel;
  readonly scaling: JobScalingModel;
  readonly history: Required<RunHistory>;
}

/**
 * A task that runs once for each event, such as a message of a queue: a ScaledJob, of which KEDA makes Jobs. Unlike the pods of
 * a scaled Worker, a Job that has started runs to its end when there are fewer events. Requires KEDA in the cluster.
 *
 * @example
 * new ScaledJob(tenant, 'encoder', {
 *   image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/encoder:1.4.2',
 *   user: 10001,
 *   resources: { cpu: '2', memory: '4Gi' },
 *   max: 20,
 *   triggers: [ScaleTrigger.sqs({ queueUrl, messagesPerReplica: 1 })],
 *   deadline: '2h',
 * });
 * @see https://keda.sh/docs/latest/concepts/scaling-jobs/
 */
export class ScaledJob extends Workload<ScaledJobModel> {
  readonly scaledJob: KubeObject<ScaledJobObject>;
  /** Logins of its triggers; empty without any. */
  readonly triggerAuthentications: readonly KubeObject<TriggerAuthentication>[];
  /** The claim of `sharedStorage`; undefined without it. */
  readonly claim: KubeObject<PersistentVolumeClaim> | undefined;
  /** The headless Service of `mesh`; undefined without it. */
  readonly service: KubeObject<WrittenService> | undefined;

  constructor(scope: Construct, id: string, props: ScaledJobProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'scaledJob',
      describe: (context) => {
        const model = resolve(context, props);
        const shape = jobShape(context, 'scaled-job', model.job);
        return { shape: { ...shape, maxPods: model.job.parallelism * model.scaling.max }, model };
      },
    });
    const { job, scaling, history } = this.model;
    Requirements.defer(this, () => triggerRequirements(this, 'ScaledJob', scaling.triggers));
    this.claim = sharedClaim(this, id, job, this.object);
    this.service = meshService(id, job.mesh, this.object);
    const triggers = triggerObjects(this, 'triggers', scaling.triggers, this.object);
    this.triggerAuthentications = triggers.authentications;
    this.scaledJob = this.object<ScaledJobObject>('ScaledJob', 'keda.sh/v1alpha1', 'ScaledJob', (metadata) => ({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      // KEDA copies the labels to its Jobs
      metadata: annotated(withLabels(metadata, queueLabels(job)), scaling.annotations),
      spec: {
        ...copyPlain(scaling.spec),
        successfulJobsHistoryLimit: history.succeeded,
        failedJobsHistoryLimit: history.failed,
        jobTargetRef: jobSpec(job, this.podTemplate()),
        triggers: triggers.render().map((trigger) => copyPlain(trigger)),
      },
    }));
    const { scaledJob, claim, service } = this;
    applyCustomize(this.check, props.customize, this.commonObjects(), { scaledJob, claim, service });
  }
}

function resolve(context: WorkloadContext, props: ScaledJobProps): ScaledJobModel {
  const { check } = context;
  const scaling = resolveJobScaling(check, props);
  if (props.sharedStorage !== undefined && scaling.max > 1) {
    check.fail(
      'forbidden',
      'sharedStorage',
      `sharedStorage must not be set with max ${scaling.max}: one node at a time can mount an EBS volume`,
      'write max: 1, or keep the files in S3',
    );
  }
  return { job: resolveJob(context, props), scaling, history: resolveHistory(check, props.history, HISTORY) };
}
