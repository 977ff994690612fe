/** A condition on one label, of a node selector, a node affinity term, a label selector or a NodePool. */
export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/**
 * What is required of one label, as the set of values that it may have; as `scheduling.Requirement` of Karpenter. The
 * labels of one concrete node are the special case with one value each.
 */
export interface LabelRequirement {
  /** Only these values; undefined for any value. */
  readonly only: ReadonlySet<string> | undefined;
  /** Never these; where any value is allowed. */
  readonly except: ReadonlySet<string>;
  /** Integers above this one; where any value is allowed. */
  readonly above: number;
  /** Integers below this one; where any value is allowed. */
  readonly below: number;
  /** Whether the label may be missing. */
  readonly absent: boolean;
}

/** What is required of each label, as `scheduling.Requirements` of Karpenter. */
export type LabelRequirements = (key: string) => LabelRequirement;

const UNBOUNDED = { except: new Set<string>(), above: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY };

/** With or without the label, whatever its value. */
export const ANY: LabelRequirement = { only: undefined, ...UNBOUNDED, absent: true };
/** Without the label. */
export const ABSENT: LabelRequirement = { only: new Set(), ...UNBOUNDED, absent: true };

/** With one of these values. */
export function oneOf(values: Iterable<string>): LabelRequirement {
  return { only: new Set(values), ...UNBOUNDED, absent: false };
}

/** Whether one label, or its absence, meets a condition: as the scheduler and label selectors compare. */
export function meets({ operator, values = [] }: LabelExpression, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default: {
      const range = rangeOf(operator, values);
      return range !== undefined && value !== undefined && inRange(range, value);
    }
  }
}

/** Whether the label may have the value. */
export function allows(requirement: LabelRequirement, value: string): boolean {
  return requirement.only ? requirement.only.has(value) : !requirement.except.has(value) && inRange(requirement, value);
}

/** Whether no node can meet it. */
export function isImpossible({ only, above, below, absent }: LabelRequirement): boolean {
  return !absent && (only ? only.size === 0 : below - above <= 1);
}

/** What is left of a requirement under one more condition. */
export function narrow(requirement: LabelRequirement, expression: LabelExpression): LabelRequirement {
  const { operator, values = [] } = expression;
  const absent = requirement.absent && meets(expression, undefined);
  if (requirement.only) {
    return { ...filtered(requirement, (value) => meets(expression, value)), absent };
  }
  switch (operator) {
    case 'In':
      return { ...oneOf(values.filter((value) => allows(requirement, value))), absent };
    case 'NotIn':
      return { ...requirement, except: new Set([...requirement.except, ...values]), absent };
    case 'Exists':
      return { ...requirement, absent };
    case 'DoesNotExist':
      return { ...ABSENT, absent };
    default: {
      const range = rangeOf(operator, values);
      return range === undefined
        ? { ...ABSENT, absent }
        : {
            ...requirement,
            above: Math.max(requirement.above, range.above),
            below: Math.min(requirement.below, range.below),
            absent,
          };
    }
  }
}

/** The requirement without the values that do not pass. */
export function filtered(requirement: LabelRequirement, passes: (value: string) => boolean): LabelRequirement {
  return requirement.only ? { ...requirement, only: new Set([...requirement.only].filter(passes)) } : requirement;
}

interface Range {
  readonly above: number;
  readonly below: number;
}

/** The bounds of a comparison; undefined where the operator is unknown or its value is not one integer. */
function rangeOf(operator: string, values: readonly string[]): Range | undefined {
  const bound = values.length === 1 ? integerOf(values[0]!) : undefined;
  if (bound === undefined) {
    return undefined;
  }
  const { above, below } = UNBOUNDED;
  switch (operator) {
    case 'Gt':
      return { above: bound, below };
    case 'Gte':
      return { above: bound - 1, below };
    case 'Lt':
      return { above, below: bound };
    case 'Lte':
      return { above, below: bound + 1 };
    default:
      return undefined;
  }
}

function inRange({ above, below }: Range, value: string): boolean {
  if (above === UNBOUNDED.above && below === UNBOUNDED.below) {
    return true;
  }
  const integer = integerOf(value);
  return integer !== undefined && integer > above && integer < below;
}

/** The number that Kubernetes compares; undefined for a value that is not an integer, which no comparison accepts. */
export function integerOf(value: string): number | undefined {
  return /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}
