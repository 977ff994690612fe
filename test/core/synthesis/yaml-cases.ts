import { Yaml } from 'cdk8s';
import * as yaml from 'yaml';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';

/**
 * Readers of YAML 1.1 and 1.2 read the documents as they are. The bytes are those of cdk8s, except where a string stands
 * in them whose form at cdk8s some reader misreads.
 */
export function expectWritten(documents: readonly unknown[]): void {
  const text = stringifyDocuments(documents);
  for (const version of ['1.1', '1.2'] as const) {
    const read = yaml.parseAllDocuments(text, { version, uniqueKeys: false });
    expect((read as yaml.Document[]).flatMap(({ errors }) => errors)).toEqual([]);
    expect(JSON.stringify((read as yaml.Document[]).map((document) => document.toJS()))).toBe(
      JSON.stringify(documents, (_, value: unknown) => value ?? null),
    );
  }
  if (!documents.some((document) => hasOwnForm(document))) {
    expect(text).toBe(Yaml.stringify(...documents));
  }
}

/** Whether cdk8s writes something in the document in a form that some reader misreads or refuses. */
export function hasOwnForm(document: unknown): boolean {
  const occurs = new Set<object>();
  const visit = (value: unknown): boolean => {
    if (typeof value === 'string') {
      return isMisread(value) || isMisreadBlock(value);
    }
    if (typeof value === 'number') {
      // PyYAML takes 1e+21 for text
      return /^-?\d+e/.test(String(value));
    }
    if (typeof value !== 'object' || value === null) {
      return false;
    }
    // an alias at cdk8s: some readers refuse too many of them
    if (occurs.has(value)) {
      return true;
    }
    occurs.add(value);
    return Array.isArray(value)
      ? value.some(visit)
      : Object.entries(value).some(([key, item]) => isMisread(key) || visit(item));
  };
  // a document that is nothing but text is quoted where its lines or markers would stand at the start of a line
  return visit(document) || (typeof document === 'string' && /\n|^(?:---|\.\.\.)/.test(document));
}

/** Misread wherever it stands. */
function isMisread(text: string): boolean {
  // raw at cdk8s: line ends to Go, or refused by it; a byte order mark is dropped at the start of a line
  if (/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(text)) {
    return true;
  }
  // the merge key, the default value; PyYAML refuses TAB in what is not quoted
  if (text === '<<' || text === '=' || (text.includes('\t') && !text.includes('\n'))) {
    return true;
  }
  // Go leaves out every '_', and knows capital letters and '0o'
  const number = text.replaceAll('_', '');
  return (
    /^[-+\d.]/.test(text) && (/^[-+]?0[xXoObB]/.test(number) || (number !== text && !Number.isNaN(Number(number))))
  );
}

/** Misread where cdk8s writes a block, or folds what is quoted. */
function isMisreadBlock(text: string): boolean {
  const startsWithTab = /^\n*\t/.test(text) && text.includes('\n');
  const isBlank = /^[ \t\n]*[ \t][ \t\n]*$/.test(text) && text.includes('\n');
  // the space of a line that is nothing else is escaped twice: once as the first character, once as the last
  const escapedTwice =
    /\n \n/.test(text) && ([...text].some((c) => c < ' ' && c !== '\n' && c !== '\t') || /\n[ \t]+$/.test(text));
  return startsWithTab || isBlank || escapedTwice;
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
