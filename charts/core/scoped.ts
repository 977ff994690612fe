import type { IConstruct } from 'constructs';

/**
 * A value that belongs to a construct and holds for everything below it: defaults, the tenant, the cluster. Kept beside
 * the construct tree, so that the rooms that read it need not know the class that sets it.
 */
export class Scoped<T> {
  private readonly values = new WeakMap<IConstruct, T>();

  set(scope: IConstruct, value: T): void {
    this.values.set(scope, value);
  }

  /** The value of exactly this construct. */
  at(scope: IConstruct): T | undefined {
    return this.values.get(scope);
  }

  /** The nearest value, walking up from the construct itself. */
  nearest(construct: IConstruct): T | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const value = this.values.get(scope);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }

  /** Every value from the root down to the construct itself. */
  chain(construct: IConstruct): T[] {
    const found: T[] = [];
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const value = this.values.get(scope);
      if (value !== undefined) {
        found.unshift(value);
      }
    }
    return found;
  }
}
