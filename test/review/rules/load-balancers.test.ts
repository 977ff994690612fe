/** Edges of the rules on load balancers, storage and KEDA, as the annotations and fields that are refused. */
import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';

const found = (...manifests: readonly object[]): string[] =>
  review({ inventory: loadInventory(manifests.map((value) => ({ value, origin: {} }))) })
    .map(({ rule }) => rule)
    .filter((rule) => /^(ingress|load-balancers|target-groups|storage|keda)\//.test(rule));

const ALB = 'alb.ingress.kubernetes.io/';
function ingress(annotations: Record<string, string> = {}, spec: object = {}, name = 'web'): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: 'default',
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${ALB}${key}`, value])),
    },
    spec: { ingressClassName: 'alb', ...spec },
  };
}
const at = (host: string | undefined, ...paths: readonly (readonly [path: string, pathType: string])[]) => ({
  rules: [
    {
      ...(host ? { host } : {}),
      http: {
        paths: paths.map(([path, pathType]) => ({
          path,
          pathType,
          backend: { service: { name: 'web', port: { number: 80 } } },
        })),
      },
    },
  ],
});

test.each([
  ['scheme', 'public', ['load-balancers/annotation-value']],
  ['scheme', 'internal', []],
  ['group.order', '1001', ['load-balancers/annotation-value']],
  ['target-type', 'pod', ['load-balancers/annotation-value']],
  ['target-group-attributes', 'deregistration_delay.timeout_seconds=3601', ['load-balancers/annotation-value']],
  ['target-group-attributes', 'stickiness.enabled', ['load-balancers/annotation-value']],
  ['healthy-threshold-count', '1', ['load-balancers/annotation-value']],
  ['healthcheck-port', 'traffic-port', []],
  ['healthcheck-path', 'healthz', ['load-balancers/health-check']],
  ['healthcheck-timeout-seconds', '15', ['load-balancers/health-check']],
  ['actions.redirect', '{"type":', ['load-balancers/annotation-value']],
  ['conditions.web', '[]', []],
  ['target-typ', 'ip', ['load-balancers/annotation-name']],
  ['certificate-arn', 'shop', ['ingress/certificate']],
])('%s: %s', (name, value, expected) => {
  expect(found(ingress({ [name]: value }, at('shop.example.com', ['/', 'Prefix'])))).toEqual(expected);
});

test.each([
  ['a wildcard in a Prefix path', at(undefined, ['/*', 'Prefix']), ['ingress/path-wildcard']],
  ['a question mark in an Exact path', at(undefined, ['/a?', 'Exact']), ['ingress/path-wildcard']],
  ['a wildcard of the controller', at(undefined, ['/*', 'ImplementationSpecific']), []],
  ['a longer path after a shorter one', at(undefined, ['/', 'Prefix'], ['/api', 'Prefix']), []],
  [
    'the same, in the order that is kept',
    at(undefined, ['/*', 'ImplementationSpecific'], ['/api', 'ImplementationSpecific']),
    ['ingress/unreachable-path'],
  ],
  ['another controller', { ...at(undefined, ['/*', 'Prefix']), ingressClassName: 'nginx' }, ['ingress/class']],
])('%s', (_, spec, expected) => {
  expect(found(ingress({}, spec))).toEqual(expected);
});

test.each([
  ['the same path twice', {}, '/', {}, ['ingress/unreachable-path']],
  ['a path beside', {}, '/apis', {}, []],
  ['another port', { 'listen-ports': '[{"HTTP":8080}]' }, '/api/v1', {}, []],
  ['another group', { 'group.name': 'other' }, '/api/v1', {}, ['ingress/same-host']],
  ['an earlier order', { 'group.order': '-1' }, '/api/v1', {}, []],
  ['other attributes', { tags: 'team=b' }, '/apis', { tags: 'team=a' }, ['ingress/group-conflict']],
  ['the same list in another order', { subnets: 'b,a' }, '/apis', { subnets: 'a, b' }, []],
])('%s in a group', (_, annotations, path, first, expected) => {
  const early = at('shop.example.com', [path === '/' ? '/' : '/api', 'Prefix']);
  const late = at('shop.example.com', [path, 'Prefix']);
  expect(
    found(
      ingress({ 'group.name': 'shop', ...first }, early, 'a'),
      ingress({ 'group.name': 'shop', ...annotations }, late, 'b'),
    ),
  ).toEqual(expected);
});

const scaled = (spec: object) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'web', namespace: 'default' },
  spec: { scaleTargetRef: { name: 'web' }, ...spec },
});
const cron = (more: object) => ({
  type: 'cron',
  metadata: { start: '0 8 * * *', end: '0 18 * * *', timezone: 'Etc/UTC', desiredReplicas: '4', ...more },
});
test.each([
  ['a window', { triggers: [cron({})] }, []],
  ['a window above max', { maxReplicaCount: 3, triggers: [cron({})] }, ['keda/trigger']],
  ['an unknown zone', { triggers: [cron({ timezone: 'Berlin' })] }, ['keda/trigger']],
  [
    'cpu beside a window at zero',
    { triggers: [cron({}), { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } }] },
    [],
  ],
  [
    'memory without a metric type',
    { minReplicaCount: 1, triggers: [{ type: 'memory', metadata: { value: '70' } }] },
    ['keda/utilization'],
  ],
  ['triggers of another form', { triggers: { type: 'cron' } }, []],
])('%s', (_, spec, expected) => {
  expect(found(scaled(spec))).toEqual(expected);
});
