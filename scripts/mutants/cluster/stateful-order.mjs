export default [
  [
    'members start in their order',
    "props.quorum === undefined ? 'OrderedReady'",
    "props.quorum === undefined ? 'Parallel'",
  ],
  ['the order can be chosen', 'podManagementPolicy: set.order', "podManagementPolicy: 'OrderedReady'"],
  ['ten seconds between members', 'const MIN_READY_SECONDS = 10;', 'const MIN_READY_SECONDS = 5;'],
  [
    'as many members as are asked for',
    'podManagementPolicy: set.order, replicas,',
    'podManagementPolicy: set.order, replicas: Math.max(2, replicas),',
  ],
];
