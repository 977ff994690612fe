import { remembered } from './collections';

/**
 * Kubernetes quantities, read as apimachinery reads them (k8s.io/apimachinery/pkg/api/resource). An amount is an exact
 * integer of billionths, the finest that Kubernetes keeps, so sums, multiples and comparisons are those of bigint.
 */
export const NANO = 1n;
/** A thousandth, the finest of CPU that the scheduler counts. */
export const MILLI = 10n ** 6n;
/** One core, one byte, one piece. */
export const ONE = 10n ** 9n;
/** 1Mi. */
export const MEBI = ONE * 2n ** 20n;

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** From 10^-9 in steps of a thousand. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
/** Kubernetes takes more, but cannot calculate with it: its memory runs out, or the exponent overflows. */
const LARGEST_EXPONENT = 9999;
/** Binary suffixes are for what fits in 63 bits; more is cut off. */
const LARGEST_BINARY = (2n ** 63n - 1n) * ONE;

/**
 * The amount in billionths, finer fractions rounded away from zero; undefined for invalid text. Text without a digit is
 * invalid, although apimachinery happens to read some of it ('k', '+', '.') as zero.
 */
export const parseQuantity = remembered((text): bigint | undefined => {
  const match = PATTERN.exec(text);
  if (!match) {
    return undefined;
  }
  const [, sign, whole = '', fraction = '', suffix = '', power = '0'] = match;
  const digits = whole + fraction;
  const exponent = Number(power);
  if (digits === '' || Math.abs(exponent) > LARGEST_EXPONENT) {
    return undefined;
  }
  const mantissa = BigInt(digits);
  const binary = BINARY.indexOf(suffix);
  const amount =
    binary < 0
      ? shifted(mantissa, exponent + 3 * DECIMAL.indexOf(suffix) - fraction.length)
      : smaller(shifted(mantissa * 1024n ** BigInt(binary + 1), 9 - fraction.length), LARGEST_BINARY);
  return sign === '-' ? -amount : amount;
});

/** The amount in a field of a manifest, in which numbers and spaces around the text are allowed. */
export function quantityOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') {
    return parseQuantity(String(value));
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  return parseQuantity(value.startsWith(' ') || value.endsWith(' ') ? value.replace(/^ +| +$/g, '') : value);
}

/** An amount that cannot be read must not count as nothing. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
  constructor(readonly value: unknown) {
    super(`${JSON.stringify(value)} is not a quantity`);
  }
}

/** The amount in a field of a manifest; throws a QuantityError for anything else. */
export function amountOf(value: unknown): bigint {
  const amount = quantityOf(value);
  if (amount === undefined) {
    throw new QuantityError(value);
  }
  return amount;
}

/** How many of a unit an amount takes, rounded away from zero: 1500m are 2 of ONE. */
export function unitsOf(amount: bigint, unit: bigint): bigint {
  return amount < 0n ? -unitsOf(-amount, unit) : (amount + unit - 1n) / unit;
}

/**
 * The canonical form, in which the API server returns an amount: no fraction, and the largest suffix that allows it. With
 * binary suffixes only whole amounts from 1Ki.
 */
export function formatQuantity(amount: bigint, suffixes: 'decimal' | 'binary'): string {
  const large = amount <= -1024n * ONE || amount >= 1024n * ONE;
  return suffixes === 'binary' && large && amount % ONE === 0n
    ? withLargest(amount / ONE, 1024n, ['', ...BINARY])
    : withLargest(amount, 1000n, DECIMAL);
}

/** Cores, rounded up to thousandths: '250m', '2'. */
export function formatCpu(amount: bigint): string {
  return formatQuantity(unitsOf(amount, MILLI) * MILLI, 'decimal');
}

/** Bytes, rounded up to mebibytes: '1536Mi', '2Gi'. */
export function formatBytes(amount: bigint): string {
  return formatQuantity(unitsOf(amount, MEBI) * MEBI, 'binary');
}

function withLargest(count: bigint, step: bigint, suffixes: readonly string[]): string {
  if (count === 0n) {
    return '0';
  }
  let [rest, index] = [count, 0];
  while (rest % step === 0n && index < suffixes.length - 1) {
    [rest, index] = [rest / step, index + 1];
  }
  return `${rest}${suffixes[index]}`;
}

/** mantissa * 10^places, rounded up. */
function shifted(mantissa: bigint, places: number): bigint {
  return places >= 0 ? mantissa * 10n ** BigInt(places) : unitsOf(mantissa, 10n ** BigInt(-places));
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
