export default [
  ['members start in their order', "order: props.order ?? 'OrderedReady'", "order: props.order ?? 'Parallel'"],
  ['the order can be chosen', 'podManagementPolicy: members.order', "podManagementPolicy: 'OrderedReady'"],
  ['ten seconds between members', 'const MIN_READY_SECONDS = 10;', 'const MIN_READY_SECONDS = 5;'],
  ['as many members as are asked for', 'replicas: members.replicas,', 'replicas: Math.max(2, members.replicas),'],
];
