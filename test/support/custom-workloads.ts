/** The custom resources that hold pod templates, around templates: each with the fields of its templates and their pods at one time. */
export interface CustomCase {
  readonly kind: string;
  readonly spec: (template: object) => Record<string, unknown>;
  /** Fields of the templates, with the number of pods of each. */
  readonly pods: Readonly<Record<string, number>>;
}

const ray = (template: object) => ({
  headGroupSpec: { rayStartParams: {}, template },
  workerGroupSpecs: [
    { groupName: 'cpu', replicas: 2, template },
    { groupName: 'gpu', minReplicas: 1, maxReplicas: 9, numOfHosts: 4, template },
  ],
});
const rayPods = (at: string) => ({
  [`${at}.headGroupSpec.template`]: 1,
  [`${at}.workerGroupSpecs[0].template`]: 2,
  [`${at}.workerGroupSpecs[1].template`]: 4,
});
const training = (apiVersion: string, kind: string, field: string): CustomCase => ({
  kind: `${apiVersion}/${kind}`,
  spec: (template) => ({ [field]: { Master: { replicas: 1, template }, Worker: { replicas: 3, template } } }),
  pods: { [`spec.${field}.Master.template`]: 1, [`spec.${field}.Worker.template`]: 3 },
});

export const CUSTOM_CASES: readonly CustomCase[] = [
  {
    kind: 'jobset.x-k8s.io/v1alpha2/JobSet',
    spec: (template) => ({
      replicatedJobs: [
        { name: 'driver', template: { spec: { template } } },
        { name: 'workers', replicas: 2, template: { spec: { parallelism: 4, completions: 4, template } } },
      ],
    }),
    pods: {
      'spec.replicatedJobs[0].template.spec.template': 1,
      'spec.replicatedJobs[1].template.spec.template': 8,
    },
  },
  {
    kind: 'leaderworkerset.x-k8s.io/v1/LeaderWorkerSet',
    spec: (template) => ({
      replicas: 2,
      leaderWorkerTemplate: { size: 4, leaderTemplate: template, workerTemplate: template },
    }),
    pods: { 'spec.leaderWorkerTemplate.leaderTemplate': 2, 'spec.leaderWorkerTemplate.workerTemplate': 6 },
  },
  ...['Service', 'Configuration'].map((kind) => ({
    kind: `serving.knative.dev/v1/${kind}`,
    spec: (template: object) => ({ template }),
    pods: { 'spec.template': 0 },
  })),
  { kind: 'ray.io/v1/RayCluster', spec: ray, pods: rayPods('spec') },
  {
    kind: 'ray.io/v1/RayJob',
    spec: (template) => ({
      entrypoint: 'python train.py',
      rayClusterSpec: ray(template),
      submitterPodTemplate: template,
    }),
    pods: { ...rayPods('spec.rayClusterSpec'), 'spec.submitterPodTemplate': 1 },
  },
  {
    kind: 'ray.io/v1/RayService',
    spec: (template) => ({ rayClusterConfig: ray(template) }),
    pods: rayPods('spec.rayClusterConfig'),
  },
  training('kubeflow.org/v1', 'PyTorchJob', 'pytorchReplicaSpecs'),
  training('kubeflow.org/v1', 'TFJob', 'tfReplicaSpecs'),
  training('kubeflow.org/v1', 'XGBoostJob', 'xgbReplicaSpecs'),
  training('kubeflow.org/v1', 'PaddleJob', 'paddleReplicaSpecs'),
  training('kubeflow.org/v1', 'JAXJob', 'jaxReplicaSpecs'),
  training('kubeflow.org/v1', 'MPIJob', 'mpiReplicaSpecs'),
  training('kubeflow.org/v2beta1', 'MPIJob', 'mpiReplicaSpecs'),
  {
    kind: 'batch.volcano.sh/v1alpha1/Job',
    spec: (template) => ({ minAvailable: 3, tasks: [{ name: 'worker', replicas: 3, template }] }),
    pods: { 'spec.tasks[0].template': 3 },
  },
];

/** A manifest of a case. */
export function customManifest({ kind: path, spec }: CustomCase, template: object) {
  const slash = path.lastIndexOf('/');
  return {
    apiVersion: path.slice(0, slash),
    kind: path.slice(slash + 1),
    metadata: { name: 'train', namespace: 'ml' },
    spec: spec(template),
  };
}
