import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { LabelSelector, MetricSpec, MetricTarget } from '../core/k8s';

/** A share of what the containers request, in percent: 1 to 1000. */
export interface UtilizationTarget {
  readonly utilization: number;
  readonly averageValue?: never;
}
/** An amount per pod: a number, or a quantity such as '500m' or '300Mi'. */
export interface AverageTarget {
  readonly averageValue: number | string;
  readonly utilization?: never;
  readonly value?: never;
}
/** An amount for all pods together: a number, or a quantity such as '2k'. */
export interface ValueTarget {
  readonly value: number | string;
  readonly averageValue?: never;
}
/** Which series of a metric are meant. */
export interface MetricLabels {
  /** Labels of the series. @default - all series of the name */
  readonly labels?: Readonly<Record<string, string>>;
}
/** The object that a metric describes. */
export interface DescribedObject {
  /** 'networking.k8s.io/v1'. */
  readonly apiVersion: string;
  /** 'Ingress'. */
  readonly kind: string;
  /** Its name; it must be in the namespace of the workload. */
  readonly name: string;
}

/**
 * A metric of a HorizontalPodAutoscaler. Of several metrics the one that asks for the most pods decides.
 *
 * @example
 * replicas: {
 *   min: 2,
 *   max: 20,
 *   metrics: [ScaleMetric.container('web', 'cpu', { utilization: 60 }), ScaleMetric.pods('requests_per_second', { averageValue: 50 })],
 * }
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-custom-metrics
 */
export class ScaleMetric {
  /** CPU or memory of the pods, all containers of a pod together. */
  static resource(resource: 'cpu' | 'memory', target: UtilizationTarget | AverageTarget): ScaleMetric {
    const check = new Check('ScaleMetric.resource');
    check.oneOf('resource', resource, RESOURCES);
    const spec = { name: resource, target: targetOf(check, target, ['utilization', 'averageValue']) };
    return new ScaleMetric(`the ${resource} of the pods`, { type: 'Resource', resource: spec }, 'metrics.k8s.io');
  }
  /** CPU or memory of one container, so that sidecars do not count. The workload's own container has the name of the workload. */
  static container(
    container: string,
    resource: 'cpu' | 'memory',
    target: UtilizationTarget | AverageTarget,
  ): ScaleMetric {
    const check = new Check('ScaleMetric.container');
    check.text('container', container);
    check.oneOf('resource', resource, RESOURCES);
    const spec = { container, name: resource, target: targetOf(check, target, ['utilization', 'averageValue']) };
    return new ScaleMetric(
      `the ${resource} of container '${container}'`,
      { type: 'ContainerResource', containerResource: spec },
      'metrics.k8s.io',
    );
  }
  /** A metric that each pod has, averaged over the pods. Requires an adapter that serves custom.metrics.k8s.io. */
  static pods(name: string, target: AverageTarget & MetricLabels): ScaleMetric {
    const check = new Check('ScaleMetric.pods');
    const spec = { metric: metricOf(check, name, target), target: targetOf(check, target, ['averageValue'], LABELS) };
    return new ScaleMetric(`metric '${name}' of the pods`, { type: 'Pods', pods: spec }, CUSTOM);
  }
  /**
   * A metric of another object, such as the requests of an Ingress: with `value` for all pods together, with `averageValue`
   * divided by their number. Requires an adapter that serves custom.metrics.k8s.io.
   */
  static object(
    object: DescribedObject,
    name: string,
    target: (ValueTarget | AverageTarget) & MetricLabels,
  ): ScaleMetric {
    const check = new Check('ScaleMetric.object');
    check.keys<DescribedObject>('object', object, DESCRIBED);
    const [apiVersion, kind, called] = (['apiVersion', 'kind', 'name'] as const).map((key) =>
      check.text(`object.${key}`, object?.[key]),
    ) as [string, string, string];
    const spec = {
      describedObject: { apiVersion, kind, name: called },
      metric: metricOf(check, name, target),
      target: targetOf(check, target, ['value', 'averageValue'], LABELS),
    };
    return new ScaleMetric(`metric '${name}' of ${kind} '${called}'`, { type: 'Object', object: spec }, CUSTOM);
  }
  /**
   * A metric of no object of the cluster, such as the length of a queue: with `value` for all pods together, with
   * `averageValue` divided by their number. Requires an adapter that serves external.metrics.k8s.io.
   */
  static external(name: string, target: (ValueTarget | AverageTarget) & MetricLabels): ScaleMetric {
    const check = new Check('ScaleMetric.external');
    const spec = {
      metric: metricOf(check, name, target),
      target: targetOf(check, target, ['value', 'averageValue'], LABELS),
    };
    return new ScaleMetric(`metric '${name}'`, { type: 'External', external: spec }, 'external.metrics.k8s.io');
  }

  private constructor(
    /** @internal What it measures, for messages. */
    readonly title: string,
    /** @internal */
    readonly spec: MetricSpec,
    /** @internal The API that serves it. */
    readonly api: 'metrics.k8s.io' | 'custom.metrics.k8s.io' | 'external.metrics.k8s.io',
  ) {}

  /** @internal What it measures: equal for metrics of which only one makes sense. */
  get key(): string {
    const { pods, object, external } = this.spec;
    const metric = (pods ?? object ?? external)?.metric;
    return metric ? `${this.title} ${JSON.stringify(metric.selector?.matchLabels ?? {})}` : this.title;
  }
}

type TargetKey = 'utilization' | 'averageValue' | 'value';
type Target = Partial<Record<TargetKey, unknown>> & MetricLabels;

const RESOURCES = ['cpu', 'memory'] as const;
const CUSTOM = 'custom.metrics.k8s.io';
const LABELS = ['labels'] as const;
const DESCRIBED: KeyTable<DescribedObject> = { apiVersion: 'text', kind: 'text', name: 'text' };
const TYPES = { utilization: 'Utilization', averageValue: 'AverageValue', value: 'Value' } as const;

function targetOf(
  check: Check,
  target: Target,
  allowed: readonly TargetKey[],
  more: readonly string[] = [],
): MetricTarget {
  if (target === undefined || target === null) {
    check.fail(
      target === null ? 'type' : 'required',
      'target',
      'target is required',
      `write { ${allowed[0]}: ${EXAMPLE[allowed[0] ?? 'value']} }`,
    );
  }
  check.keys(
    'target',
    target,
    Object.fromEntries([...allowed, ...more].map((key) => [key, key === 'labels' ? 'map' : true])) as never,
  );
  const given = allowed.filter((key) => target[key] !== undefined);
  const [key] = given;
  if (key === undefined || given.length > 1) {
    check.fail(
      key === undefined ? 'required' : 'forbidden',
      'target',
      `target must have ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(' and ')}, but has ${key === undefined ? 'none' : 'both'}`,
      `write { ${allowed[0]}: ${EXAMPLE[allowed[0] ?? 'value']} }`,
    );
  }
  if (key === 'utilization') {
    return { type: TYPES[key], averageUtilization: check.integer('target.utilization', target[key], 1, 1000) };
  }
  const value = typeof target[key] === 'number' ? String(target[key]) : target[key];
  check.quantity(`target.${key}`, value, '100');
  return { type: TYPES[key], [key]: value as string };
}

const EXAMPLE = { utilization: 60, averageValue: "'100'", value: "'1k'" } as const;

/** The name is a segment of the path by which the autoscaler asks for it. */
function metricOf(check: Check, name: string, target: MetricLabels): { name: string; selector?: LabelSelector } {
  check.text('name', name);
  if (name === '.' || name === '..' || /[/%]/.test(name)) {
    check.fail(
      'invalid',
      'name',
      `name must be a metric without '/' and '%', but is '${name}'`,
      "write for example 'requests_per_second'",
    );
  }
  const labels = target?.labels;
  check.labels('target.labels', labels);
  return labels === undefined ? { name } : { name, selector: { matchLabels: { ...labels } } };
}
