/** Which values a label of a node may have. */
export interface LabelDomain {
  /** These alone; undefined for any. */
  readonly only: ReadonlySet<string> | undefined;
  /** Never these; for any. */
  readonly except: ReadonlySet<string>;
  /** Whole numbers above this one; for any. */
  readonly above: number;
  /** Whole numbers below this one; for any. */
  readonly below: number;
  /** Whether nodes may be without the label. */
  readonly absent: boolean;
}

/** A condition on a label, of a node selector or of a pool. */
export interface Expression {
  readonly key: string;
  readonly operator: 'DoesNotExist' | 'Exists' | 'Gt' | 'Gte' | 'In' | 'Lt' | 'Lte' | 'NotIn';
  readonly values?: readonly string[];
}

const FREE = { except: new Set<string>(), above: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY };

/** Nodes with or without it, whatever the value. */
export const ANYTHING: LabelDomain = { only: undefined, ...FREE, absent: true };
/** Nodes that do not have it. */
export const NOTHING: LabelDomain = { only: new Set(), ...FREE, absent: true };

/** Nodes with one of these. */
export function oneOf(values: Iterable<string>): LabelDomain {
  return { only: new Set(values), ...FREE, absent: false };
}

/** Whether a node may have the value. */
export function admits(domain: LabelDomain, value: string): boolean {
  return domain.only ? domain.only.has(value) : !domain.except.has(value) && inRange(domain, value);
}

/** Whether no node can be like that. */
export function isEmpty({ only, above, below, absent }: LabelDomain): boolean {
  return !absent && (only ? only.size === 0 : below - above <= 1);
}

/** What is left of a domain under one more condition. */
export function narrow(domain: LabelDomain, { operator, values = [] }: Expression): LabelDomain {
  const [bound = Number.NaN] = values.map(Number);
  switch (operator) {
    case 'In':
      return { ...domain, only: new Set(values.filter((value) => admits(domain, value))), absent: false };
    case 'NotIn':
      return domain.only
        ? filtered(domain, (value) => !values.includes(value))
        : { ...domain, except: new Set([...domain.except, ...values]) };
    case 'Exists':
      return { ...domain, absent: false };
    case 'DoesNotExist':
      return { ...NOTHING, absent: domain.absent };
    case 'Gt':
      return within(domain, bound, Number.POSITIVE_INFINITY);
    case 'Gte':
      return within(domain, bound - 1, Number.POSITIVE_INFINITY);
    case 'Lt':
      return within(domain, Number.NEGATIVE_INFINITY, bound);
    case 'Lte':
      return within(domain, Number.NEGATIVE_INFINITY, bound + 1);
  }
}

/** The domain without the values that do not pass. */
export function filtered(domain: LabelDomain, passes: (value: string) => boolean): LabelDomain {
  return domain.only ? { ...domain, only: new Set([...domain.only].filter(passes)) } : domain;
}

function within(domain: LabelDomain, above: number, below: number): LabelDomain {
  const range = {
    ...domain,
    above: Math.max(domain.above, above),
    below: Math.min(domain.below, below),
    absent: false,
  };
  return filtered(range, (value) => inRange(range, value));
}

function inRange({ above, below }: LabelDomain, value: string): boolean {
  const unbounded = above === Number.NEGATIVE_INFINITY && below === Number.POSITIVE_INFINITY;
  return unbounded || (Number(value) > above && Number(value) < below);
}
