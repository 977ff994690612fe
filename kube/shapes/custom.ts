import { SHAPES } from './generated';

const TRAINED_BY = {
  'kubeflow.org/v1/PyTorchJob': 'pytorchReplicaSpecs',
  'kubeflow.org/v1/TFJob': 'tfReplicaSpecs',
  'kubeflow.org/v1/XGBoostJob': 'xgbReplicaSpecs',
  'kubeflow.org/v1/PaddleJob': 'paddleReplicaSpecs',
  'kubeflow.org/v1/JAXJob': 'jaxReplicaSpecs',
  'kubeflow.org/v1/MPIJob': 'mpiReplicaSpecs',
  'kubeflow.org/v2beta1/MPIJob': 'mpiReplicaSpecs',
};
const RAY =
  '{enableInTreeAutoscaling:b,headGroupSpec:{template:PodTemplateSpec,..},workerGroupSpecs:[{groupName:s,maxReplicas:n,minReplicas:n,numOfHosts:n,replicas:n,template:PodTemplateSpec,..},..}';
/** Without the fields that its controller fills in, and with its own. */
const KNATIVE =
  '{metadata!:ObjectMeta,spec:{template:{metadata:ObjectMeta,spec:{containerConcurrency:n,containers:[KnativeContainer,initContainers:[KnativeContainer,' +
  'idleTimeoutSeconds:n,responseStartTimeoutSeconds:n,timeoutSeconds:n,' +
  `${SHAPES.PodSpec!.slice(1).replace(/(^|,)(?:c|initC)ontainers!?:\[Container/g, '')}},..}}`;

/**
 * Custom resources that hold pod templates of Kubernetes and whose types are not imported, in the notation of the generated
 * shapes; their other fields are not looked into, and where a struct ends with `..`, it may have more of them. By their
 * CustomResourceDefinitions (2026-08).
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 */
export const CUSTOM_SHAPES: Readonly<Record<string, string>> = {
  'argoproj.io/v1alpha1/Rollout':
    '{metadata!:ObjectMeta,spec:{analysis:u,minReadySeconds:n,paused:b,progressDeadlineAbort:b,progressDeadlineSeconds:n,replicas:n,restartAt:u,revisionHistoryLimit:n,rollbackWindow:u,selector:LabelSelector,strategy:u,template:PodTemplateSpec,workloadRef:u}}',
  'keda.sh/v1alpha1/ScaledJob':
    '{metadata!:ObjectMeta,spec:{envSourceContainerName:s,failedJobsHistoryLimit:n,jobTargetRef:JobSpec,maxReplicaCount:n,minReplicaCount:n,pollingInterval:n,rollout:u,rolloutStrategy:s,scalingStrategy:u,successfulJobsHistoryLimit:n,triggers:u}}',
  'jobset.x-k8s.io/v1alpha2/JobSet':
    '{metadata!:ObjectMeta,spec:{replicatedJobs:[{name!:s,replicas:n,template!:{metadata:ObjectMeta,spec:JobSpec},..},suspend:b,volumeClaimPolicies:[{templates:[{metadata:ObjectMeta,spec:PersistentVolumeClaimSpec,..},..},..}}',
  'leaderworkerset.x-k8s.io/v1/LeaderWorkerSet':
    '{metadata!:ObjectMeta,spec:{leaderWorkerTemplate!:{leaderTemplate:PodTemplateSpec,size:n,volumeClaimTemplates:[{metadata:ObjectMeta,spec:PersistentVolumeClaimSpec,..},workerTemplate!:PodTemplateSpec,..},replicas:n,..}}',
  KnativeContainer: SHAPES.Container!.replace('name!:', 'name:').replaceAll(':Probe', ':KnativeProbe'),
  KnativeProbe: SHAPES.Probe!.replace('port!:', 'port:')
    .replace('HTTPGetAction', 'KnativeHttpGet')
    .replace('TCPSocketAction', 'KnativeTcpSocket'),
  KnativeHttpGet: SHAPES.HTTPGetAction!.replace('port!:', 'port:'),
  KnativeTcpSocket: SHAPES.TCPSocketAction!.replace('port!:', 'port:'),
  'serving.knative.dev/v1/Service': KNATIVE,
  'serving.knative.dev/v1/Configuration': KNATIVE,
  'ray.io/v1/RayCluster': `{metadata!:ObjectMeta,spec:${RAY}}`,
  'ray.io/v1/RayJob': `{metadata!:ObjectMeta,spec:{rayClusterSpec:${RAY},submitterPodTemplate:PodTemplateSpec,..}}`,
  'ray.io/v1/RayService': `{metadata!:ObjectMeta,spec:{rayClusterConfig:${RAY},..}}`,
  'batch.volcano.sh/v1alpha1/Job':
    '{metadata!:ObjectMeta,spec:{tasks:[{name:s,replicas:n,template:PodTemplateSpec,..},..}}',
  ...Object.fromEntries(
    Object.entries(TRAINED_BY).map(([kind, field]) => [
      kind,
      `{metadata!:ObjectMeta,spec:{${field}!:%{replicas:n,restartPolicy:s,template:PodTemplateSpec,..},..}}`,
    ]),
  ),
};
