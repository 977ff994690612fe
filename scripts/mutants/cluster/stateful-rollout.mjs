export default [
  [
    'a new version rolls out',
    'charts/workloads/members.ts',
    "updateStrategy: { type: 'RollingUpdate' }",
    "updateStrategy: { type: 'OnDelete' }",
  ],
  [
    'a rollout keeps the order',
    'charts/workloads/members.ts',
    "order: props.order ?? 'OrderedReady'",
    "order: props.order ?? 'Parallel'",
  ],
  [
    'a partition is an edit that is kept',
    'charts/workloads/stateful-service.ts',
    'applyCustomize(this.check, props.customize, {',
    'applyCustomize(this.check, undefined, {',
  ],
  [
    'the claim template does not change with the program',
    'charts/storage/volumes.ts',
    'labels: selectorLabels(workload) }',
    'labels: { ...selectorLabels(workload), made: String(process.hrtime.bigint()) } }',
  ],
];
