// Every drain ends, and none takes more than one pod of a workload at a time.
export default [
  [
    'two members may be missing',
    'return maxReplicas > 1 ? ONE_AT_A_TIME : undefined;',
    'return maxReplicas > 1 ? { maxUnavailable: 2 } : undefined;',
  ],
  [
    'members have no budget',
    'const disruption = resolveDisruption(check, props.disruption, replicas);',
    'const disruption = undefined as never;',
  ],
  ['Deployments have no budget', 'disruption &&', 'undefined &&'],
  [
    'a small minimum has no budget',
    'return maxReplicas > 1 ? ONE_AT_A_TIME : undefined;',
    'return minReplicas > 1 ? { maxUnavailable: 1 } : undefined;',
  ],
  [
    'a single pod must stay',
    'return maxReplicas > 1 ? ONE_AT_A_TIME : undefined;',
    'return maxReplicas > 1 ? { maxUnavailable: 1 } : { minAvailable: 1 };',
  ],
  [
    'a single pod has a budget',
    'return maxReplicas > 1 ? ONE_AT_A_TIME : undefined;',
    'return maxReplicas > 0 ? { maxUnavailable: 1 } : undefined;',
  ],
  [
    'the least number must stay',
    'return maxReplicas > 1 ? ONE_AT_A_TIME : undefined;',
    'return maxReplicas > 1 ? { minAvailable: minReplicas } : undefined;',
  ],
  [
    'a pod that is not ready stops a drain',
    'EVICTION_POLICY[disruption.unready ?? unready]',
    "EVICTION_POLICY[disruption.unready ?? 'protect']",
  ],
];
