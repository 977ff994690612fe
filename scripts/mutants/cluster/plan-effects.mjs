// What a plan says of pods, as controllers do it.
export default [
  [
    'what may be missing is rounded down',
    "shareOf(maxUnavailable, count, 'down'), count), ...waits }",
    "shareOf(maxUnavailable, count, 'up'), count), ...waits }",
  ],
  [
    'a paused Deployment keeps its pods',
    'paused === true ? { waits:',
    'paused === null ? { waits:',
    { in: 'ofDeployment' },
  ],
  ['a new autoscaler adds pods', 'countUnder(input, workload, bounds)', 'of'],
  ['a quota refuses pods', '(held.get(name) ?? 0n) + amount > limits.get(name)!', 'false'],
];
