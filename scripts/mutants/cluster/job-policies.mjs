export default [
  [
    'no policy of a resize',
    'container.resizePolicy = renderResize(pod.resources)',
    'container.resizePolicy = undefined',
  ],
  ['finished Jobs are kept', 'ttlSecondsAfterFinished: model.keepFor', 'ttlSecondsAfterFinished: undefined'],
  [
    'no exit code ends a Job',
    '...exitRules(check, props.onExit, retries.backoffLimitPerIndex !== undefined, container)',
    '',
  ],
  [
    'any number of indexes may fail',
    "{ maxFailedIndexes: check.integer('retries.failedIndexes', failedIndexes, 0, completions) }",
    '{}',
  ],
  [
    'an index is not tried by itself',
    "backoffLimitPerIndex: check.integer('retries.perIndex', perIndex, 0)",
    'backoffLimit: perIndex',
  ],
];
