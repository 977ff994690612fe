export default [
  ['a new version rolls out', 'updateStrategy: copyPlain(set.updateStrategy)', "updateStrategy: { type: 'OnDelete' }"],
  [
    'a rollout keeps the order',
    "props.quorum === undefined ? 'OrderedReady'",
    "props.quorum === undefined ? 'Parallel'",
  ],
  [
    'a partition is an edit that is kept',
    'applyCustomize(this.check, props.customize, this.commonObjects(), balanced.first, {',
    'applyCustomize(this.check, undefined, this.commonObjects(), balanced.first, {',
    { in: 'StatefulService' },
  ],
  [
    'the claim template does not change with the program',
    'labels: selectorLabels(workload) }',
    'labels: { ...selectorLabels(workload), made: String(process.hrtime.bigint()) } }',
  ],
];
