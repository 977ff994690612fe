import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { JobSpec, PersistentVolumeClaim, PodTemplate } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Duration } from '../core/values';
import { claim, resolveStorage, type Storage, type StorageModel, storageMount } from '../storage/volumes';
import { POD_PROPS, type PodProps } from './pod-props';
import type { WorkloadContext, WorkloadShape } from './shape';
import type { ObjectFactory } from './workload';

/** What jobs share. */
export interface JobParts extends PodProps {
  /** Total time, retries included. Whole seconds. @default - none */
  readonly deadline?: Duration;
  /** Attempts after the first. @default 3 */
  readonly retries?: number;
  /** Pods at once. @default 1 */
  readonly parallelism?: number;
  /** Pods that must succeed; each gets its index when there are several. @default 1 */
  readonly completions?: number;
  /** Finished jobs are removed after this. Whole seconds. @default - kept */
  readonly keepFor?: Duration;
  /** One volume that all runs share and that outlives them; one pod at a time can use it. @default - none */
  readonly sharedStorage?: Storage;
}

/** The keys of JobParts, to be spread into the tables of the patterns. */
export const JOB_PARTS: KeyTable<JobParts> = {
  ...POD_PROPS,
  deadline: true,
  retries: true,
  parallelism: true,
  completions: true,
  keepFor: true,
  sharedStorage: true,
};

/** The parts, judged. */
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
      `parallelism (${parallelism}) is above completions (${completions})`,
      `write completions: ${parallelism}, or fewer pods at once`,
    );
  }
  if (parallelism > 1 && props.sharedStorage !== undefined) {
    check.fail(
      `sharedStorage is a volume of EBS, which one node at a time can use, and ${parallelism} pods run at once`,
      'write parallelism: 1, or keep the files in a bucket',
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

/** What a job's pods are. A drain or a consolidation would throw away the work done so far. */
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
    services: [],
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
