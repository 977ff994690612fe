import { KubeObject } from 'cdk8s-eks-patterns';
import { allowedDisruptions } from '../../../kube/disruption';
import { newTenant, web } from '../../support/app';
import { autoscaler, budget, foundInApp, of, policy, scaledObject, service, set, workload } from './support';

const BLOCKS = 'disruption-budgets/blocks-drains';
const UNREADY = 'disruption-budgets/unready-members';

test.each([
  [{ minAvailable: 1 }, 1, 0],
  [{ minAvailable: 1 }, 2, 1],
  [{ minAvailable: 5 }, 2, 0],
  [{ minAvailable: '50%' }, 1, 0],
  [{ minAvailable: '50%' }, 3, 1],
  [{ minAvailable: '75%' }, 3, 0],
  [{ minAvailable: '90%' }, 4, 0],
  [{ minAvailable: '100%' }, 10, 0],
  [{ minAvailable: '0%' }, 1, 1],
  [{ maxUnavailable: 0 }, 10, 0],
  [{ maxUnavailable: '0%' }, 10, 0],
  [{ maxUnavailable: '1%' }, 3, 1],
  [{ maxUnavailable: '50%' }, 3, 2],
  [{ minAvailable: 'half' }, 3, undefined],
  [{}, 3, undefined],
])('%j of %i pods allows %s evictions', (bounds, pods, expected) => {
  expect(allowedDisruptions(bounds, pods)).toBe(expected);
});

describe(BLOCKS, () => {
  const WEB = { min: 'warning spec.minAvailable', max: 'warning spec.maxUnavailable' };
  const scaled = workload({ spec: '' });
  test.each([
    ['one pod that has to stay', [workload({ spec: 'replicas: 1' }), budget('minAvailable: 1')], [WEB.min]],
    ['one pod by default', [workload({ spec: '' }), budget('minAvailable: 1')], [WEB.min]],
    ['one of one may go', [workload({ spec: '' }), budget('maxUnavailable: 1')], []],
    ['nothing to evict', [workload({ spec: 'replicas: 0' }), budget('minAvailable: 1')], []],
    ['two of two', [workload(), budget('minAvailable: 2')], [WEB.min]],
    ['percentages are rounded up', [workload(), budget('minAvailable: 51%')], [WEB.min]],
    ['100 %', [workload({ spec: 'replicas: 9' }), budget('minAvailable: 100%')], [WEB.min]],
    ['none may be missing', [workload({ spec: 'replicas: 9' }), budget('maxUnavailable: 0')], [WEB.max]],
    [
      'the minimum of an autoscaler',
      [scaled, autoscaler('minReplicas: 2, maxReplicas: 9'), budget('minAvailable: 2')],
      [WEB.min],
    ],
    ['an autoscaler without minimum', [scaled, autoscaler('maxReplicas: 9'), budget('minAvailable: 1')], [WEB.min]],
    ['more at the minimum', [scaled, autoscaler('minReplicas: 3, maxReplicas: 9'), budget('minAvailable: 2')], []],
    [
      'KEDA from zero counts as one',
      [scaled, scaledObject('maxReplicaCount: 9'), budget('minAvailable: 1')],
      [WEB.min],
    ],
    ['KEDA without zero', [scaled, scaledObject('minReplicaCount: 2'), budget('minAvailable: 1')], []],
    [
      'two workloads under one budget',
      [
        workload({ spec: '' }),
        workload({ name: 'b', labels: '{ app: web, b: b }', spec: '' }),
        budget('minAvailable: 1'),
      ],
      [],
    ],
    ['a budget of another namespace', [workload({ spec: '' }), budget('minAvailable: 1', undefined, 'other')], []],
    [
      'agents, which a drain leaves alone',
      [workload({ kind: 'DaemonSet', spec: '' }), budget('minAvailable: 100%')],
      [],
    ],
  ])('%s', (_, documents, expected) => {
    expect(of(BLOCKS, set(...documents))).toEqual(expected);
  });

  test('a raw budget over a pattern is found', () => {
    const tenant = newTenant();
    web({ replicas: 1 }, tenant);
    new KubeObject(tenant, 'pdb', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'raw' },
      spec: { minAvailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } },
    });
    expect(foundInApp(tenant, 'disruption-budgets/')).toEqual([[BLOCKS, 'warning', 'spec.minAvailable']]);
  });
});

describe('disruption-budgets/no-scale', () => {
  const agent = workload({ kind: 'DaemonSet', spec: '' });
  test.each([
    ['maxUnavailable', set(agent, budget('maxUnavailable: 1')), ['warning spec.maxUnavailable']],
    ['a percentage', set(agent, budget('minAvailable: 50%')), ['warning spec.minAvailable']],
    ['a number of pods that stay', set(agent, budget('minAvailable: 1')), []],
    ['replicas', set(workload(), budget('maxUnavailable: 1')), []],
  ])('%s', (_, yaml, expected) => {
    expect(of('disruption-budgets/no-scale', yaml)).toEqual(expected);
  });
});

describe(UNREADY, () => {
  const members = (spec: string) => workload({ kind: 'StatefulSet', spec });
  const ALWAYS = budget('maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow');
  const found = (severity: string) => [`${severity} spec.unhealthyPodEvictionPolicy`];
  test.each([
    ['three members', [members('replicas: 3'), ALWAYS], found('advice')],
    ['members that start at once', [members('replicas: 3, podManagementPolicy: Parallel'), ALWAYS], found('warning')],
    [
      'members that find each other before they are ready',
      [
        members('replicas: 3'),
        service('clusterIP: None, publishNotReadyAddresses: true, selector: { app: web }'),
        ALWAYS,
      ],
      found('warning'),
    ],
    [
      'members that may call each other',
      [
        members('replicas: 3'),
        policy(
          'podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]',
        ),
        ALWAYS,
      ],
      found('warning'),
    ],
    ['two members have no majority', [members('replicas: 2, podManagementPolicy: Parallel'), ALWAYS], []],
    [
      'protected',
      [members('replicas: 3'), budget('maxUnavailable: 1, unhealthyPodEvictionPolicy: IfHealthyBudget')],
      [],
    ],
    ['by default protected', [members('replicas: 3'), budget('maxUnavailable: 1')], []],
    ['replicas of a Deployment', [workload({ spec: 'replicas: 3' }), ALWAYS], []],
  ])('%s', (_, documents, expected) => {
    expect(of(UNREADY, set(...documents))).toEqual(expected);
  });
});
