/**
 * Kubernetes quantities as exact integers of a milli-unit, so that sums and comparisons are never off by a rounding of
 * floating point numbers. Printed the way people write them.
 */
const PATTERN = /^(\d+)(?:\.(\d+))?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$/;

const FACTOR: Readonly<Record<string, bigint>> = {
  m: 1n,
  '': 1000n,
  k: 1000n ** 2n,
  M: 1000n ** 3n,
  G: 1000n ** 4n,
  T: 1000n ** 5n,
  P: 1000n ** 6n,
  E: 1000n ** 7n,
  Ki: 1000n * 1024n,
  Mi: 1000n * 1024n ** 2n,
  Gi: 1000n * 1024n ** 3n,
  Ti: 1000n * 1024n ** 4n,
  Pi: 1000n * 1024n ** 5n,
  Ei: 1000n * 1024n ** 6n,
};

/** The value in thousandths, or undefined when the text is no quantity. Fractions of a thousandth round up, as in Kubernetes. */
export function parseQuantity(text: string): bigint | undefined {
  const match = PATTERN.exec(text);
  if (!match) {
    return undefined;
  }
  const [, whole = '0', fraction = '', unit = ''] = match;
  const factor = FACTOR[unit]!;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * factor;
  return (scaled + scale - 1n) / scale;
}

/** Cores: '250m', '2'. */
export function formatCpu(milli: bigint): string {
  return milli % 1000n === 0n ? String(milli / 1000n) : `${milli}m`;
}

/** Bytes in the largest binary unit that needs no fraction: '1536Mi', '2Gi'; rounded up to whole mebibytes. */
export function formatBytes(milli: bigint): string {
  if (milli === 0n) {
    return '0';
  }
  const mebi = FACTOR.Mi!;
  const units = (milli + mebi - 1n) / mebi;
  return units % 1024n === 0n ? `${units / 1024n}Gi` : `${units}Mi`;
}
