// Every drain ends, and none takes more than one pod of a workload at a time.
const AVAILABILITY = 'charts/scaling/availability.ts';
const DEFAULT = 'return maxReplicas > 1 ? { maxUnavailable: 1 } : undefined;';

export default [
  ['two members may be missing', AVAILABILITY, DEFAULT, DEFAULT.replace('1 }', '2 }')],
  [
    'members have no budget',
    'charts/workloads/members.ts',
    'disruption: resolveDisruption(check, props.disruption, replicas)',
    'disruption: undefined',
  ],
  ['Deployments have no budget', 'charts/workloads/scaling.ts', 'disruption &&\n', 'undefined &&\n'],
  ['a small minimum has no budget', AVAILABILITY, DEFAULT, DEFAULT.replace('maxReplicas', 'minReplicas')],
  ['a single pod must stay', AVAILABILITY, DEFAULT, DEFAULT.replace('undefined', '{ minAvailable: 1 }')],
  ['a single pod has a budget', AVAILABILITY, DEFAULT, DEFAULT.replace('> 1', '> 0')],
  [
    'the least number must stay',
    AVAILABILITY,
    DEFAULT,
    DEFAULT.replace('maxUnavailable: 1', 'minAvailable: minReplicas'),
  ],
  [
    'a pod that is not ready stops a drain',
    AVAILABILITY,
    "unhealthyPodEvictionPolicy: 'AlwaysAllow'",
    "unhealthyPodEvictionPolicy: 'IfHealthyBudget'",
  ],
];
