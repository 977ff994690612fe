import { Yaml } from 'cdk8s';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';
import { FieldError } from '../../../kube/plain-data';
import { expectWritten, WORDS } from './yaml-cases';

const isBroken = (text: string): boolean => /\p{Surrogate}/u.test(text);

describe('stringifyDocuments', () => {
  test.each(WORDS.filter((word) => !isBroken(word)).map((word) => [JSON.stringify(word), word]))(
    '%s as a value, an item, a key and a document',
    (_, word) => {
      expectWritten([{ k: word, list: [word, [word]], deep: { er: { [word]: [{ k: word }] } } }]);
      expectWritten([{ [word]: word }]);
      expectWritten([{ [word]: { [word]: [word] } }]);
      expectWritten([[word]]);
      expectWritten([[{ [word]: 1 }]]);
      expectWritten([word]);
    },
  );

  test('is known to write what is expected, not only the same as the reference', () => {
    const documents = [{ kind: 'A', on: 'yes', text: 'a\n  b\n' }, undefined, [1, ['x']], {}];
    expect(stringifyDocuments(documents)).toBe(
      'kind: A\n"on": "yes"\ntext: |\n  a\n    b\n---\n\n---\n- 1\n- - x\n---\n{}\n',
    );
  });

  test.each<[string, unknown]>([
    ['numbers', [0, -0, 1, -1, 1.5, 1e21, 1e-7, 5e-324, 2 ** 53, 2 ** 60, 1.7976931348623157e308]],
    ['nothing', { a: null, b: undefined, c: [null, undefined], d: { e: null } }],
    ['nothing at the top', null],
    ['only nothing', { a: null, b: undefined }],
    ['empty collections', { a: {}, b: [], c: [{}, [], [[]], [{}]], d: { e: {} } }],
    ['an empty list', []],
    ['nested lists', [[['a', ['b']], [{ c: [['d']] }]]]],
    ['holes in a list', Object.assign([1], { 2: 3 })],
    ['no prototype', Object.assign(Object.create(null), { a: { b: Object.create(null) } })],
    ['an own __proto__', JSON.parse('{"__proto__": {"a": 1}, "b": {"__proto__": "x"}}')],
    ['a long key', { a: { ['k'.repeat(159)]: 1, ['k'.repeat(161)]: 1, ['k'.repeat(1023)]: 1, ['k'.repeat(1025)]: 1 } }],
    ['a long key of escapes', { a: { ['\u0007'.repeat(160)]: 'x', ['\u0007'.repeat(300)]: 'x' } }],
    ['long text', { a: 'word '.repeat(5000), b: 'line \n'.repeat(5000), c: 'x'.repeat(100_000), d: '"'.repeat(3000) }],
  ])('%s', (_, document) => {
    expectWritten([document]);
    expectWritten([{ before: 'x', document }, document, undefined]);
  });

  test('an object that occurs twice is written twice', () => {
    const shared = { a: [1] };
    expectWritten([{ x: shared, y: [{ z: shared.a }] }, shared]);
    expect(stringifyDocuments([{ one: shared, two: shared }])).toBe('one:\n  a:\n    - 1\ntwo:\n  a:\n    - 1\n');
  });

  test('more documents than fit the arguments of a call', () => {
    const documents = Array.from({ length: 130_000 }, (_, i) => ({ i }));
    const text = stringifyDocuments(documents);
    expect(text.startsWith('i: 0\n---\ni: 1\n---\n')).toBe(true);
    expect(text.endsWith('---\ni: 129999\n')).toBe(true);
    expect(stringifyDocuments([])).toBe(Yaml.stringify());
  });
});

describe('what Go, PyYAML or YAML 1.1 would misread', () => {
  test.each([
    // numbers of Go: kubectl refuses them where a string is asked for, and takes them for numbers elsewhere
    ['0o755', '"0o755"'],
    ['0X1f', '"0X1f"'],
    ['0B11', '"0B11"'],
    ['-0o7', '"-0o7"'],
    ['+_1', '"+_1"'],
    ['0x_1F', '"0x_1F"'],
    ['1e_3', '"1e_3"'],
    // the merge key and the default value
    ['<<', '"<<"'],
    ['=', '"="'],
    // characters that Go refuses, or takes for line ends
    ['a\u2028b', '"a\\u2028b"'],
    ['a\u2029b', '"a\\u2029b"'],
    ['a\u0085b', '"a\\x85b"'],
    ['a\u007fb', '"a\\x7fb"'],
    ['a\u009fb', '"a\\x9fb"'],
    ['a\ufffeb', '"a\\ufffeb"'],
    ['a\uffffb', '"a\\uffffb"'],
    ['\ufeffa', '"\\ufeffa"'],
    ['a\tb', '"a\\tb"'],
    // the escapes stand beside others
    ['\\u2028 "\u2028"\r\u0000', '"\\\\u2028 \\"\\u2028\\"\\r\\0"'],
    // what stays as it is
    ['0o8', '0o8'],
    ['0xg', '0xg'],
    ['+_', '+_'],
    ['_1', '_1'],
    ['==', '=='],
    ['caf\u00e9 \u00a0\ue000\u{1f600}', 'caf\u00e9 \u00a0\ue000\u{1f600}'],
  ])('%j is written as %s, as a value, an item and a key', (text, written) => {
    expect(stringifyDocuments([{ k: text }])).toBe(`k: ${written}\n`);
    expect(stringifyDocuments([[text]])).toBe(`- ${written}\n`);
    expect(stringifyDocuments([{ [text]: 1, z: { [text]: 1 } }])).toBe(`${written}: 1\nz:\n  ${written}: 1\n`);
    expectWritten([{ k: text }, [text], { [text]: text }]);
  });

  test.each([
    // TAB where a reader looks for the indentation of the block
    ['\tlisten 80;\nend\n', '"\\tlisten 80;\\nend\\n"'],
    ['\n\ta', '"\\n\\ta"'],
    // blocks without a line that is not blank
    [' \n', '"\\ \\n"'],
    ['  \n', '" \\ \\n"'],
    ['\n \n', '"\\n\\ \\n"'],
    ['a\u2028b\nc', '"a\\u2028b\\nc"'],
    // lines of long texts stay lines
    [`${'x'.repeat(40)}\r\n y \u0085\n\nz\r\n`, `"${'x'.repeat(40)}\\r\n\n  \\ y \\x85\n\n\n  z\\r\\n"`],
    [`${'x'.repeat(40)}\n \n\u007f`, `"${'x'.repeat(40)}\n\n  \\ \n\n  \\x7f"`],
    // what stays a block
    ['a\n\tb\n', '|\n  a\n  \tb\n'],
    [' \ta\nb', '|2-\n   \ta\n  b'],
    ['\n', '|+\n  '],
  ])('the text %j is written as %j', (text, written) => {
    expect(stringifyDocuments([{ k: text }])).toBe(`k: ${written}${written.endsWith('b\n') ? '' : '\n'}`);
    expectWritten([{ k: text, list: [text, [text]], z: 1 }]);
  });

  test('text with line separators adds no keys', () => {
    const evil = ['v', 'spec:', '  hostNetwork: true'].join('\u2029');
    const text = stringifyDocuments([{ metadata: { annotations: { 'a/b': evil } }, spec: { replicas: 1 } }]);
    expect(text).toBe(
      'metadata:\n  annotations:\n    a/b: "v\\u2029spec:\\u2029  hostNetwork: true"\nspec:\n  replicas: 1\n',
    );
  });

  test('numbers have a form that PyYAML reads as numbers', () => {
    expect(stringifyDocuments([[1e21, -1e21, 1.5e-7, 1e-7]])).toBe('- 1.0e+21\n- -1.0e+21\n- 1.5e-7\n- 1.0e-7\n');
  });

  test('a key of more than 1024 characters gets lines of its own, since readers look no further for its colon', () => {
    for (const key of ['k'.repeat(1024), 'k'.repeat(1025), '\u0007'.repeat(600)]) {
      for (const value of ['v', 'a\nb', [1, [2]], { a: { b: 1 } }, [], {}, null]) {
        expectWritten([{ [key]: value, z: { [key]: value } }]);
      }
    }
  });
});

describe('what YAML cannot hold', () => {
  const circle: Record<string, unknown> = { a: 1 };
  circle.list = [circle];
  let deep: unknown = 'x';
  for (let i = 0; i < 20_000; i++) {
    deep = { k: deep };
  }

  test.each<[string, unknown, string]>([
    ['NaN', { a: [0, { b: Number.NaN }] }, 'a[1].b'],
    ['Infinity', { a: Number.NEGATIVE_INFINITY }, 'a'],
    ['a BigInt', { 'x.y/z': 5n }, "['x.y/z']"],
    ['a function', { a: () => 1 }, 'a'],
    ['toJSON as a function', { a: { toJSON: () => 1 } }, 'a.toJSON'],
    ['a symbol', { a: Symbol('<<') }, 'a'],
    ['a Date', { a: new Date(0) }, 'a'],
    ['a Map', { a: new Map() }, 'a'],
    ['a Set', [new Set()], '[0]'],
    ['a boxed string', { a: new String('x') }, 'a'],
    ['bytes', { a: new Uint8Array(1) }, 'a'],
    ['a regular expression', { a: /x/ }, 'a'],
    ['an instance of a class', { a: new (class A {})() }, 'a'],
    ['half of a surrogate pair', { a: ['\ud83d'] }, 'a[0]'],
    ['half of a surrogate pair in a key', { a: { 'x\udc00': 1 } }, 'a["x\\udc00"]'],
    ['a circle', circle, 'list[0]'],
    ['nothing but a function', () => 1, ''],
  ])('%s is refused with the path of the field', (_, document, field) => {
    expect(() => stringifyDocuments([{}, document])).toThrow(expect.objectContaining({ name: 'FieldError', field }));
  });

  test('what is nested too deeply is refused', () => {
    expect(() => stringifyDocuments([deep])).toThrow(FieldError);
  });
});
