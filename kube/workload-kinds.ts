import type { AnyObject } from '../imports/kubernetes';
import type { ClaimTemplate, PodTemplate, Spec, WorkloadKind } from './workload-kind';

const template = (spec: Spec) => spec.template as PodTemplate | undefined;
const replicas = (spec: Spec) => Number(spec.replicas ?? 1);
const parallelism = (spec: Spec) => Number(spec.parallelism ?? 1);
const jobPods = (spec: Spec, suspended = spec.suspend === true) =>
  suspended ? 0 : Math.min(parallelism(spec), Number(spec.completions ?? parallelism(spec)));
const jobOf = (spec: Spec): Spec => (spec.jobTemplate as { spec?: Spec } | undefined)?.spec ?? {};

/** Runs that count where a CronJob lets any number of them overlap. */
const OVERLAPPING_RUNS = 3;
const runsOf = ({ concurrencyPolicy }: Spec): number =>
  concurrencyPolicy === 'Forbid' ? 1 : concurrencyPolicy === 'Replace' ? 2 : OVERLAPPING_RUNS;

/** What KEDA makes a Job of. */
const jobTarget = (spec: Spec): Spec => (spec.jobTargetRef as Spec | undefined) ?? {};

/** The kinds that run pods: those of Kubernetes, and custom resources that are like one of them. */
export const WORKLOAD_KINDS: Readonly<Record<string, WorkloadKind>> = {
  Deployment: {
    apiVersion: 'apps/v1',
    template,
    replicas,
    surge: surgeOf,
    scaled: true,
    selects: true,
    revisionLabel: 'pod-template-hash',
  },
  ReplicaSet: { apiVersion: 'apps/v1', template, replicas, scaled: true, selects: true },
  StatefulSet: {
    apiVersion: 'apps/v1',
    template,
    replicas,
    ordered: ({ podManagementPolicy }) => podManagementPolicy !== 'Parallel',
    scaled: true,
    selects: true,
    revisionLabel: 'controller-revision-hash',
    claims: ({ volumeClaimTemplates }) => (volumeClaimTemplates ?? []) as readonly ClaimTemplate[],
  },
  DaemonSet: {
    apiVersion: 'apps/v1',
    template,
    replicas: () => 0,
    perNode: true,
    selects: true,
    revisionLabel: 'controller-revision-hash',
  },
  Job: { apiVersion: 'batch/v1', template, replicas: jobPods, most: parallelism, job: true },
  CronJob: {
    apiVersion: 'batch/v1',
    template: (spec) => template(jobOf(spec)),
    at: 'spec.jobTemplate.spec.template',
    replicas: (spec) => jobPods(jobOf(spec), spec.suspend === true),
    most: (spec) => runsOf(spec) * parallelism(jobOf(spec)),
    job: true,
  },
  // its selector is a map of labels, by default those of its template
  ReplicationController: { apiVersion: 'v1', template, replicas, scaled: true },
  // https://argo-rollouts.readthedocs.io/en/stable/features/specification/
  // shares its selector with the Deployment that it takes over from
  Rollout: {
    apiVersion: 'argoproj.io/v1alpha1',
    template,
    replicas,
    surge: surgeOfRollout,
    scaled: true,
    revisionLabel: 'rollouts-pod-template-hash',
  },
  // https://keda.sh/docs/latest/reference/scaledjob-spec/
  ScaledJob: {
    apiVersion: 'keda.sh/v1alpha1',
    template: (spec) => template(jobTarget(spec)),
    at: 'spec.jobTargetRef.template',
    replicas: (spec) => Number(spec.minReplicaCount ?? 0) * parallelism(jobTarget(spec)),
    most: (spec) => Number(spec.maxReplicaCount ?? 100) * parallelism(jobTarget(spec)),
    job: true,
  },
};

/** What is known of a manifest's kind; undefined where it does not run pods. A Pod is not one, nor is a PodTemplate. */
export function workloadKind({ apiVersion, kind }: Pick<AnyObject, 'apiVersion' | 'kind'>): WorkloadKind | undefined {
  const known = Object.hasOwn(WORKLOAD_KINDS, kind) ? WORKLOAD_KINDS[kind] : undefined;
  return known?.apiVersion === apiVersion ? known : undefined;
}

/** Pods of a Deployment beside its replicas while it is rolled out: at most as many again, since each is of the new revision. */
function surgeOf(spec: Spec, count: number): number {
  const strategy = spec.strategy as { type?: string; rollingUpdate?: { maxSurge?: number | string } } | undefined;
  return strategy?.type === 'Recreate'
    ? 0
    : Math.min(shareOf(strategy?.rollingUpdate?.maxSurge ?? '25%', count), count);
}

/** A new colour is as large as the old one. */
function surgeOfRollout(spec: Spec, count: number): number {
  const { blueGreen, canary } = (spec.strategy ?? {}) as {
    readonly blueGreen?: unknown;
    readonly canary?: { readonly maxSurge?: unknown };
  };
  const surge = canary?.maxSurge;
  return blueGreen ? count : shareOf(typeof surge === 'number' || typeof surge === 'string' ? surge : '25%', count);
}

/** A number, or a percentage rounded up. */
function shareOf(value: number | string, of: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * of) / 100);
}
