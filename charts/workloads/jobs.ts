import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { JobSpec, PersistentVolumeClaim, PodTemplate } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Duration } from '../core/values';
import { claim, resolveStorage, type Storage, type StorageModel, storageMount } from '../storage/volumes';
import type { ObjectFactory } from './object-factory';
import { POD_PROPS, type PodProps } from './pod-props';
import type { WorkloadContext, WorkloadShape } from './shape';

/** Props of BatchJob and ScheduledJob. */
export interface JobParts extends PodProps {
  /** Time limit of the whole Job, retries included, 1 s or more. Whole seconds. @default - none */
  readonly deadline?: Duration;
  /** Attempts after the first one fails, 0 or more. @default 3 */
  readonly retries?: number;
  /** Pods that run at once, 1 or more and at most `completions`. @default 1 */
  readonly parallelism?: number;
  /** Pods that must succeed, 1 or more. With several, each gets an index (JOB_COMPLETION_INDEX). @default 1 */
  readonly completions?: number;
  /** Time after which a finished Job is removed. Whole seconds. @default - finished Jobs are kept */
  readonly keepFor?: Duration;
  /** A volume that all runs share and that is kept between them. Not with `parallelism`: one node at a time can mount it. @default - none */
  readonly sharedStorage?: Storage;
}

/** The keys of JobParts, to be spread into the key tables of the patterns. */
export const JOB_PARTS: KeyTable<JobParts> = {
  ...POD_PROPS,
  deadline: true,
  retries: true,
  parallelism: true,
  completions: true,
  keepFor: true,
  sharedStorage: true,
};

/** The validated props of JobParts. */
export interface JobModel {
  readonly deadline: number | undefined;
  readonly retries: number;
  readonly parallelism: number;
  readonly completions: number;
  readonly keepFor: number | undefined;
  readonly storage: StorageModel | undefined;
}

export function resolveJob(check: Check, props: JobParts): JobModel {
  const completions = props.completions === undefined ? 1 : check.integer('completions', props.completions, 1);
  const parallelism = props.parallelism === undefined ? 1 : check.integer('parallelism', props.parallelism, 1);
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
  return {
    deadline: props.deadline === undefined ? undefined : check.seconds('deadline', props.deadline, 1),
    retries: props.retries === undefined ? 3 : check.integer('retries', props.retries, 0),
    parallelism,
    completions,
    keepFor: props.keepFor === undefined ? undefined : check.seconds('keepFor', props.keepFor),
    storage: props.sharedStorage && resolveStorage(check, 'sharedStorage', props.sharedStorage),
  };
}

/** The shape of jobs. The annotations keep autoscalers from evicting a pod, which would lose its work. */
export function jobShape(
  { name, namespace }: WorkloadContext,
  component: 'batch-job' | 'scheduled-job',
  model: JobModel,
): WorkloadShape {
  return {
    component,
    self: { name, namespace },
    ports: [],
    clientPorts: [],
    probes: undefined,
    metrics: undefined,
    traffic: 'none',
    defaultPriority: 'batch',
    defaultSpread: 'none',
    restartPolicy: 'Never',
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
  return {
    activeDeadlineSeconds: model.deadline,
    backoffLimit: model.retries,
    completionMode: model.completions > 1 ? 'Indexed' : undefined,
    completions: model.completions,
    parallelism: model.parallelism,
    ttlSecondsAfterFinished: model.keepFor,
    template,
  };
}

/** The claim of `sharedStorage`. */
export function sharedClaim(
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
      (m) => claim(m, storage),
      claimName(name, storage),
    )
  );
}

const claimName = (name: string, storage: StorageModel): string => `${name}-${storage.name}`;
