import type { Construct } from 'constructs';
import { contentHash } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { applyEdits } from '../core/edits';
import type { Job, PersistentVolumeClaim } from '../core/k8s';
import { HashedObject, type KubeObject } from '../core/kube-object';
import type { Customize } from '../core/values';
import { JOB_PARTS, type JobModel, type JobParts, jobShape, jobSpec, resolveJob, sharedClaim } from './jobs';
import type { WorkloadObjects } from './objects';
import { Workload } from './workload';

/** Objects of a batch job. */
export interface BatchJobObjects extends WorkloadObjects {
  job: Job;
  claim: PersistentVolumeClaim;
}
/** Props of a BatchJob. */
export interface BatchJobProps extends JobParts {
  /** @default - none */
  readonly customize?: Customize<BatchJobObjects>;
}

const PROPS: KeyTable<BatchJobProps> = { ...JOB_PARTS, customize: true };
/** '-' and the hash of 10, then '-' and 5 random characters of a pod, fit behind it. */
const MAX_NAME = 46;

/**
 * Work that ends: Job. Its name ends in a hash of its content: a Job cannot be changed, so a changed one is a new run, an
 * unchanged one none. Finished jobs are kept unless `keepFor` says otherwise: one that was removed would run again at the
 * next apply. A newer version of this library, or other defaults, may change the content too, and so run it again.
 */
export class BatchJob extends Workload<JobModel> {
  /** The Job. */
  readonly job: KubeObject<Job>;
  /** With `sharedStorage`. */
  readonly claim: KubeObject<PersistentVolumeClaim> | undefined;

  constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: (context) => {
        const model = resolveJob(context.check, props);
        return { shape: jobShape(context, 'batch-job', model), model };
      },
    });
    this.claim = sharedClaim(id, this.model, this.object);
    const head: Job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: id, namespace: this.namespace },
      spec: jobSpec(this.model, this.template()),
    };
    const render = (): Job => ({ ...head, metadata: this.metadata(), spec: jobSpec(this.model, this.template()) });
    this.job = new HashedObject(this, 'Job', head, render, ({ spec }) => contentHash(JSON.stringify(spec)));
    applyEdits(this.check, props.customize, { ...this.commonObjects(), job: this.job, claim: this.claim });
  }
}
