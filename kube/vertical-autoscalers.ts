import type { ScaleTarget } from './autoscalers';
import { groupOf } from './kinds';
import type { Manifest } from './objects';

type Loose = Readonly<Record<string, unknown>>;

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

/** The resources that an autoscaler measures as a share of the requests of all containers. */
export function utilizationOf({ kind, spec = {} }: Manifest): ReadonlySet<ScaledResource> {
  const names =
    kind === 'ScaledObject'
      ? asList(spec.triggers).map(({ type, metricType, metadata }) =>
          (metricType ?? asObject(metadata).type ?? 'Utilization') === 'Utilization' ? type : '',
        )
      : [
          ...asList(spec.metrics).map((metric) => {
            const { name, target, targetAverageUtilization } = asObject(metric.resource);
            const { averageUtilization = targetAverageUtilization } = asObject(target);
            return averageUtilization === undefined ? '' : name;
          }),
          ...(spec.targetCPUUtilizationPercentage === undefined ? [] : ['cpu']),
        ];
  return new Set(RESOURCES.filter((resource) => names.includes(resource)));
}

function asObject(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

function asList(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}
