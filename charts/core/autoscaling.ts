import type { ScaledObjectSpecTriggers } from '../../imports/keda';
import type { NamedMeta } from '../../imports/kubernetes';

/**
 * A ScaledJob of KEDA, as far as the library writes it: its definition repeats the whole pod of Kubernetes. J is the spec of its
 * Jobs.
 *
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 */
export interface ScaledJobOf<J> {
  apiVersion: 'keda.sh/v1alpha1';
  kind: 'ScaledJob';
  metadata: NamedMeta;
  spec: {
    envSourceContainerName?: string;
    failedJobsHistoryLimit?: number;
    jobTargetRef: J;
    maxReplicaCount?: number;
    minReplicaCount?: number;
    pollingInterval?: number;
    rollout?: { propagationPolicy?: 'foreground' | 'background'; strategy?: 'gradual' | 'immediate' };
    scalingStrategy?: {
      customScalingQueueLengthDeduction?: number;
      customScalingRunningJobPercentage?: string;
      multipleScalersCalculation?: 'min' | 'avg' | 'sum' | 'max';
      pendingPodConditions?: string[];
      strategy?: 'default' | 'custom' | 'accurate' | 'eager';
    };
    successfulJobsHistoryLimit?: number;
    triggers: ScaledObjectSpecTriggers[];
  };
}

/**
 * Recommends requests, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 */
export interface VerticalPodAutoscaler {
  apiVersion: 'autoscaling.k8s.io/v1';
  kind: 'VerticalPodAutoscaler';
  metadata: NamedMeta;
  spec: {
    targetRef: { apiVersion: string; kind: string; name: string };
    updatePolicy: { updateMode: string; [field: string]: unknown };
    [field: string]: unknown;
  };
}
