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
