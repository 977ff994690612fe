import type { AnyObject } from '../imports/kubernetes';
import type { ClaimTemplate, PlacedTemplate, PodTemplate, Spec, WorkloadKind } from './workload-kind';

/** Templates of an object, without what is the same for all of them. */
type Templates = (spec: Spec) => readonly (Placed | undefined)[];
type Placed = Omit<PlacedTemplate, 'workload' | 'of' | 'times'> & {
  readonly of?: Spec;
  readonly times?: number;
};

interface CustomWorkload {
  /** What its controller makes of each template. */
  readonly pods: WorkloadKind;
  readonly templates: Templates;
}

const template = (of: Spec | undefined): PodTemplate | undefined => of?.template as PodTemplate | undefined;
const count = (value: unknown, fallback = 1): number => Number(value ?? fallback);

/** Pods of a number that stands beside the template, and that are made again when they end, or not: as the resource says. */
const replicated = (apiVersion: string, nameLabel: string): WorkloadKind => ({
  apiVersion,
  nameLabel,
  template,
  replicas: ({ replicas }) => count(replicas),
  job: true,
  restartPolicies: ['Always', 'Never', 'OnFailure'],
});

/** Jobs of `spec.replicatedJobs`, each several times. A webhook sets OnFailure where the template says nothing. */
const jobSet: CustomWorkload = {
  pods: {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    nameLabel: 'jobset.sigs.k8s.io/jobset-name',
    template,
    replicas: ({ parallelism, completions }) => Math.min(count(parallelism), count(completions ?? parallelism)),
    most: ({ parallelism }) => count(parallelism),
    job: true,
    defaultRestartPolicy: 'OnFailure',
    claims: ({ volumeClaimPolicies }) => list(volumeClaimPolicies).flatMap(({ templates }) => claimsOf(templates)),
  },
  templates: ({ replicatedJobs, suspend, volumeClaimPolicies }) =>
    list(replicatedJobs).map(({ template: job, replicas }, i) =>
      placed(`spec.replicatedJobs[${i}].template.spec.template`, template(specOf(job)), {
        of: { ...specOf(job), volumeClaimPolicies },
        times: suspend === true ? 0 : count(replicas),
      }),
    ),
};

/** Groups of a leader and `size - 1` workers; without a template of its own the leader is made of that of the workers. */
const leaderWorkerSet: CustomWorkload = {
  pods: {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    nameLabel: 'leaderworkerset.sigs.k8s.io/name',
    template,
    replicas: ({ replicas }) => count(replicas),
    scaled: true,
    grouped: true,
    claims: ({ volumeClaimTemplates }) => claimsOf(volumeClaimTemplates),
  },
  templates: ({ leaderWorkerTemplate, replicas }) => {
    const { leaderTemplate, workerTemplate, size, volumeClaimTemplates } = (leaderWorkerTemplate ?? {}) as {
      readonly leaderTemplate?: PodTemplate;
      readonly workerTemplate?: PodTemplate;
      readonly size?: number;
      readonly volumeClaimTemplates?: unknown;
    };
    const groups = count(replicas);
    const members = count(size);
    const workers = leaderTemplate ? members - 1 : members;
    return [
      placed('spec.leaderWorkerTemplate.leaderTemplate', leaderTemplate, {
        of: { replicas: groups, volumeClaimTemplates },
      }),
      placed('spec.leaderWorkerTemplate.workerTemplate', workerTemplate, {
        of: { replicas: groups * workers, volumeClaimTemplates },
      }),
    ];
  },
};

const SCALE = 'autoscaling.knative.dev/';

/** Revisions, whose number of pods follows the calls within bounds that annotations of the template say. */
const revisions = (apiVersion: string, nameLabel: string): CustomWorkload => ({
  pods: {
    apiVersion,
    nameLabel,
    template,
    replicas: (spec) => count(template(spec)?.metadata?.annotations?.[`${SCALE}min-scale`], 0),
    most: (spec) => {
      const { annotations } = template(spec)?.metadata ?? {};
      return count(annotations?.[`${SCALE}max-scale`] ?? annotations?.[`${SCALE}min-scale`]);
    },
    scaled: 'by itself',
    containerName: 'user-container',
  },
  templates: (spec) => [placed('spec.template', template(spec), { of: spec })],
});

/** One pod of `headGroupSpec`, and those of each group of workers, which an autoscaler of Ray may change. */
const rayCluster = (apiVersion: string, at: string, clusterOf: (spec: Spec) => Spec | undefined): CustomWorkload => ({
  pods: {
    ...replicated(apiVersion, 'ray.io/cluster'),
    // the autoscaler runs beside the head
    ownAccount: ({ enableInTreeAutoscaling }) => enableInTreeAutoscaling === true,
  },
  templates: (spec) => {
    const { headGroupSpec, workerGroupSpecs, enableInTreeAutoscaling } = clusterOf(spec) ?? {};
    return [
      placed(`${at}.headGroupSpec.template`, template(headGroupSpec as Spec | undefined), {
        of: { enableInTreeAutoscaling },
      }),
      ...list(workerGroupSpecs).map((group, i) =>
        placed(`${at}.workerGroupSpecs[${i}].template`, template(group), {
          of: { replicas: count(group.replicas ?? group.minReplicas, 0) * count(group.numOfHosts) },
        }),
      ),
    ];
  },
});

const rayJob = (apiVersion: string): CustomWorkload => {
  const { pods, templates } = rayCluster(
    apiVersion,
    'spec.rayClusterSpec',
    ({ rayClusterSpec }) => rayClusterSpec as Spec | undefined,
  );
  return {
    pods,
    templates: (spec) => [
      ...templates(spec),
      placed('spec.submitterPodTemplate', spec.submitterPodTemplate as PodTemplate | undefined, { of: {} }),
    ],
  };
};

/** Replicas of each role of a training job: `pytorchReplicaSpecs.Worker`. */
const trainingJob = (apiVersion: string, field: string): CustomWorkload => ({
  pods: replicated(apiVersion, 'training.kubeflow.org/job-name'),
  templates: ({ [field]: roles }) =>
    Object.entries((roles ?? {}) as Readonly<Record<string, Spec | undefined>>).map(([role, of]) =>
      placed(`spec.${field}.${role}.template`, template(of), { of: of ?? {} }),
    ),
});

/** Replicas of each task. */
const taskJob = (apiVersion: string): CustomWorkload => ({
  pods: replicated(apiVersion, 'volcano.sh/job-name'),
  templates: ({ tasks }) =>
    list(tasks).map((task, i) => placed(`spec.tasks[${i}].template`, template(task), { of: task })),
});

/** By apiVersion and kind. */
const CUSTOM_WORKLOADS: Readonly<Record<string, CustomWorkload>> = {
  // https://jobset.sigs.k8s.io/docs/reference/jobset.v1alpha2/
  'jobset.x-k8s.io/v1alpha2/JobSet': jobSet,
  // https://lws.sigs.k8s.io/docs/reference/leaderworkerset.v1/
  'leaderworkerset.x-k8s.io/v1/LeaderWorkerSet': leaderWorkerSet,
  // https://knative.dev/docs/serving/reference/serving-api/
  'serving.knative.dev/v1/Service': revisions('serving.knative.dev/v1', 'serving.knative.dev/service'),
  'serving.knative.dev/v1/Configuration': revisions('serving.knative.dev/v1', 'serving.knative.dev/configuration'),
  // https://ray-project.github.io/kuberay/reference/api/
  'ray.io/v1/RayCluster': rayCluster('ray.io/v1', 'spec', (spec) => spec),
  'ray.io/v1/RayJob': rayJob('ray.io/v1'),
  'ray.io/v1/RayService': rayCluster(
    'ray.io/v1',
    'spec.rayClusterConfig',
    ({ rayClusterConfig }) => rayClusterConfig as Spec | undefined,
  ),
  // https://www.kubeflow.org/docs/components/trainer/legacy-v1/reference/
  'kubeflow.org/v1/PyTorchJob': trainingJob('kubeflow.org/v1', 'pytorchReplicaSpecs'),
  'kubeflow.org/v1/TFJob': trainingJob('kubeflow.org/v1', 'tfReplicaSpecs'),
  'kubeflow.org/v1/XGBoostJob': trainingJob('kubeflow.org/v1', 'xgbReplicaSpecs'),
  'kubeflow.org/v1/PaddleJob': trainingJob('kubeflow.org/v1', 'paddleReplicaSpecs'),
  'kubeflow.org/v1/JAXJob': trainingJob('kubeflow.org/v1', 'jaxReplicaSpecs'),
  'kubeflow.org/v1/MPIJob': trainingJob('kubeflow.org/v1', 'mpiReplicaSpecs'),
  'kubeflow.org/v2beta1/MPIJob': trainingJob('kubeflow.org/v2beta1', 'mpiReplicaSpecs'),
  // https://volcano.sh/en/docs/vcjob/
  'batch.volcano.sh/v1alpha1/Job': taskJob('batch.volcano.sh/v1alpha1'),
};

/** The kinds alone, since it is asked for every object, and most are of none of them. */
export const CUSTOM_KINDS: ReadonlySet<string> = new Set(
  Object.keys(CUSTOM_WORKLOADS).map((key) => key.split('/')[2]!),
);

/** What is known of a custom resource that may hold several pod templates. */
function customWorkload({ apiVersion, kind }: Pick<AnyObject, 'apiVersion' | 'kind'>): CustomWorkload | undefined {
  // the core group has none, but a Service, which is one of Knative elsewhere
  if (apiVersion === 'v1' || !CUSTOM_KINDS.has(kind)) {
    return undefined;
  }
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(CUSTOM_WORKLOADS, key) ? CUSTOM_WORKLOADS[key] : undefined;
}

/** Whether a kind is a custom resource that may hold several pod templates. */
export const isCustomWorkload = (of: Pick<AnyObject, 'apiVersion' | 'kind'>): boolean =>
  customWorkload(of) !== undefined;

/** The kinds, as 'apiVersion/kind'. */
export const CUSTOM_WORKLOAD_KINDS: readonly string[] = Object.keys(CUSTOM_WORKLOADS);

const NONE: readonly PlacedTemplate[] = [];

/** The pod templates of a custom resource that may hold several. */
export function customTemplates(
  of: Pick<AnyObject, 'apiVersion' | 'kind'> & { readonly spec?: Spec },
): readonly PlacedTemplate[] {
  const known = customWorkload(of);
  if (!known) {
    return NONE;
  }
  return known
    .templates(of.spec ?? {})
    .flatMap((one) => (one ? [{ of: {}, times: 1, ...one, workload: known.pods }] : []));
}

function placed(at: string, found: PodTemplate | undefined, rest: Pick<Placed, 'of' | 'times'>): Placed | undefined {
  return found && { at, template: found, ...rest };
}

function list(value: unknown): readonly Spec[] {
  return Array.isArray(value) ? value : [];
}

function claimsOf(value: unknown): readonly ClaimTemplate[] {
  return list(value) as unknown as readonly ClaimTemplate[];
}

function specOf(object: unknown): Spec | undefined {
  return (object as { readonly spec?: Spec } | undefined)?.spec;
}
