import { copyPlain } from '../../kube/copy';
import type { HorizontalPodAutoscaler, MetricSpec, ObjectMeta, ScaledObject } from '../core/k8s';
import type { ReplicasModel, ScaleModel } from './replicas';
import type { TriggerSpec } from './triggers/trigger';

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
      // made by the library, and the same in most
      behavior,
      maxReplicas: replicas.max,
      metrics: utilization('cpu', cpuUtilization).concat(
        utilization('memory', memoryUtilization),
        metrics.map(({ spec }) => copyPlain(spec)),
      ),
      minReplicas: replicas.min,
      scaleTargetRef: scaled,
    },
  };
}

/** KEDA creates a HorizontalPodAutoscaler from this object. @param triggers those of `replicas`, as they are written */
export function scaledObject(
  metadata: ObjectMeta & { name: string },
  scaled: ScaledController,
  replicas: ReplicasModel & { readonly scale: ScaleModel },
  triggers: readonly TriggerSpec[],
): ScaledObject {
  const { cpuUtilization, memoryUtilization, behavior, events } = replicas.scale;
  const resource = (type: string, value: number | undefined) =>
    value === undefined ? [] : [{ type, metricType: 'Utilization' as const, metadata: { value: String(value) } }];
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: annotated(metadata, events.annotations),
    spec: {
      ...copyPlain(events.spec),
      scaleTargetRef: { ...scaled },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      advanced: { horizontalPodAutoscalerConfig: { behavior: copyPlain(behavior) } },
      triggers: [
        ...resource('cpu', cpuUtilization),
        ...resource('memory', memoryUtilization),
        ...triggers.map(copyPlain),
      ],
    },
  };
}

/** The metadata with more annotations. */
export function annotated<M extends ObjectMeta>(metadata: M, more: Readonly<Record<string, string>>): M {
  return Object.keys(more).length === 0 ? metadata : { ...metadata, annotations: { ...metadata.annotations, ...more } };
}

function utilization(name: string, averageUtilization: number | undefined): MetricSpec[] {
  return averageUtilization === undefined
    ? []
    : [{ resource: { name, target: { averageUtilization, type: 'Utilization' } }, type: 'Resource' }];
}
