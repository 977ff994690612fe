// What is left of the stateful sets when a whole zone goes.
const PLACEMENT = 'charts/pods/placement.ts';

export default [
  [
    'members prefer zones only',
    'charts/workloads/stateful-service.ts',
    "defaultSpread: 'zones'",
    "defaultSpread: 'soft'",
  ],
  ['two members more in a zone', PLACEMENT, 'maxSkew: 1,', 'maxSkew: 2,'],
  [
    'zones are nothing to spread over',
    PLACEMENT,
    "const ZONE = 'topology.kubernetes.io/zone'",
    "const ZONE = 'topology.kubernetes.io/region'",
  ],
  [
    'a drain takes a member more',
    'charts/scaling/availability.ts',
    '? { maxUnavailable: 1 } : undefined',
    '? { maxUnavailable: 2 } : undefined',
  ],
  [
    'members have no budget',
    'charts/workloads/members.ts',
    'disruption: resolveDisruption(check, props.disruption, replicas)',
    'disruption: undefined',
  ],
];
