import type { Construct } from 'constructs';
import { INSTANCE_LABEL } from '../../kube/labels';
import { contentHash } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { applyCustomize } from '../core/customize';
import { HashedObject } from '../core/hashed-object';
import type { Job, JobSpec, PersistentVolumeClaim } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Customize } from '../core/values';
import type { WrittenJob, WrittenService } from '../core/written';
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
import { Workload } from './workload';

/** Objects of a BatchJob, by the names that `customize` uses. */
export interface BatchJobObjects extends WorkloadObjects {
  job: WrittenJob;
  claim: PersistentVolumeClaim;
  service: WrittenService;
}
/** Props of a BatchJob. */
export interface BatchJobProps extends JobParts {
  /**
   * Whether the Job is held: its pods are stopped, and start when this is removed. The name of the Job does not depend on it.
   * Not with `queue`, which decides itself.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Whether `completions` may change while the Job runs, for work that grows and shrinks: `parallelism` follows, and both are no
   * part of the hash, so that an apply changes the number of pods of the same Job. Pods that are too many are stopped, the
   * highest index first. A Job that has ended does not run again. Not with `parallelism`, or a prop that is checked against
   * `completions`: `successPolicy`, `retries.failedIndexes`.
   *
   * @default false - another number is another Job
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#elastic-indexed-jobs
   */
  readonly elastic?: boolean;
  /** Edits of the rendered objects: { job: (j) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<BatchJobObjects>;
}

const PROPS: KeyTable<BatchJobProps> = { ...JOB_PARTS, suspend: 'boolean', elastic: 'boolean', customize: 'object' };
/** The name of a pod is the id, '-' and a hash of 10 characters, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 46;

/**
 * A task that runs once and ends, such as a migration: a Job.
 *
 * A Job cannot be changed, so its name ends in a hash of its content: a changed Job runs again, an unchanged one does
 * not. Other defaults, or a new version of this library, may change the content as well. Finished Jobs are kept unless
 * `keepFor` is set, since a Job that was removed runs again at the next apply.
 *
 * @example
 * new BatchJob(tenant, 'migrate', {
 *   image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/shop:1.4.2',
 *   user: 10001,
 *   resources: { cpu: '250m', memory: '512Mi' },
 *   args: ['migrate'],
 *   deadline: '15m',
 *   connectsTo: [database],
 * });
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class BatchJob extends Workload<JobModel> {
  /** The Job, whose name has the hash. */
  readonly job: KubeObject<WrittenJob>;
  /** The claim of `sharedStorage`; undefined without it. */
  readonly claim: KubeObject<PersistentVolumeClaim> | undefined;
  /** The headless Service of `mesh`; undefined without it. */
  readonly service: KubeObject<WrittenService> | undefined;

  constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'job',
      describe: (context) => {
        const model = resolveElastic(context.check, props, resolveJob(context, props));
        return { shape: jobShape(context, 'batch-job', model), model };
      },
    });
    checkSuspend(this.check, props);
    const suspend = props.suspend ? { suspend: true } : {};
    if (props.keepFor !== undefined) {
      addCheck(this, (report) =>
        report({
          rule: 'jobs/keep-for',
          severity: 'warning',
          field: 'keepFor',
          message: `keepFor removes the finished Job after ${this.model.keepFor} s, and the next apply runs it again`,
          fix: 'leave keepFor out, unless a second run does no harm',
        }),
      );
    }
    this.claim = sharedClaim(this, id, this.model, this.object);
    this.service = meshService(id, this.model.mesh, this.object);
    const head: Job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: id, namespace: this.namespace },
      // rendered later, when functions can name workloads that are created after this one
      spec: {} as JobSpec,
    };
    const render = (): Job => ({
      ...head,
      metadata: withLabels(this.metadata(this.name, 'Job'), queueLabels(this.model)),
      spec: { ...jobSpec(this.model, this.podTemplate()), ...suspend },
    });
    // `suspend` can be changed in place, by Kueue as well
    const mutable = {
      suspend: undefined,
      ...(props.elastic ? { completions: undefined, parallelism: undefined } : {}),
    };
    const hash = ({ spec }: Job) => contentHash(JSON.stringify({ ...spec, ...mutable }));
    const naming = { hash, afterNaming: nameInstance };
    this.job = new HashedObject<Job>(this, 'Job', head, render, naming) as KubeObject<WrittenJob>;
    const { job, claim, service } = this;
    applyCustomize(this.check, props.customize, this.commonObjects(), { job, claim, service });
  }
}

/** Kubernetes changes the completions of an indexed Job alone, and only together with its parallelism. */
function resolveElastic(check: Check, props: BatchJobProps, model: JobModel): JobModel {
  if (!props.elastic) {
    return model;
  }
  const { parallelism, successPolicy, retries } = props;
  const fixed = {
    parallelism,
    successPolicy,
    'retries.failedIndexes': typeof retries === 'object' ? retries.failedIndexes : undefined,
  };
  for (const [field, value] of Object.entries(fixed)) {
    if (value !== undefined) {
      check.fail(
        'forbidden',
        field,
        `${field} must not be set with elastic: ${field === 'parallelism' ? 'it follows completions' : 'it counts completions, which change'}`,
        'leave one of them out',
      );
    }
  }
  if (props.sharedStorage !== undefined) {
    check.fail(
      'forbidden',
      'sharedStorage',
      'sharedStorage must not be set with elastic: one node at a time can mount an EBS volume',
      'keep the files in S3',
    );
  }
  return { ...model, parallelism: model.completions, indexed: true };
}

function checkSuspend(check: Check, { suspend, queue }: BatchJobProps): void {
  if (suspend && queue !== undefined) {
    check.fail(
      'forbidden',
      'suspend',
      'suspend must not be set with queue: each apply would stop a Job that the queue has started',
      'leave suspend out: Kueue suspends the Job until the queue has room',
    );
  }
}

/** Each content of the Job is an instance of its own. A label of the user's is left as it is. */
function nameInstance({ metadata, spec }: Job, before: string): void {
  for (const labels of [metadata.labels, spec.template.metadata.labels]) {
    if (labels?.[INSTANCE_LABEL] === before) {
      labels[INSTANCE_LABEL] = metadata.name as string;
    }
  }
}
