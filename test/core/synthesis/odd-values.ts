import * as fc from 'fast-check';

/** Strings and trees that writers and readers of YAML disagree on. Seeded, so that a failure comes again. */

/** Words, numbers, dates and markers of YAML 1.1, YAML 1.2 and Go. */
const TOKENS = [
  ...['y', 'Y', 'n', 'yes', 'No', 'ON', 'off', 'true', 'False', 'null', 'Null', 'NULL', '~', '', 'yEs', 'nuLL'],
  ...['.inf', '-.Inf', '+.INF', '.nan', '.NaN', 'inf', 'NaN', '-', '+', '.', '..', '...', '---', '--- x', '--', '..a'],
  ...['0o755', '0O17', '-0o7', '+0o7', '0o8', '0x1F', '0X1f', '0xg', '-0X1', '0b11', '0B11', '-0B1', '0b2', '0o', '0x'],
  ...['+_1', '-_1', '_1', '1_', '1__0', '1_000', '0_7', '0o_7', '0_o7', '0x_1', '0_x1', '+_0o7', '1_.5', '_.5', '._5'],
  ...[
    '0',
    '-0',
    '+0',
    '007',
    '08',
    '1',
    '12',
    '-12',
    '1.',
    '.5',
    '-.5',
    '1.5',
    '1e3',
    '1E+3',
    '1e-3',
    '1e',
    'e5',
    '1_e3',
  ],
  ...['.e3', '1.e3', '.5e3', '1e400', '9223372036854775808', '18446744073709551616', '-9223372036854775809', '1e_3'],
  ...['1:30', '1:60', '190:20:30', '190:20:30.15', '-1:30', '1:3_0', '1_0:30', '2001-12-14', '2001-1-2', '2001-1-2T3'],
  ...[
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43',
    '2001-12-14T21:59:43Z',
    '2001-12-14 21:59:43,5',
    '20011214',
  ],
  ...[
    '<<',
    '=',
    '<',
    '>',
    '|',
    '|-',
    '>+',
    '?',
    '? x',
    '?x',
    ': x',
    ':x',
    'x:',
    'x: y',
    'x:y',
    'x :',
    'x #y',
    'x#y',
    '#x',
  ],
  ...[
    '- x',
    '-x',
    '- ',
    '[',
    ']',
    '[a]',
    '{',
    '}',
    '{}',
    '{a: b}',
    ',',
    'a, b',
    '&a',
    '*a',
    '&a x',
    '!t',
    '!!str 1',
    '!',
  ],
  ...[
    '%',
    '%YAML 1.1',
    '@x',
    '`x`',
    "'",
    '"',
    "''",
    '""',
    `'"`,
    "it's",
    'say "x"',
    '\\',
    'a\\nb',
    '\\n',
    ' \\n',
    '\\u0041',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'toJSON',
    'then',
    'length',
    'value',
    '$ref',
    '//',
    '/a/b',
  ],
];

/** Characters that some reader takes for a line end, refuses, drops or needs escaped, and such that it must leave alone. */
const CHARACTERS = [
  ...['\n', '\n', '\n', '\t', ' ', ' ', '\r', '\r\n', '\u0000', '\u0007', '\b', '\u000b', '\f', '\u001b', '\u001f'],
  ...['\u007f', '\u0080', '\u0085', '\u009f', '\u00a0', '\u00ad', '\u200b', '\u2028', '\u2029', '\u202e', '\u3000'],
  ...['\ue000', '\ufdd0', '\ufeff', '\ufffd', '\ufffe', '\uffff', 'é', '漢', '\u{1f600}', '\u{1fffe}', '\u{10ffff}'],
  ...[
    '-',
    '?',
    ':',
    ',',
    '[',
    ']',
    '{',
    '}',
    '#',
    '&',
    '*',
    '!',
    '|',
    '>',
    "'",
    '"',
    '%',
    '@',
    '`',
    '\\',
    '_',
    '.',
    '+',
  ],
  ...[
    '0',
    '1',
    '7',
    'o',
    'x',
    'X',
    'b',
    'B',
    'e',
    'E',
    'a',
    'f',
    'n',
    'y',
    'T',
    'Z',
    '=',
    '<',
    '~',
    '/',
    '$',
    '(',
    ')',
  ],
];

const characters = fc.constantFrom(...CHARACTERS);
const line = fc.oneof(
  fc.constantFrom(...TOKENS),
  fc.stringMatching(/^[\t ]{0,3}[a-z:#-]{0,6}[\t ]{0,2}$/),
  fc.array(characters, { maxLength: 5 }).map((parts) => parts.join('')),
);

/** One string, without half surrogate pairs. */
export const oddTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
  { weight: 4, arbitrary: fc.array(characters, { maxLength: 8 }).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof(characters, fc.constantFrom(...TOKENS)), { maxLength: 5 }).map((p) => p.join('')),
  },
  { weight: 3, arbitrary: fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n')) },
  // short, over the alphabet of numbers in any base
  { weight: 3, arbitrary: fc.stringMatching(/^[-+]?[0_.]?[oOxXbB1_.]?[0-9a-fA-F_.eE:]{0,6}$/) },
  {
    weight: 1,
    arbitrary: fc.stringMatching(/^[-+]?\d{1,4}[-:]\d{1,2}[-:]\d{1,2}([Tt ]\d{1,2}:\d\d:\d\d(\.\d+)?)?(Z|[-+]\d)?$/),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 12 }) },
  // around the length at which a key changes its form, and lines as long as a certificate
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1015, max: 1030 }), characters).map(([n, c]) => `${c}${'k'.repeat(n)}`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(line, fc.integer({ min: 30, max: 90 }), line).map(([a, n, b]) => `${a}${'w '.repeat(n)}${b}`),
  },
);

/** A string, a finite number, a boolean, null, or a tree of them. */
export const oddTrees: fc.Arbitrary<unknown> = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    { weight: 6, arbitrary: oddTexts },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constantFrom(null, 0, -0, 1e21, 1e-7, 5e-324, 2 ** 53, 2 ** 63, 2 ** 64, 1.7976931348623157e308),
      ),
    },
    { weight: 3, arbitrary: fc.array(tie('tree'), { maxLength: 4 }) },
    { weight: 5, arbitrary: fc.dictionary(oddTexts, tie('tree'), { maxKeys: 4 }) },
  ),
})).tree;

/** Documents with one odd string each, as a value, a key, an item and deep inside, so that a failure names it. */
export function oddScalars(count: number, seed = 1): unknown[] {
  const places: readonly ((text: string) => unknown)[] = [
    (text) => ({ k: text, z: 1 }),
    (text) => ({ [text]: 'v', z: 1 }),
    (text) => [text, 'z'],
    (text) => ({ a: { b: [{ [text]: [text], z: text }, [[text]]] }, z: text }),
  ];
  return fc.sample(oddTexts, { numRuns: count, seed }).map((text, i) => places[i % places.length]!(text));
}

/** Documents of many odd strings: objects as a rule, some lists. */
export function oddDocuments(count: number, seed = 1): unknown[] {
  return fc.sample(
    fc.oneof(
      { weight: 5, arbitrary: fc.dictionary(oddTexts, oddTrees, { minKeys: 1, maxKeys: 5 }) },
      { weight: 1, arbitrary: fc.array(oddTrees, { maxLength: 4 }) },
    ),
    { numRuns: count, seed },
  );
}
