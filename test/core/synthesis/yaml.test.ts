import { Yaml } from 'cdk8s';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';
import { expectSame, WORDS } from './yaml-cases';

describe('stringifyDocuments', () => {
  test.each(WORDS.map((word) => [JSON.stringify(word), word]))(
    '%s as a value, an item, a key and a document',
    (_, word) => {
      expectSame([{ k: word, list: [word, [word]], deep: { er: { [word]: [{ k: word }] } } }]);
      expectSame([{ [word]: word }]);
      expectSame([{ [word]: { [word]: [word] } }]);
      expectSame([[word]]);
      expectSame([[{ [word]: 1 }]]);
      expectSame([word]);
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
    ['numbers without digits', { a: Number.NaN, b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] }],
    ['big integers', { a: 1n, b: [-(10n ** 30n)] }],
    ['nothing', { a: null, b: undefined, c: [null, undefined], d: { e: null } }],
    ['nothing at the top', null],
    ['only nothing', { a: null, b: undefined }],
    ['empty collections', { a: {}, b: [], c: [{}, [], [[]], [{}]], d: { e: {} } }],
    ['an empty list', []],
    ['nested lists', [[['a', ['b']], [{ c: [['d']] }]]]],
    ['holes in a list', Object.assign([1], { 2: 3 })],
    ['dates', { a: new Date(0), b: [new Date(1.5e12)] }],
    ['maps and sets', { a: new Map([['k', 1]]), b: new Set([1, 'x']) }],
    ['boxed values', { a: new String('x'), b: new Number(1), c: new Boolean(false) }],
    ['bytes', { a: new Uint8Array([1, 2, 3]) }],
    ['regular expressions', { a: /x/ }],
    ['functions', { a: () => 1 }],
    ['symbols', { a: Symbol('x') }],
    ['the merge symbol', { a: Symbol('<<') }],
    ['toJSON as a method', { a: { toJSON: () => ({ b: 1 }) } }],
    [
      'toJSON of an instance',
      {
        a: new (class A {
          public toJSON(): string {
            return 'x';
          }
        })(),
      },
    ],
    ['toJSON of a list', { a: Object.assign([1], { toJSON: () => 'x' }) }],
    ['toJSON as data', { toJSON: 'x' }],
    [
      'an instance',
      {
        a: new (class A {
          public b = 1;
        })(),
      },
    ],
    ['an iterable', { a: { b: 1, [Symbol.iterator]: () => [1, 2].values() } }],
    ['no prototype', Object.assign(Object.create(null), { a: { b: Object.create(null) } })],
    ['an own __proto__', JSON.parse('{"__proto__": {"a": 1}, "b": {"__proto__": "x"}}')],
    ['a long key', { a: { ['k'.repeat(159)]: 1, ['k'.repeat(161)]: 1, ['k'.repeat(1023)]: 1, ['k'.repeat(1025)]: 1 } }],
    ['a long key of escapes', { a: { ['\u0007'.repeat(160)]: 'x', ['\u0007'.repeat(300)]: 'x' } }],
    ['long text', { a: 'word '.repeat(5000), b: 'line \n'.repeat(5000), c: 'x'.repeat(100_000), d: '"'.repeat(3000) }],
  ])('%s', (_, document) => {
    expectSame([document]);
    expectSame([{ before: 'x', document }, document, undefined]);
  });

  test('an object that occurs twice becomes an alias, within one document', () => {
    const shared = { a: [1] };
    const empty = {};
    const list: unknown[] = [];
    for (const documents of [
      [{ x: shared, y: shared }],
      [{ x: shared, y: [{ z: shared.a }] }],
      [{ x: empty, y: empty, z: [list, list] }],
      [shared, shared],
      [[shared, shared], { x: 1 }],
    ]) {
      expectSame(documents);
    }
    expect(stringifyDocuments([{ one: shared, two: shared }])).toContain('two: *a1');
    expect(stringifyDocuments([shared, shared])).not.toContain('*');
  });

  test('a circle', () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    expectSame([circle]);
  });

  test('more documents than fit the arguments of a call', () => {
    const documents = Array.from({ length: 130_000 }, (_, i) => ({ i }));
    const text = stringifyDocuments(documents);
    expect(text.startsWith('i: 0\n---\ni: 1\n---\n')).toBe(true);
    expect(text.endsWith('---\ni: 129999\n')).toBe(true);
    expect(stringifyDocuments([])).toBe(Yaml.stringify());
  });

  test('the memory of strings asked for is bounded', () => {
    const asked = jest.fn((document: unknown) => Yaml.stringify(document));
    const write = createStringifier(asked);
    const texts = Array.from({ length: 10_001 }, (_, i) => `-${i}`);
    const lines = write([texts]).split('\n');
    expect(lines).toEqual([...texts.map((text) => `- "${text}"`), '']);
    asked.mockClear();
    write([texts.slice(-1)]);
    expect(asked).not.toHaveBeenCalled();
    // the first ones were forgotten
    expect(write([['-0']])).toBe('- "-0"\n');
    expect(asked).toHaveBeenCalledTimes(1);
  }, 20_000);

  test('plain data is written without the reference', () => {
    const asked = jest.fn((document: unknown) => Yaml.stringify(document));
    const write = createStringifier(asked);
    write([{ a: 1 }]);
    asked.mockClear();
    const data = { policy: '{\n  "Version": "2012-10-17"\n}', url: 'http://x:80/a?b=c', args: ['--a=b c', '{"a": 1}'] };
    expect(write([{ data }, [data]])).toBe(Yaml.stringify({ data }, [data]));
    expect(asked).not.toHaveBeenCalled();
  });

  test('a string the rules leave open is asked for once', () => {
    const asked = jest.fn((document: unknown) => Yaml.stringify(document));
    const write = createStringifier(asked);
    write([{}]);
    asked.mockClear();
    expect(write([['0x1f', '0x1f'], ['0x1f']])).toBe('- "0x1f"\n- "0x1f"\n---\n- "0x1f"\n');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test.each<[string, (text: string) => string]>([
    ['quotes', (text) => text.replace(/"([^"'\n]*)"/g, "'$1'")],
    ['blocks', (text) => text.replace(/\|-/g, '>-')],
    ['lists', (text) => text.replace(/\n {2}- /g, '\n- ')],
    ['empty collections', (text) => text.replace(/\{\}/g, '{ }')],
  ])('a reference that writes %s in another style is used for everything', (_, restyle) => {
    const reference = (document: unknown): string => restyle(Yaml.stringify(document));
    const document = { a: ['a: b', {}], b: 'x\ny' };
    expect(createStringifier(reference)([document])).toBe(reference(document));
    expect(reference(document)).not.toBe(Yaml.stringify(document));
  });
});
