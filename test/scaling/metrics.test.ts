import { ScaleMetric, ScaleTrigger } from 'cdk8s-eks-patterns';
import { appOf, newTenant, synth, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const spec = (replicas: object) => web({ replicas: { min: 2, max: 8, ...replicas } }).autoscaler!.toJson().spec!;
const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' };

test.each<[string, ScaleMetric, object]>([
  [
    'utilization',
    ScaleMetric.resource('memory', { utilization: 80 }),
    { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
  ],
  [
    'an amount of a resource',
    ScaleMetric.resource('cpu', { averageValue: '500m' }),
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
  ],
  [
    'one container',
    ScaleMetric.container('web', 'cpu', { utilization: 60 }),
    {
      type: 'ContainerResource',
      containerResource: { container: 'web', name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
    },
  ],
  [
    'pods',
    ScaleMetric.pods('requests', { averageValue: 50 }),
    { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '50' } } },
  ],
  [
    'an object',
    ScaleMetric.object(ingress, 'requests', { value: '2k' }),
    {
      type: 'Object',
      object: { describedObject: ingress, metric: { name: 'requests' }, target: { type: 'Value', value: '2k' } },
    },
  ],
  [
    'a metric outside',
    ScaleMetric.external('queue', { averageValue: 30, labels: { queue: 'mail' } }),
    {
      type: 'External',
      external: {
        metric: { name: 'queue', selector: { matchLabels: { queue: 'mail' } } },
        target: { type: 'AverageValue', averageValue: '30' },
      },
    },
  ],
])('scales by %s, without the default of CPU', (_, metric, expected) => {
  expect(spec({ metrics: [metric] }).metrics).toEqual([expected]);
});

test('several metrics, beside those by percentage', () => {
  const { metrics } = spec({ cpuUtilization: 50, metrics: [ScaleMetric.pods('a', { averageValue: 1 })] });
  expect(metrics!.map(({ type }) => type)).toEqual(['Resource', 'Pods']);
});

describe('the cluster', () => {
  const stepsOf = (...metrics: ScaleMetric[]) => {
    const shop = newTenant();
    web({ replicas: { min: 1, max: 2, metrics } }, shop);
    const { clusterConfig, steps } = synth(appOf(shop));
    return { steps, addons: (clusterConfig!.addons as { name: string }[]).map(({ name }) => name) };
  };

  test('needs an adapter for what is not a resource, and says so once', () => {
    const { steps } = stepsOf(
      ScaleMetric.pods('a', { averageValue: 1 }),
      ScaleMetric.pods('b', { averageValue: 1 }),
      ScaleMetric.external('c', { value: 1 }),
    );
    expect(steps.match(/## \d+\. Metrics of .*/g)).toEqual([
      expect.stringContaining('custom.metrics.k8s.io'),
      expect.stringContaining('external.metrics.k8s.io'),
    ]);
  });

  test('has metrics-server for resources', () => {
    expect(stepsOf(ScaleMetric.container('web', 'cpu', { utilization: 60 })).addons).toContain('metrics-server');
  });
});

describe('behavior', () => {
  const down = { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] };

  test.each([
    [{}, { scaleDown: down }],
    [{ scaleDown: { stabilizationWindowSeconds: 0 } }, { scaleDown: { ...down, stabilizationWindowSeconds: 0 } }],
    [{ scaleDown: { selectPolicy: 'Disabled' } }, { scaleDown: { ...down, selectPolicy: 'Disabled' } }],
    [
      { scaleUp: { policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }], stabilizationWindowSeconds: 3600 } },
      {
        scaleUp: { policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }], stabilizationWindowSeconds: 3600 },
        scaleDown: down,
      },
    ],
  ])('%j keeps the defaults of what it leaves out', (behavior, expected) => {
    expect(spec({ behavior }).behavior).toEqual(expected);
  });

  test('reaches the autoscaler of KEDA', () => {
    const triggers = [ScaleTrigger.keda('kafka', { topic: 'orders' })];
    const behavior = { scaleUp: { stabilizationWindowSeconds: 60 } };
    const scaled = worker({ replicas: { min: 0, max: 4, triggers, behavior } }).scaledObject!.toJson();
    expect(scaled.spec.advanced!.horizontalPodAutoscalerConfig!.behavior).toEqual({ ...behavior, scaleDown: down });
  });
});

const policies = (policy: object) => ({
  behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60, ...policy }] } },
});
const metric = ScaleMetric.pods('a', { averageValue: 1 });
const at = 'behavior.scaleUp';
test.each<[string, object, string, string]>([
  ['a metric that is not one', { metrics: [{ type: 'Pods' }] }, 'type', 'metrics[0]'],
  ['a metric that is not in a list', { metrics: metric }, 'type', 'metrics'],
  ['a metric twice', { metrics: [metric, metric] }, 'duplicate', 'metrics[1]'],
  [
    'CPU in both ways',
    { cpuUtilization: 70, metrics: [ScaleMetric.resource('cpu', { averageValue: '1' })] },
    'duplicate',
    'metrics[0]',
  ],
  ['metrics beside triggers', { metrics: [metric], triggers: [ScaleTrigger.keda('x', {})] }, 'forbidden', 'metrics'],
  ['an unknown direction', { behavior: { up: {} } }, 'unknown', 'behavior.up'],
  ['an unknown rule', { behavior: { scaleUp: { window: 3 } } }, 'unknown', `${at}.window`],
  [
    'a long window',
    { behavior: { scaleUp: { stabilizationWindowSeconds: 3601 } } },
    'invalid',
    `${at}.stabilizationWindowSeconds`,
  ],
  [
    'a negative window',
    { behavior: { scaleUp: { stabilizationWindowSeconds: -1 } } },
    'invalid',
    `${at}.stabilizationWindowSeconds`,
  ],
  ['no policies', { behavior: { scaleUp: { policies: [] } } }, 'invalid', `${at}.policies`],
  ['one policy without a list', { behavior: { scaleUp: { policies: {} } } }, 'type', `${at}.policies`],
  ['a policy that is none', { behavior: { scaleUp: { policies: [null] } } }, 'type', `${at}.policies[0]`],
  ['another selection', { behavior: { scaleUp: { selectPolicy: 'Avg' } } }, 'unsupported', `${at}.selectPolicy`],
  ['another type of policy', policies({ type: 'percent' }), 'unsupported', `${at}.policies[0].type`],
  ['no change', policies({ value: 0 }), 'invalid', `${at}.policies[0].value`],
  [
    'a period of half an hour and more',
    policies({ periodSeconds: 1801 }),
    'invalid',
    `${at}.policies[0].periodSeconds`,
  ],
  ['no period', policies({ periodSeconds: 0 }), 'invalid', `${at}.policies[0].periodSeconds`],
  ['no minimum without triggers', { min: 0, metrics: [metric] }, 'invalid', 'min'],
])('%s is refused', (_, replicas, rule, field) => {
  expect(refusedBy(() => spec(replicas))).toEqual([`props/${rule}`, `replicas.${field}`]);
});

test.each<[string, () => unknown, string, string]>([
  ['another resource', () => ScaleMetric.resource('gpu' as never, { utilization: 1 }), 'unsupported', 'resource'],
  ['no target', () => ScaleMetric.resource('cpu', undefined as never), 'required', 'target'],
  ['an empty target', () => ScaleMetric.resource('cpu', {} as never), 'required', 'target'],
  [
    'two targets',
    () => ScaleMetric.resource('cpu', { utilization: 1, averageValue: 1 } as never),
    'forbidden',
    'target',
  ],
  ['no utilization', () => ScaleMetric.resource('cpu', { utilization: 0 }), 'invalid', 'target.utilization'],
  ['a value of a resource', () => ScaleMetric.resource('cpu', { value: 1 } as never), 'unknown', 'target.value'],
  ['a unit that is not one', () => ScaleMetric.pods('a', { averageValue: '5ms' }), 'invalid', 'target.averageValue'],
  ['nothing', () => ScaleMetric.pods('a', { averageValue: 0 }), 'invalid', 'target.averageValue'],
  ['a value of pods', () => ScaleMetric.pods('a', { value: 1 } as never), 'unknown', 'target.value'],
  ['a path as a name', () => ScaleMetric.pods('a/b', { averageValue: 1 }), 'invalid', 'name'],
  ['no name', () => ScaleMetric.external('', { value: 1 }), 'type', 'name'],
  [
    'an object without a kind',
    () => ScaleMetric.object({ ...ingress, kind: '' }, 'a', { value: 1 }),
    'type',
    'object.kind',
  ],
  ['no object', () => ScaleMetric.object(undefined as never, 'a', { value: 1 }), 'required', 'object.apiVersion'],
  ['a container without a name', () => ScaleMetric.container('', 'cpu', { utilization: 1 }), 'type', 'container'],
  [
    'labels that are not labels',
    () => ScaleMetric.external('a', { value: 1, labels: { 'a b': 'c' } }),
    'invalid',
    "target.labels['a b']",
  ],
])('a metric with %s is refused', (_, make, rule, field) => {
  expect(refusedBy(make)).toEqual([`props/${rule}`, field]);
});
