import { indexPath, keyPath } from './text';

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

/** Calls back for each item of a `matchExpressions` or `matchFields` at any depth, with its field. */
export function eachExpression(
  value: unknown,
  path: string,
  found: (expression: Expression, field: string) => void,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      if (typeof item === 'object') {
        eachExpression(item, indexPath(path, i), found);
      }
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'object' || item === null) {
        continue;
      }
      const at = keyPath(path, key);
      if ((key === 'matchExpressions' || key === 'matchFields') && Array.isArray(item)) {
        item.forEach((expression, i) => {
          if (typeof expression === 'object' && expression !== null) {
            found(expression as Expression, indexPath(at, i));
          }
        });
      } else {
        eachExpression(item, at, found);
      }
    }
  }
}
