import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';

type Expected = readonly (readonly [rule: string, field: string, severity?: string])[];

/** The rule, field and severity of what is found in one object. */
function found(value: object, about: RegExp, kubernetesVersion = '1.35') {
  const inventory = loadInventory([{ value, origin: {} }]);
  return review({ inventory, kubernetesVersion })
    .filter(({ rule }) => about.test(rule))
    .map(({ rule, field, severity }) => [rule, field, severity]);
}
const errors = (expected: Expected) => expected.map(([rule, field, severity = 'error']) => [rule, field, severity]);

const pod = (spec: object, main: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1', ...main }], ...spec },
});
const cronJob = (spec: object) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: pod(spec).spec } } } },
});
const budget = (spec: object) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

test.each<[what: string, object: object, expected: Expected]>([
  ['nothing', pod({}), []],
  ['a misspelt field', pod({ restartPolcy: 'Never' }), [['manifests/unknown-field', 'spec.restartPolcy']]],
  [
    'a field one level too high, in the pods of a CronJob',
    cronJob({ env: [] }),
    [['manifests/unknown-field', 'spec.jobTemplate.spec.template.spec.env']],
  ],
  ['what a cluster has written', { ...pod({}), metadata: { name: 'web', uid: 'x', generation: 2 }, status: {} }, []],
  ['a field that the cluster writes elsewhere', pod({ uid: 'x' }), [['manifests/unknown-field', 'spec.uid']]],
  ['labels of any name', { ...pod({}), metadata: { name: 'web', labels: { anything: 'x' } } }, []],
  [
    'a value in another case',
    pod({}, { imagePullPolicy: 'always' }),
    [['objects/values', 'spec.containers[0].imagePullPolicy']],
  ],
  ['an empty value, which is none', pod({ dnsPolicy: '' }), []],
  [
    'a port without its number',
    pod({}, { ports: [{ name: 'http' }] }),
    [['manifests/missing-field', 'spec.containers[0].ports[0].containerPort']],
  ],
  ['a field of the wrong type, reported once', pod({ containers: 'web' }), [['manifests/type', 'spec.containers']]],
  [
    'an object of an unknown kind',
    { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' }, any: 1 },
    [],
  ],
  [
    'a custom resource, whose definition may be newer',
    {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: 'a' },
      spec: { template: { spec: { nodeClassRef: { group: 'a', kind: 'b', name: 'c' }, requirements: [] } }, limit: {} },
    },
    [['manifests/unknown-field', 'spec.limit', 'warning']],
  ],
])('%s', (_, object, expected) => {
  expect(found(object, /^manifests\/|^objects\/values$/)).toEqual(errors(expected));
});

test('a newer Kubernetes may have other fields', () => {
  expect(found(pod({ brandNew: true }), /^manifests\//, '1.99')).toEqual([
    ['manifests/unknown-field', 'spec.brandNew', 'warning'],
  ]);
});

test.each<[what: string, object: object, expected: Expected]>([
  [
    'Exists with a value',
    pod({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }),
    [['placement/terms', 'spec.tolerations[0].value']],
  ],
  [
    'Equal without a key',
    pod({ tolerations: [{ value: 'b' }] }),
    [['placement/terms', 'spec.tolerations[0].operator']],
  ],
  ['everything is tolerated', pod({ tolerations: [{ operator: 'Exists' }] }), []],
  [
    'seconds without NoExecute',
    pod({ tolerations: [{ key: 'a', operator: 'Exists', tolerationSeconds: 3 }] }),
    [['placement/terms', 'spec.tolerations[0].effect']],
  ],
  [
    'a fraction of a pod',
    pod({ topologySpreadConstraints: [{ maxSkew: 0.5, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] }),
    [['placement/terms', 'spec.topologySpreadConstraints[0].maxSkew']],
  ],
  [
    'minDomains on a soft spread',
    pod({
      topologySpreadConstraints: [
        { maxSkew: 1, minDomains: 3, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    }),
    [['placement/terms', 'spec.topologySpreadConstraints[0].minDomains']],
  ],
  [
    'the same spread twice',
    pod({
      topologySpreadConstraints: [1, 2].map((maxSkew) => ({
        maxSkew,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
      })),
    }),
    [['placement/terms', 'spec.topologySpreadConstraints[1]']],
  ],
  [
    'hard and soft over one key',
    pod({
      topologySpreadConstraints: ['DoNotSchedule', 'ScheduleAnyway'].map((whenUnsatisfiable) => ({
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable,
      })),
    }),
    [],
  ],
  [
    'no name server',
    pod({ dnsPolicy: 'None', dnsConfig: { options: [] } }),
    [['pods/dns', 'spec.dnsConfig.nameservers']],
  ],
  [
    'four name servers',
    pod({ dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } }),
    [['pods/dns', 'spec.dnsConfig']],
  ],
])('pods: %s', (_, object, expected) => {
  expect(found(object, /^pods\/|^placement\/terms$/)).toEqual(errors(expected));
});

test.each<[what: string, spec: object, expected: Expected]>([
  ['both limits', { minAvailable: 1, maxUnavailable: 1 }, [['disruption-budgets/form', 'spec.minAvailable']]],
  ['a word', { minAvailable: 'half' }, [['disruption-budgets/form', 'spec.minAvailable']]],
  ['a text with a count', { minAvailable: '1' }, [['disruption-budgets/form', 'spec.minAvailable']]],
  ['a negative count', { maxUnavailable: -1 }, [['disruption-budgets/form', 'spec.maxUnavailable']]],
  ['more than all', { minAvailable: '101%' }, [['disruption-budgets/form', 'spec.minAvailable']]],
  ['half of the pods', { minAvailable: '50%' }, []],
  [
    'NotIn without values',
    { selector: { matchExpressions: [{ key: 'a', operator: 'NotIn' }] } },
    [['selectors/expressions', 'spec.selector.matchExpressions[0].values']],
  ],
  [
    'Exists with values',
    { selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
    [['selectors/expressions', 'spec.selector.matchExpressions[0].values']],
  ],
])('budgets: %s', (_, spec, expected) => {
  expect(found(budget(spec), /^(disruption-budgets\/form|selectors\/expressions)$/)).toEqual(errors(expected));
});

test('expressions in the pod template of a Rollout, too', () => {
  const affinity = {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In' }] }],
      },
    },
  };
  const rollout = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web' },
    spec: { template: { spec: { affinity, containers: [{ name: 'web', image: 'web:1' }] } } },
  };
  expect(found(rollout, /^selectors\/expressions$/)).toHaveLength(1);
});
