import { pathOf } from './text';

/** A requirement of a selector of labels, nodes or fields. */
export interface Expression {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

/** What is wrong with the values of a requirement; undefined where nothing is. */
export function expressionProblem({ operator, values = [] }: Expression): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length === 0 ? `required with operator '${operator}'` : undefined;
    case 'Exists':
    case 'DoesNotExist':
      return values.length > 0 ? `must be left out with operator '${operator}'` : undefined;
    case 'Gt':
    case 'Lt':
      return values.length !== 1 || !/^[+-]?\d+$/.test(values[0]!)
        ? `must be one integer with operator '${operator}'`
        : undefined;
    default:
      return undefined;
  }
}

/** Whether nothing is wrong with the values of a list of requirements. */
export function expressionsFit(list: unknown): boolean {
  return (
    !Array.isArray(list) ||
    list.every((one) => typeof one !== 'object' || !one || !expressionProblem(one as Expression))
  );
}

/** Calls back for each item of a `matchExpressions` or `matchFields` at any depth, with what makes its field. */
export function eachExpression(
  value: unknown,
  path: string,
  found: (expression: Expression, field: () => string) => void,
): void {
  new Search(path, found).visit(value);
}

/** Most of a pod, and without a selector in any kind. */
const WITHOUT: ReadonlySet<string> = new Set([
  'containers',
  'dnsConfig',
  'ephemeralContainers',
  'initContainers',
  'matchLabels',
  'metadata',
  'securityContext',
]);

class Search {
  /** Keys and positions, since nearly no path is written. */
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly start: string,
    private readonly found: (expression: Expression, field: () => string) => void,
  ) {}

  visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        if (typeof value[i] === 'object') {
          this.path.push(i);
          this.visit(value[i]);
          this.path.pop();
        }
      }
      return;
    }
    // several times faster than over a list of its keys; plain data inherits none
    for (const key in value) {
      const item = (value as Record<string, unknown>)[key];
      if (typeof item !== 'object') {
        continue;
      }
      if ((key === 'matchExpressions' || key === 'matchFields') && Array.isArray(item)) {
        this.report(key, item);
      } else if (!WITHOUT.has(key)) {
        this.path.push(key);
        this.visit(item);
        this.path.pop();
      }
    }
  }

  private report(key: string, expressions: readonly unknown[]): void {
    expressions.forEach((expression, i) => {
      if (typeof expression === 'object' && expression !== null) {
        this.found(expression as Expression, () => pathOf(this.start, [...this.path, key, i]));
      }
    });
  }
}
