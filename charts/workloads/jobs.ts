import type { IConstruct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import type { JobSpec, ObjectMeta, PersistentVolumeClaim, PodTemplate } from '../core/k8s';
import { kept } from '../core/kept';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { Duration } from '../core/values';
import type { JobSelf } from '../core/workload-info';
import { declareSources } from '../storage/source';
import { claim, resolveStorage, type Storage, type StorageModel, storageMount } from '../storage/volumes';
import { JobAddress, type JobMesh, type MeshModel, resolveMesh } from './job-mesh';
import { JOB_POLICIES, type JobPolicies, type JobPolicyProps, resolveJobPolicies } from './job-policies';
import type { ObjectFactory } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import type { WorkloadContext, WorkloadShape } from './shape';

/** Props of BatchJob, ScheduledJob and ScaledJob. */
export interface JobParts extends PodProps<JobSelf>, JobPolicyProps {
  /** Time limit of the whole Job, retries included, 1 s or more. Whole seconds. @default - none */
  readonly deadline?: Duration;
  /** Pods that run at once, 1 or more and at most `completions`. @default - 1; all of them with `mesh` */
  readonly parallelism?: number;
  /** Pods that must succeed, 1 or more. With several, each gets an index (JOB_COMPLETION_INDEX). @default 1 */
  readonly completions?: number;
  /**
   * Ports on which the pods of the Job call each other, such as 29500 of torchrun: a headless Service, and a policy both ways.
   * `self.leader` and `self.hosts` are their host names, for variables. All pods run at once, since they wait for each other.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/job/job-with-pod-to-pod-communication/
   */
  readonly mesh?: JobMesh;
  /** Time after which a finished Job is removed. Whole seconds. A BatchJob that was removed runs again at the next apply. @default - finished Jobs are kept */
  readonly keepFor?: Duration;
  /**
   * The Kueue LocalQueue of the namespace that admits the Job when its quota has room. Requires Kueue, which suspends the
   * Job until then.
   *
   * @default - starts at once
   * @see https://kueue.sigs.k8s.io/docs/tasks/run/jobs/
   */
  readonly queue?: string;
  /** A volume that all runs share and that is kept between them. Not with `parallelism`: one node at a time can mount it. @default - none */
  readonly sharedStorage?: Storage;
}

/** The keys of JobParts, to be spread into the key tables of the patterns. */
export const JOB_PARTS: KeyTable<JobParts> = {
  ...POD_PROPS,
  ...JOB_POLICIES,
  deadline: true,
  parallelism: true,
  completions: true,
  mesh: 'object',
  keepFor: true,
  queue: 'text',
  sharedStorage: 'object',
};

const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** The validated props of JobParts. */
export interface JobModel {
  readonly deadline: number | undefined;
  readonly policies: JobPolicies;
  readonly parallelism: number;
  readonly completions: number;
  readonly mesh: MeshModel | undefined;
  /** Whether it is indexed, whatever the number of completions. */
  readonly indexed?: boolean;
  readonly keepFor: number | undefined;
  readonly queue: string | undefined;
  readonly storage: StorageModel | undefined;
}

export function resolveJob({ construct, check, name, namespace }: WorkloadContext, props: JobParts): JobModel {
  const completions = props.completions === undefined ? 1 : check.integer('completions', props.completions, 1);
  const mesh = props.mesh && resolveMesh(check, name, props.mesh);
  if (mesh && completions === 1) {
    check.fail(
      'required',
      'completions',
      'completions must be at least 2 with mesh: one pod has no others to call',
      'write completions: 4, or leave mesh out',
    );
  }
  const least = mesh ? completions : 1;
  const parallelism = props.parallelism === undefined ? least : check.integer('parallelism', props.parallelism, 1);
  if (parallelism < least) {
    check.fail(
      'invalid',
      'parallelism',
      `parallelism must be completions (${completions}) with mesh, but is ${parallelism}: pods would wait for those that have not started`,
      'leave parallelism out',
    );
  }
  if (parallelism > completions) {
    check.fail(
      'invalid',
      'parallelism',
      `parallelism must be at most completions (${completions}), but is ${parallelism}`,
      `write completions: ${parallelism}, or a smaller parallelism`,
    );
  }
  if (parallelism > 1 && props.sharedStorage !== undefined) {
    check.fail(
      'forbidden',
      'sharedStorage',
      `sharedStorage must not be set with parallelism ${parallelism}: one node at a time can mount an EBS volume`,
      'write parallelism: 1, or keep the files in S3',
    );
  }
  const policies = resolveJobPolicies(check, props, { completions, container: name });
  if (props.queue !== undefined) {
    check.labels('queue', { [QUEUE_LABEL]: check.text('queue', props.queue) });
    const because = `'${construct.node.path}' waits in a queue`;
    Requirements.add(construct, Requirements.api('kueue.x-k8s.io/v1beta1/LocalQueue', { because }));
  }
  const storage = props.sharedStorage && resolveStorage(check, 'sharedStorage', props.sharedStorage);
  declareSources(construct, namespace, storage ? [storage] : []);
  return {
    deadline: props.deadline === undefined ? undefined : check.seconds('deadline', props.deadline, 1),
    policies,
    parallelism,
    completions,
    mesh,
    keepFor: props.keepFor === undefined ? undefined : check.seconds('keepFor', props.keepFor),
    queue: props.queue,
    storage,
  };
}

/** The shape of jobs. The annotations keep autoscalers from evicting a pod, which would lose its work. */
export function jobShape(
  { controller, check, name, namespace }: WorkloadContext,
  component: 'batch-job' | 'scheduled-job' | 'scaled-job',
  model: JobModel,
): WorkloadShape {
  return {
    component,
    controller,
    self: new JobAddress(check, name, namespace, model.completions, model.mesh),
    ports: model.mesh?.ports ?? [],
    hasMembers: model.mesh !== undefined,
    memberPorts: model.mesh?.open,
    subdomain: model.mesh?.service,
    clientPorts: [],
    probes: undefined,
    metrics: undefined,
    traffic: 'none',
    defaultPriority: 'batch',
    defaultSpread: 'none',
    restartPolicy: 'Never',
    maxPods: model.parallelism,
    usesStorage: model.storage !== undefined,
    volumes: model.storage
      ? [{ name: model.storage.name, persistentVolumeClaim: { claimName: claimName(name, model.storage) } }]
      : [],
    mounts: model.storage ? [storageMount(model.storage)] : [],
    volumesProp: 'sharedStorage',
    podAnnotations: {
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
      'karpenter.sh/do-not-disrupt': 'true',
    },
  };
}

export function jobSpec(model: JobModel, template: PodTemplate): JobSpec {
  const { policies } = model;
  const isIndexed =
    model.indexed ||
    model.completions > 1 ||
    policies.backoffLimitPerIndex !== undefined ||
    policies.successPolicy !== undefined;
  return {
    activeDeadlineSeconds: model.deadline,
    backoffLimit: policies.backoffLimit,
    completionMode: isIndexed ? 'Indexed' : undefined,
    completions: model.completions,
    parallelism: model.parallelism,
    ttlSecondsAfterFinished: model.keepFor,
    template,
    ...policies,
  };
}

/** The label of the queue, for the Job, or for what a CronJob makes its Jobs of. */
export function queueLabels({ queue }: JobModel): Record<string, string> {
  return queue === undefined ? {} : { [QUEUE_LABEL]: queue };
}

/** The metadata with more labels. */
export function withLabels<M extends ObjectMeta>(metadata: M, labels: Record<string, string>): M {
  return { ...metadata, labels: { ...metadata.labels, ...labels } };
}

/** The claim of `sharedStorage`. */
export function sharedClaim(
  construct: IConstruct,
  name: string,
  model: JobModel,
  make: ObjectFactory,
): KubeObject<PersistentVolumeClaim> | undefined {
  const { storage } = model;
  return (
    storage &&
    make<PersistentVolumeClaim>(
      'PersistentVolumeClaim',
      'v1',
      'PersistentVolumeClaim',
      (m) => {
        const annotations = kept(construct, m.annotations);
        return claim(annotations === undefined ? m : { ...m, annotations }, storage);
      },
      claimName(name, storage),
    )
  );
}

const claimName = (name: string, storage: StorageModel): string => `${name}-${storage.name}`;
