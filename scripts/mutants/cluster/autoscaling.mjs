// What test/cluster/autoscaling.test.ts promises, each broken in turn: [what, file, the text that carries it, what it becomes].
const SCALER = 'charts/scaling/autoscaler.ts';
const FIXED = 'replicas: replicas.scale ? undefined : replicas.min';

export default [
  ['no fixed count beside an autoscaler', 'charts/workloads/scaling.ts', FIXED, 'replicas: replicas.min'],
  ['no fixed count at the maximum', 'charts/workloads/scaling.ts', FIXED, 'replicas: replicas.max'],
  ['a minimum', SCALER, 'minReplicas: replicas.min', 'minReplicas: undefined'],
  ['a maximum', SCALER, 'maxReplicas: replicas.max', 'maxReplicas: replicas.max + 1'],
  ['the minimum is no maximum', SCALER, 'maxReplicas: replicas.max', 'maxReplicas: replicas.min'],
  ['the maximum is no minimum', SCALER, 'minReplicas: replicas.min', 'minReplicas: replicas.max'],
  ['by 70 % of the request', 'charts/scaling/replicas.ts', 'const DEFAULT_CPU = 70;', 'const DEFAULT_CPU = 100;'],
  ['scale-down is stabilized', SCALER, 'stabilizationWindowSeconds: 300', 'stabilizationWindowSeconds: 0'],
  ['half of the pods', SCALER, 'value: 50', 'value: 100'],
  ['a minute between', SCALER, 'periodSeconds: 60', 'periodSeconds: 15'],
  [
    'a rollout takes no pod away',
    'charts/scaling/availability.ts',
    'rollout.maxUnavailable ?? 0',
    'rollout.maxUnavailable ?? 1',
  ],
  [
    'a quota for the autoscaled maximum',
    'charts/tenancy/footprint.ts',
    'around.replicas.get(`${kind}/${metadata.name}`)?.max ??',
    '',
  ],
  ['a fixed count is written', 'charts/workloads/scaling.ts', FIXED, 'replicas: undefined'],
];
