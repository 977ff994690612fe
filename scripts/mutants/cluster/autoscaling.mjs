// What test/cluster/autoscaling.test.ts promises, each broken in turn: [what, snippet, replacement].
export default [
  [
    'no fixed count beside an autoscaler',
    'if (!replicas.scale) { spec.replicas = replicas.min; }',
    'spec.replicas = replicas.min;',
    { in: 'deployment' },
  ],
  [
    'no fixed count at the maximum',
    'if (!replicas.scale) { spec.replicas = replicas.min; }',
    'spec.replicas = replicas.max;',
    { in: 'deployment' },
  ],
  ['a minimum', 'minReplicas: replicas.min', 'minReplicas: undefined'],
  ['a maximum', 'maxReplicas: replicas.max', 'maxReplicas: replicas.max + 1'],
  ['the minimum is no maximum', 'maxReplicas: replicas.max', 'maxReplicas: replicas.min'],
  ['the maximum is no minimum', 'minReplicas: replicas.min', 'minReplicas: replicas.max'],
  ['by 70 % of the request', 'const DEFAULT_CPU = 70;', 'const DEFAULT_CPU = 100;'],
  ['scale-down is stabilized', 'stabilizationWindowSeconds: 300', 'stabilizationWindowSeconds: 0'],
  ['half of the pods', 'value: 50', 'value: 100'],
  ['a minute between', 'periodSeconds: 60', 'periodSeconds: 15'],
  ['a rollout takes no pod away', 'rollout.maxUnavailable ?? 0', 'rollout.maxUnavailable ?? 1'],
  ['a quota for the autoscaled maximum', 'around.replicas.named(kind, metadata.name)?.max', 'undefined'],
  ['a fixed count is written', 'if (!replicas.scale) { spec.replicas = replicas.min; }', '', { in: 'deployment' }],
];
