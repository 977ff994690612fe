/**
 * Custom resources that hold a pod template of Kubernetes and whose types are not imported, in the notation of the generated
 * shapes; their other fields are not looked into. By their CustomResourceDefinitions (2026-08).
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 */
export const CUSTOM_SHAPES: Readonly<Record<string, string>> = {
  'argoproj.io/v1alpha1/Rollout':
    '{metadata!:ObjectMeta,spec:{analysis:u,minReadySeconds:n,paused:b,progressDeadlineAbort:b,progressDeadlineSeconds:n,replicas:n,restartAt:u,revisionHistoryLimit:n,rollbackWindow:u,selector:LabelSelector,strategy:u,template:PodTemplateSpec,workloadRef:u}}',
  'keda.sh/v1alpha1/ScaledJob':
    '{metadata!:ObjectMeta,spec:{envSourceContainerName:s,failedJobsHistoryLimit:n,jobTargetRef:JobSpec,maxReplicaCount:n,minReplicaCount:n,pollingInterval:n,rollout:u,rolloutStrategy:s,scalingStrategy:u,successfulJobsHistoryLimit:n,triggers:u}}',
};
