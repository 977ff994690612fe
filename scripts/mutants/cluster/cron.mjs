// What becomes of a run that is due while the last one goes on.
export default [
  [
    'runs overlap unless something else is said',
    "overlap: props.overlap ?? 'Forbid'",
    "overlap: props.overlap ?? 'Allow'",
  ],
  ['the overlap cannot be chosen', "overlap: props.overlap ?? 'Forbid'", "overlap: 'Forbid'"],
  [
    'a suspended schedule starts runs',
    '...(model.suspend ? { suspend: true } : {})',
    '...(model.suspend ? { suspend: false } : {})',
    { in: 'cronJob' },
  ],
  ['a run that is late is not started', 'const STARTING_DEADLINE = 3600;', 'const STARTING_DEADLINE = 30;'],
];
