export default [
  [
    'members start in their order',
    'charts/workloads/members.ts',
    "order: props.order ?? 'OrderedReady'",
    "order: props.order ?? 'Parallel'",
  ],
  [
    'the order can be chosen',
    'charts/workloads/members.ts',
    'podManagementPolicy: members.order',
    "podManagementPolicy: 'OrderedReady'",
  ],
  [
    'ten seconds between members',
    'charts/scaling/availability.ts',
    'const MIN_READY_SECONDS = 10;',
    'const MIN_READY_SECONDS = 5;',
  ],
  [
    'as many members as are asked for',
    'charts/workloads/members.ts',
    'replicas: members.replicas,',
    'replicas: Math.max(2, members.replicas),',
  ],
];
