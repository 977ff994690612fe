import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { describe as shown } from '../../kube/describe';
import { newApp } from '../support/app';

const circle: Record<string, unknown> = { a: 1 };
circle.self = circle;

describe('a value in a message', () => {
  it.each<[unknown, string]>([
    ['x', "'x'"],
    [undefined, 'missing'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [-0, '-0'],
    [5n, '5n'],
    [Symbol('x'), 'Symbol(x)'],
    [() => 1, 'a function'],
    [{ a: ['b', 1, null, true] }, '{"a":["b",1,null,true]}'],
    [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
    [new Array(2), '[null,null]'],
    [new Date(0), 'the Date 1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'the Date (invalid)'],
    [new Map([['k', 1]]), 'a Map of 1 entry'],
    [new Set([1, 2]), 'a Set of 2 entries'],
    [/x+/g, 'the regular expression /x+/g'],
    [new TypeError('no'), "the TypeError 'no'"],
    [Promise.resolve(1), 'a Promise'],
    [new Uint8Array(3), 'a Uint8Array of 3 bytes'],
    [{ a: new Set(), b: () => 1, c: 5n, d: Number.NaN }, '{"a":a Set of 0 entries,"b":a function,"c":5n,"d":NaN}'],
    [circle, '{"a":1,"self":(itself)}'],
    [{ toJSON: () => 'x' }, '"x"'],
    [{ node: 1 }, '{"node":1}'],
    [{ node: undefined }, '{}'],
    [Object.create(null), '{}'],
  ])('%p is %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('names constructs', () => {
    expect(shown(new Chart(newApp(), 'shop'))).toBe("the Chart 'shop'");
  });

  it('is short, whatever its size', () => {
    const wide = Array.from({ length: 1_000_000 }, (_, i) => ({ i }));
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) {
      deep = [deep];
    }
    for (const value of ['x'.repeat(1e6), wide, deep, { k: 'x'.repeat(1e6) }]) {
      expect(shown(value)).toMatch(/^.{77}\.\.\.$/);
    }
  });

  it('never throws', () => {
    const hostile = [
      new Proxy({}, { ownKeys: () => [Symbol('x')], has: () => true, get: () => ({}) }),
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
      { toJSON: () => circle },
      { toJSON: (): unknown => hostile[2] },
    ];
    for (const value of hostile) {
      expect(typeof shown(value)).toBe('string');
    }
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (value) => {
        expect(shown(value).length).toBeLessThanOrEqual(80);
      }),
    );
  });
});
