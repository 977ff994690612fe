import type { ScaleTarget } from './autoscalers';
import { groupOf } from './kinds';
import { asList, asObject, type Loose } from './loose';
import type { Manifest } from './objects';

/** Resources that autoscalers of either direction may follow. */
export type ScaledResource = 'cpu' | 'memory';
const RESOURCES: readonly ScaledResource[] = ['cpu', 'memory'];

export function isVerticalAutoscaler({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return kind === 'VerticalPodAutoscaler' && groupOf(apiVersion) === 'autoscaling.k8s.io';
}

/** What a VerticalPodAutoscaler resizes; undefined where it does not say. */
export function verticalTargetOf({ spec = {} }: Manifest): ScaleTarget | undefined {
  const { kind, name } = asObject(spec.targetRef);
  return typeof kind === 'string' && typeof name === 'string' ? { kind, name } : undefined;
}

/** The resources whose requests a VerticalPodAutoscaler changes; empty where it only recommends. */
export function resizedBy({ spec = {} }: Manifest): ReadonlySet<ScaledResource> {
  const { updateMode = 'Auto' } = asObject(spec.updatePolicy);
  if (updateMode === 'Off') {
    return new Set();
  }
  const policies = asList(asObject(spec.resourcePolicy).containerPolicies);
  // a container without a policy has both
  const lists = policies.length === 0 ? [RESOURCES] : policies.map(controlledBy);
  return new Set(RESOURCES.filter((resource) => lists.some((list) => list.includes(resource))));
}

function controlledBy({ mode, controlledResources = RESOURCES }: Loose): readonly unknown[] {
  return mode === 'Off' || !Array.isArray(controlledResources) ? [] : controlledResources;
}

/** The resources whose use decides on the replicas, in a HorizontalPodAutoscaler or a ScaledObject. */
export function scaledOn({ kind, spec = {} }: Manifest): ReadonlySet<ScaledResource> {
  const names =
    kind === 'ScaledObject'
      ? asList(spec.triggers).map(({ type }) => type)
      : [
          ...asList(spec.metrics).map((metric) => asObject(metric.resource ?? metric.containerResource).name),
          // autoscaling/v1, and the default of an autoscaler without metrics
          ...(spec.targetCPUUtilizationPercentage !== undefined || spec.metrics === undefined ? ['cpu'] : []),
        ];
  return new Set(RESOURCES.filter((resource) => names.includes(resource)));
}

/** A resource whose use an autoscaler measures. */
export interface MeasuredResource {
  readonly resource: ScaledResource;
  /** Whether as a share of the requests. */
  readonly isUtilization: boolean;
  /** Of one container. @default - of all containers */
  readonly container?: string;
  /** Of the autoscaler: where the container stands. */
  readonly field?: string;
}

/** The resources that an autoscaler measures, of its pods or of one of their containers. */
export function measuredBy({ kind, spec = {} }: Manifest): readonly MeasuredResource[] {
  const found: MeasuredResource[] = [];
  if (kind === 'ScaledObject') {
    asList(spec.triggers).forEach((trigger, i) => {
      if (isScaled(trigger.type)) {
        found.push(ofTrigger(trigger.type, trigger, i));
      }
    });
  } else {
    asList(spec.metrics).forEach(({ resource, containerResource }, i) => {
      const metric = asObject(resource ?? containerResource);
      if (isScaled(metric.name)) {
        found.push(ofMetric(metric.name, metric, i));
      }
    });
  }
  if (spec.targetCPUUtilizationPercentage !== undefined) {
    found.push({ resource: 'cpu', isUtilization: true });
  }
  return found;
}

const isScaled = (name: unknown): name is ScaledResource => RESOURCES.includes(name as ScaledResource);

function ofTrigger(resource: ScaledResource, { metricType, metadata }: Loose, i: number): MeasuredResource {
  const { type: old = 'Utilization', containerName: container } = asObject(metadata);
  const isUtilization = (metricType ?? old) === 'Utilization';
  return typeof container === 'string' && container !== ''
    ? { resource, isUtilization, container, field: `spec.triggers[${i}].metadata.containerName` }
    : { resource, isUtilization };
}

function ofMetric(resource: ScaledResource, metric: Loose, i: number): MeasuredResource {
  const { target, targetAverageUtilization, container } = metric;
  const { averageUtilization = targetAverageUtilization } = asObject(target);
  const isUtilization = averageUtilization !== undefined;
  return typeof container === 'string'
    ? { resource, isUtilization, container, field: `spec.metrics[${i}].containerResource.container` }
    : { resource, isUtilization };
}
