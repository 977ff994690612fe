import { Yaml } from 'cdk8s';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';

/** The text, or the message of the error. */
function attempt(write: () => string): string {
  try {
    return write();
  } catch (error) {
    return `threw ${(error as Error).message}`;
  }
}

/** Both writers give the same text, or fail with the same message. */
export function expectSame(documents: readonly unknown[]): void {
  expect(attempt(() => stringifyDocuments(documents))).toBe(attempt(() => Yaml.stringify(...documents)));
}

/** Strings that are easily taken for something else, or cannot be written as they are. */
export const WORDS = [
  ...['', 'y', 'n', 'Y', 'N', 'yes', 'no', 'Yes', 'NO', 'on', 'off', 'On', 'OFF', 'true', 'false', 'True', 'FALSE'],
  ...['null', 'Null', 'NULL', '~', 'nan', '.nan', '.NaN', '.inf', '-.INF', '+.inf', 'inf', 'None', 'yEs', 'tRUE'],
  ...['0', '1', '-1', '+1', '007', '0755', '0o17', '08', '0x1f', '0xg', '0b101', '1_000', '_1', '1.5', '.5', '5.', '.'],
  ...['1e3', 'e5', 'E10', 'e+5', 'e-12', '.e3', '1.e5', '12e', 'e', 'e5x', '-', '--', '---', '----', '...', '.. .'],
  ...['12:30', '12:30:45', '190:20:30.15', '1:60', '2001-12-14', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43'],
  ...[
    '8080',
    '100m',
    '10Gi',
    '50%',
    '10.0.0.0/16',
    '1.35',
    '172.20.0.10',
    '1.2.3',
    '1..2',
    '09',
    '0.0',
    '30s',
    '5d',
    '1a',
    '0xfz',
    '1-2',
    '1:b',
  ],
  ...['<<', '=', '*a', '&a', '!tag', '!!str', '%YAML 1.1', '@x', '`x`', '|', '>', '|-', '#x', '?', '? x', '?x', ': x'],
  ...['- x', '-x', '--flag=x', '--- x', '---x', '... x', '{}', '[]', '{a: b}', '[a', ']', '}', ',', 'a, b', "'", '"'],
  ...["it's", 'say "x"', `'"`, `a'"b`, '"a', "'a", 'a\\nb', ' \\n', '\\', 'a: b', 'a:b', 'a:', 'a :', ':', ':a', '::'],
  ...[
    'a #b',
    'a#b',
    'a # b',
    '#',
    ' #',
    ' a',
    'a ',
    '  ',
    ' ',
    '\t',
    'a\tb',
    '\ta',
    'a\t',
    'a:\tb',
    'a\t#b',
    'key: [a]',
  ],
  ...['a\nb', 'a\nb\n', 'a\n\nb\n\n', '\n', '\n\n', '\na', ' \n', 'a\n ', 'a\n\t', 'a \n', 'a \nb', ' a\nb', '\ta\nb'],
  ...[
    'a\n b',
    'a\n  b\n c\n',
    'a\n\n \n\n',
    'a\n \nb',
    'a  \n\n',
    'a\nb  ',
    'a\n#b\n',
    '#a\nb',
    '- a\n- b\n',
    'a: b\nc: d',
  ],
  ...[
    '---\na',
    'a\n---\nb',
    'a\n...',
    '%a\nb',
    'a\n%b\n',
    '{\n  "a": "b"\n}',
    '{\n}\n',
    "'a\nb",
    '"a"\nb',
    'a\r\nb',
    '\r',
  ],
  ...[
    'a\n\n\n  b\n\n\n',
    '\n\n  a\n',
    '  a\n b\n',
    'a\n\u0007',
    'a \n'.repeat(20),
    'a\n '.repeat(20),
    `${'x'.repeat(50)}\n `,
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    'a\u0085b',
    'a\u2028b',
    'a\u2029--- b',
    'a\u2028b\nc',
  ],
  ...[
    '\ufeff',
    '\ufeffa',
    'a\ufeffb',
    'é',
    '漢字',
    '\u{1f600}',
    'a \u{1f600}\nb',
    '\ud800',
    'a\udc00b',
    '\ud83d\n',
    '\uffff',
  ],
  ...['__proto__', 'constructor', 'toString', 'toJSON', 'then', 'length'],
];
