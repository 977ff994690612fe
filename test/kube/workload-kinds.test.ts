import { WORKLOAD_KINDS, workloadKind } from '../../kube/workload-kinds';

test('a kind of another API group is not a workload', () => {
  expect(workloadKind({ apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job' })).toBeUndefined();
  expect(workloadKind({ apiVersion: 'v1', kind: 'constructor' })).toBeUndefined();
});

test.each<[string, Record<string, unknown>, { replicas: number; most: number; surge: number }]>([
  ['Deployment', {}, { replicas: 1, most: 1, surge: 1 }],
  ['Deployment', { replicas: 8 }, { replicas: 8, most: 8, surge: 2 }],
  ['Deployment', { replicas: 8, strategy: { type: 'Recreate' } }, { replicas: 8, most: 8, surge: 0 }],
  ['Deployment', { replicas: 8, strategy: { rollingUpdate: { maxSurge: 3 } } }, { replicas: 8, most: 8, surge: 3 }],
  ['StatefulSet', { replicas: 3 }, { replicas: 3, most: 3, surge: 0 }],
  ['ReplicaSet', { replicas: 0 }, { replicas: 0, most: 0, surge: 0 }],
  ['DaemonSet', {}, { replicas: 0, most: 0, surge: 0 }],
  ['Job', { parallelism: 4, completions: 2 }, { replicas: 2, most: 4, surge: 0 }],
  ['Job', { parallelism: 4, suspend: true }, { replicas: 0, most: 4, surge: 0 }],
  ['CronJob', { jobTemplate: { spec: { parallelism: 2 } } }, { replicas: 2, most: 6, surge: 0 }],
  ['CronJob', { suspend: true, jobTemplate: { spec: {} } }, { replicas: 0, most: 3, surge: 0 }],
  ['CronJob', { concurrencyPolicy: 'Forbid', jobTemplate: { spec: {} } }, { replicas: 1, most: 1, surge: 0 }],
  ['ReplicationController', { replicas: 2 }, { replicas: 2, most: 2, surge: 0 }],
  ['Rollout', { replicas: 8, strategy: { canary: {} } }, { replicas: 8, most: 8, surge: 2 }],
  ['Rollout', { replicas: 8, strategy: { canary: { maxSurge: 3 } } }, { replicas: 8, most: 8, surge: 3 }],
  ['Rollout', { replicas: 8, strategy: { blueGreen: { activeService: 'web' } } }, { replicas: 8, most: 8, surge: 8 }],
  ['ScaledJob', { jobTargetRef: { parallelism: 2 } }, { replicas: 0, most: 200, surge: 0 }],
  ['ScaledJob', { minReplicaCount: 1, maxReplicaCount: 5 }, { replicas: 1, most: 5, surge: 0 }],
  ['CronJob', { concurrencyPolicy: 'Replace', jobTemplate: { spec: {} } }, { replicas: 1, most: 2, surge: 0 }],
])('%s %j', (kind, own, expected) => {
  const { replicas, most = replicas, surge } = WORKLOAD_KINDS[kind]!;
  const count = replicas(own);
  expect({ replicas: count, most: most(own), surge: surge?.(own, count) ?? 0 }).toEqual(expected);
});
