import { KubeObject } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../../support/app';
import { autoscaler, foundInApp, of, scaledObject, set, workload } from './support';

const FIXED = 'autoscalers/fixed-replicas';
const REPLICAS = ['error spec.replicas'];
const CPU =
  'metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]';

const vertical = (spec: string, name = 'vpa', target = 'kind: Deployment, name: web') =>
  `{ apiVersion: autoscaling.k8s.io/v1, kind: VerticalPodAutoscaler, metadata: { name: ${name}, namespace: shop }, spec: { targetRef: { ${target} }${spec && `, ${spec}`} } }`;

describe(FIXED, () => {
  const four = workload({ spec: 'replicas: 4' });
  test.each([
    ['a HorizontalPodAutoscaler', [four, autoscaler('maxReplicas: 8')], REPLICAS],
    ['a ScaledObject', [four, scaledObject('maxReplicaCount: 8')], REPLICAS],
    [
      'a StatefulSet',
      [workload({ kind: 'StatefulSet', spec: 'replicas: 4' }), scaledObject('', 'kind: StatefulSet, name: web')],
      REPLICAS,
    ],
    ['without replicas', [workload({ spec: '' }), autoscaler('maxReplicas: 8')], []],
    ['a target of another kind', [four, scaledObject('', 'kind: StatefulSet, name: web')], []],
    ['a target of another name', [four, autoscaler('maxReplicas: 8', 'kind: Deployment, name: api')], []],
    ['zero, which switches the autoscaler off', [workload({ spec: 'replicas: 0' }), autoscaler('maxReplicas: 8')], []],
    ['bounds that leave no choice', [four, autoscaler('minReplicas: 4, maxReplicas: 4')], []],
    ['no autoscaler', [four], []],
  ])('%s', (_, documents, expected) => {
    expect(of(FIXED, set(...documents))).toEqual(expected);
  });

  const ERROR = [[FIXED, 'error', 'spec.replicas']];

  test('replicas that an edit adds to a pattern that scales', () => {
    const tenant = newTenant();
    const customize = {
      deployment: (d: { spec: { replicas?: number } }) => {
        d.spec.replicas = 4;
      },
    };
    web({ replicas: { min: 2, max: 8 }, customize }, tenant);
    expect(foundInApp(tenant, 'autoscalers/')).toEqual(ERROR);
  });

  test('a raw autoscaler beside a pattern with fixed replicas', () => {
    const tenant = newTenant();
    web({ replicas: 3 }, tenant);
    new KubeObject(tenant, 'hpa', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'hpa' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 3,
        maxReplicas: 6,
      },
    });
    expect(foundInApp(tenant, 'autoscalers/')).toEqual(ERROR);
  });

  test('a pattern that scales by itself has no replicas', () => {
    const tenant = newTenant();
    web({ replicas: { min: 2, max: 8 } }, tenant);
    expect(foundInApp(tenant, 'autoscalers/')).toEqual([]);
  });
});

test.each([
  ['DaemonSet', ['error spec.scaleTargetRef.kind']],
  ['CronJob', ['error spec.scaleTargetRef.kind']],
  ['Deployment', []],
  ['Rollout', []],
])('autoscalers/target-kind: %s', (kind, expected) => {
  expect(of('autoscalers/target-kind', autoscaler('maxReplicas: 3', `kind: ${kind}, name: web`))).toEqual(expected);
});

describe('autoscalers/overlap', () => {
  const adopt = (annotation: string, name: string) =>
    `{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: so, namespace: shop, annotations: { scaledobject.keda.sh/transfer-hpa-ownership: '${annotation}' } }, spec: { scaleTargetRef: { name: web }, advanced: { horizontalPodAutoscalerConfig: { name: ${name} } } } }`;
  test.each([
    [
      'two of a kind',
      [autoscaler('maxReplicas: 3'), autoscaler('maxReplicas: 3', undefined, 'second')],
      ['error spec.scaleTargetRef'],
    ],
    ['of two kinds', [autoscaler('maxReplicas: 3'), scaledObject('')], ['error spec.scaleTargetRef']],
    ['a ScaledObject that adopts the other', [autoscaler('maxReplicas: 3'), adopt('true', 'scaler')], []],
    ['that comes first', [adopt('true', 'scaler'), autoscaler('maxReplicas: 3')], []],
    ['that adopts another', [autoscaler('maxReplicas: 3'), adopt('true', 'x')], ['error spec.scaleTargetRef']],
  ])('%s', (_, documents, expected) => {
    expect(of('autoscalers/overlap', set(...documents))).toEqual(expected);
  });
});

describe('autoscalers/vertical-overlap', () => {
  const FOUND = ['warning spec.targetRef'];
  const policy = (text: string) => `resourcePolicy: { containerPolicies: [${text}] }`;
  test.each([
    ['both on CPU, by default', [vertical(''), autoscaler(`maxReplicas: 3, ${CPU}`)], FOUND],
    ['without metrics, which is CPU', [vertical(''), autoscaler('maxReplicas: 3')], FOUND],
    ['KEDA on memory', [vertical(''), scaledObject('triggers: [{ type: memory }]')], FOUND],
    ['KEDA on a queue', [vertical(''), scaledObject('triggers: [{ type: aws-sqs-queue }]')], []],
    [
      'recommendations only',
      [vertical("updatePolicy: { updateMode: 'Off' }"), autoscaler(`maxReplicas: 3, ${CPU}`)],
      [],
    ],
    [
      'at the start of pods',
      [vertical('updatePolicy: { updateMode: Initial }'), autoscaler(`maxReplicas: 3, ${CPU}`)],
      FOUND,
    ],
    [
      'the other resource',
      [vertical(policy("{ containerName: '*', controlledResources: [memory] }")), autoscaler(`maxReplicas: 3, ${CPU}`)],
      [],
    ],
    [
      'no container',
      [vertical(policy("{ containerName: '*', mode: 'Off' }")), autoscaler(`maxReplicas: 3, ${CPU}`)],
      [],
    ],
    ['another target', [vertical('', 'vpa', 'kind: Deployment, name: api'), autoscaler(`maxReplicas: 3, ${CPU}`)], []],
    ['two over one target', [vertical(''), vertical('', 'second')], FOUND],
    ['fields of another form', [vertical('updatePolicy: 1, resourcePolicy: [2]'), scaledObject('')], []],
  ])('%s', (_, documents, expected) => {
    expect(of('autoscalers/vertical-overlap', set(...documents))).toEqual(expected);
  });
});

test.each([
  ['in the set', set(workload(), vertical('')), []],
  ['missing', set(workload({ name: 'api' }), vertical('')), ['warning spec.targetRef']],
  ['of another set', vertical(''), []],
])('autoscalers/vertical-target: %s', (_, yaml, expected) => {
  expect(of('autoscalers/vertical-target', yaml)).toEqual(expected);
});

describe('autoscalers/requests', () => {
  const FOUND = ['warning spec.template.spec.containers[0].resources.requests'];
  const bare = workload({ spec: '' });
  test.each([
    ['utilization of CPU', [bare, autoscaler(`maxReplicas: 3, ${CPU}`)], FOUND],
    [
      'autoscaling/v1',
      [bare, autoscaler('maxReplicas: 3, targetCPUUtilizationPercentage: 70').replace('v2', 'v1')],
      FOUND,
    ],
    ['a trigger of KEDA', [bare, scaledObject('triggers: [{ type: memory }]')], FOUND],
    ['an amount', [bare, scaledObject('triggers: [{ type: memory, metricType: AverageValue }]')], []],
    ['a queue', [bare, scaledObject('triggers: [{ type: aws-sqs-queue }]')], []],
    [
      'a request',
      [workload({ spec: '', container: 'resources: { requests: { cpu: 1 } }' }), autoscaler(`maxReplicas: 3, ${CPU}`)],
      [],
    ],
    [
      'a container that has ended is not measured',
      [
        workload({
          spec: '',
          container: 'resources: { requests: { cpu: 1 } }',
          pod: "initContainers: [{ name: i, image: 'i:1' }]",
        }),
        autoscaler(`maxReplicas: 3, ${CPU}`),
      ],
      [],
    ],
  ])('%s', (_, documents, expected) => {
    expect(of('autoscalers/requests', set(...documents))).toEqual(expected);
  });
});
