import * as fc from 'fast-check';
import {
  amountOf,
  formatBytes,
  formatCpu,
  formatQuantity,
  MEBI,
  MILLI,
  ONE,
  parseQuantity,
  QuantityError,
  quantityOf,
  unitsOf,
} from '../../kube/quantity';

describe('text', () => {
  it.each([
    ['1', ONE],
    ['250m', 250n * MILLI],
    ['0.1', 100n * MILLI],
    ['1.5', 1500n * MILLI],
    ['0.0001', 100_000n],
    ['1k', 1000n * ONE],
    ['1Ki', 1024n * ONE],
    ['1.5Gi', 1536n * MEBI],
    ['1M', 10n ** 6n * ONE],
    ['2Ei', 2n * 1024n ** 6n * ONE],
    ['007', 7n * ONE],
  ])('%s is %s billionths', (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });

  it.each([
    ['.5', 500n * MILLI],
    ['5.', 5n * ONE],
    ['1e3', 1000n * ONE],
    ['1E3', 1000n * ONE],
    ['128e6', 128n * 10n ** 6n * ONE],
    ['100n', 100n],
    ['100u', 100_000n],
    ['+1', ONE],
    ['-1.5Ki', -1536n * ONE],
    ['1e-3', MILLI],
    ['1E', 10n ** 18n * ONE],
    ['1.e+1', 10n * ONE],
    ['1e9999', 10n ** 9999n * ONE],
  ])('%s, which is seldom written, is %s billionths', (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });

  it('finer than a billionth is rounded away from zero', () => {
    expect(['0.1n', '1.1n', '-0.1n', '1e-9999', '0.0n'].map(parseQuantity)).toEqual([1n, 2n, -1n, 1n, 0n]);
  });

  it('with a binary suffix and of more than 63 bits is cut off', () => {
    const most = (2n ** 63n - 1n) * ONE;
    expect(['8Ei', '9Ei', '-9Ei', '10E'].map(parseQuantity)).toEqual([most, most, -most, 10n ** 19n * ONE]);
  });

  it.each([
    ...['', 'm', '1K', '1MB', '1,5', ' 1', '1 ', '1\n', 'one', '1mi', '1ni', '0x10', '1_000', '٣'],
    ...[
      '.',
      '+',
      'Ki',
      '.e3',
      'e3',
      '--1',
      '1..',
      '1.5.',
      '1e',
      '1e-',
      '1e1.5',
      '1e3Ki',
      '1ke3',
      '1e10000',
      '1e-10000',
    ],
  ])('%j is invalid', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('with a fraction is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.nat(1000), (fraction, whole) => {
        const text = `${whole}.${String(fraction).padStart(9, '0')}`;
        return parseQuantity(text) === BigInt(whole) * ONE + BigInt(fraction);
      }),
    );
  });

  it('of parts adds up to the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 })), (parts) => {
        const total = parts.reduce((sum, part) => sum + parseQuantity(`${part}u`)!, 0n);
        return total === parseQuantity(`${parts.reduce((a, b) => a + b, 0)}u`);
      }),
    );
  });

  it('means the same with an exponent, a suffix or zeros', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (count) => {
        const same = [`${count}k`, `${count}e3`, `${count}E+03`, `${count}000`, `${count}000000e-3`, `${count}.0k`];
        expect(new Set(same.map(parseQuantity))).toEqual(new Set([count * 1000n * ONE]));
      }),
    );
  });
});

describe('a field of a manifest', () => {
  it('holds text, which may have spaces around it, or a number', () => {
    expect([' 1 ', 1, 0.5, 1e21, 1e-7].map(quantityOf)).toEqual([ONE, ONE, 500n * MILLI, 10n ** 21n * ONE, 100n]);
  });

  it.each([undefined, null, '', 'some', '1\t', Number.NaN, Number.POSITIVE_INFINITY, true, {}, [], ['1']])(
    '%j is invalid, and never counts as zero',
    (value) => {
      expect(quantityOf(value)).toBeUndefined();
      expect(() => amountOf(value)).toThrow(QuantityError);
    },
  );
});

describe('amounts', () => {
  it('are counted in units, rounded away from zero', () => {
    const amounts = [0n, 1n, MILLI, MILLI + 1n, -1n, -MILLI - 1n];
    expect(amounts.map((amount) => unitsOf(amount, MILLI))).toEqual([0n, 1n, 1n, 2n, -1n, -2n]);
  });

  it.each([
    [0n, '0', '0'],
    [1n, '1n', '1n'],
    [1500n * MILLI, '1500m', '1500m'],
    [1000n * ONE, '1k', '1k'],
    [1024n * ONE, '1024', '1Ki'],
    [1_024_000n * ONE, '1024k', '1000Ki'],
    [1024n * ONE + 1n, '1024000000001n', '1024000000001n'],
    [-1536n * MEBI, '-1610612736', '-1536Mi'],
    [2n ** 71n * ONE, '2361183241434822606848', '2048Ei'],
    [10n ** 21n * ONE, '1000E', '953674316406250Mi'],
  ])('%s is written as %s and with binary suffixes as %s', (amount, decimal, binary) => {
    expect([formatQuantity(amount, 'decimal'), formatQuantity(amount, 'binary')]).toEqual([decimal, binary]);
  });

  it('are read back as they were written', () => {
    const suffixes = fc.constantFrom('decimal' as const, 'binary' as const);
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }), suffixes, (amount, by) => {
        expect(parseQuantity(formatQuantity(amount, by))).toBe(amount);
        expect(parseQuantity(formatQuantity(amount * ONE * 1024n, by))).toBe(clamped(amount * ONE * 1024n, by));
      }),
    );
  });

  it('of CPU are thousandths, never less than the amount', () => {
    expect([0n, 1n, 250n * MILLI, 2n * ONE].map(formatCpu)).toEqual(['0', '1m', '250m', '2']);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), (amount) => {
        const written = parseQuantity(formatCpu(amount))!;
        return written >= amount && written - amount < MILLI && written % MILLI === 0n;
      }),
    );
  });

  it('of bytes are mebibytes, never less than the amount', () => {
    expect([1024n, 1536n, 0n, 1n].map((n) => formatBytes(n * MEBI))).toEqual(['1Gi', '1536Mi', '0', '1Mi']);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: MEBI - 1n }), (whole, rest) => {
        expect(parseQuantity(formatBytes(whole * MEBI))).toBe(whole * MEBI);
        const written = parseQuantity(formatBytes(whole * MEBI + rest))!;
        expect(written >= whole * MEBI + rest && written - (whole * MEBI + rest) < MEBI).toBe(true);
      }),
    );
  });
});

/** Binary suffixes are read up to 63 bits. */
function clamped(amount: bigint, suffixes: 'decimal' | 'binary'): bigint {
  const most = (2n ** 63n - 1n) * ONE;
  const size = amount < 0n ? -amount : amount;
  return suffixes === 'decimal' || size <= most ? amount : amount < 0n ? -most : most;
}
