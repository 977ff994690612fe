import { remembered } from '../../../kube/collections';
import { formatQuantity, parseQuantity, quantityOf } from '../../../kube/quantity';

/** A quantity as the API server writes it: '1Gi' of '1024Mi', '500m' of 0.5. What is none is kept. */
export function storedQuantity(value: unknown): unknown {
  return typeof value === 'number'
    ? (shortest(String(value)) ?? value)
    : typeof value === 'string'
      ? (shortest(value.trim()) ?? value)
      : value;
}

const shortest = remembered((text): string | undefined => {
  const amount = parseQuantity(text);
  if (amount === undefined) {
    return undefined;
  }
  return /[eE][+-]?\d/.test(text)
    ? exponential(amount)
    : formatQuantity(amount, text.endsWith('i') ? 'binary' : 'decimal');
});

/** '12e6' of '12000e3': powers of a thousand stay powers where they were written so. */
function exponential(amount: bigint): string {
  const text = formatQuantity(amount, 'decimal');
  const suffix = /[a-zA-Z]$/.exec(text)?.[0];
  return suffix === undefined ? text : `${text.slice(0, -1)}e${EXPONENTS[suffix]}`;
}

const EXPONENTS: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** Amounts of resources are rounded up to thousandths. */
export function isSameQuantity(a: unknown, b: unknown): boolean {
  return quantityOf(a) === quantityOf(b);
}
