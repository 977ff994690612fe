import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

/**
 * A value of a construct and everything below it: defaults, the tenant, the cluster. It is stored in the state of the app,
 * so that readers do not depend on the class that sets it.
 */
export class Inherited<T> {
  private readonly slot: AppSlot<Map<IConstruct, T>>;

  constructor(name: string) {
    this.slot = new AppSlot(name, () => new Map());
  }

  set(scope: IConstruct, value: T): void {
    this.slot.of(scope).set(scope, value);
  }

  /** The value of exactly this construct. */
  at(scope: IConstruct): T | undefined {
    return this.slot.of(scope).get(scope);
  }

  /** The nearest value, walking up from the construct itself. */
  nearest(construct: IConstruct): T | undefined {
    const values = this.slot.of(construct);
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const value = values.get(scope);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }

  /** The values of the app by the construct that has each. */
  byConstruct(scope: IConstruct): ReadonlyMap<IConstruct, T> {
    return this.slot.of(scope);
  }

  /** The values of all constructs of the app. */
  all(scope: IConstruct): readonly T[] {
    return [...this.slot.of(scope).values()];
  }

  /** Every value from the root down to the construct itself. */
  chain(construct: IConstruct): T[] {
    const values = this.slot.of(construct);
    const found: T[] = [];
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const value = values.get(scope);
      if (value !== undefined) {
        found.unshift(value);
      }
    }
    return found;
  }
}
