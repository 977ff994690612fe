import type { Region } from '../../eks/values';
import { copyPlain } from '../../kube/copy';
import type { HorizontalPodAutoscaler, MetricSpec, ObjectMeta, ScaledObject } from '../core/k8s';
import type { ReplicasModel, ScaleModel } from './replicas';

/** What is scaled. */
export interface ScaledController {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export function horizontalPodAutoscaler(
  metadata: ObjectMeta & { name: string },
  scaled: ScaledController,
  replicas: ReplicasModel & { readonly scale: ScaleModel },
): HorizontalPodAutoscaler {
  const { cpuUtilization, memoryUtilization, metrics, behavior } = replicas.scale;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { ...scaled },
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [
        ...utilization('cpu', cpuUtilization),
        ...utilization('memory', memoryUtilization),
        ...metrics.map(({ spec }) => copyPlain(spec)),
      ],
      behavior: copyPlain(behavior),
    },
  };
}

/** KEDA creates a HorizontalPodAutoscaler from this object. */
export function scaledObject(
  metadata: ObjectMeta & { name: string },
  scaled: ScaledController,
  replicas: ReplicasModel & { readonly scale: ScaleModel },
  region: Region | undefined,
): ScaledObject {
  const { cpuUtilization, memoryUtilization, triggers, behavior } = replicas.scale;
  const resource = (type: string, value: number | undefined) =>
    value === undefined ? [] : [{ type, metricType: 'Utilization' as const, metadata: { value: String(value) } }];
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata,
    spec: {
      scaleTargetRef: { ...scaled },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      advanced: { horizontalPodAutoscalerConfig: { behavior: copyPlain(behavior) } },
      triggers: [
        ...resource('cpu', cpuUtilization),
        ...resource('memory', memoryUtilization),
        ...triggers.map((t) => {
          const { queueUrl: _, ...trigger } = t.spec(region);
          return copyPlain(trigger);
        }),
      ],
    },
  };
}

function utilization(name: string, averageUtilization: number | undefined): MetricSpec[] {
  return averageUtilization === undefined
    ? []
    : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
}
