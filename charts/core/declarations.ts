import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

interface Declared {
  readonly names: Set<string>;
  listener?: (name: string) => void;
}

/** Names that parts of an app declare, and who wants to know of each; both come in any order. */
export class Declarations {
  private readonly slot: AppSlot<Declared>;

  constructor(name: string) {
    this.slot = new AppSlot(name, () => ({ names: new Set() }));
  }

  /** Says that this name is used in the app. */
  declare(construct: IConstruct, name: string): void {
    const { names, listener } = this.slot.of(construct);
    if (!names.has(name)) {
      names.add(name);
      listener?.(name);
    }
  }

  /** Calls the function once for each name of the app, also for those that come later. */
  each(construct: IConstruct, listener: (name: string) => void): void {
    const known = this.slot.of(construct);
    known.listener = listener;
    known.names.forEach(listener);
  }
}

/** The groups of Ingresses. */
export const LOAD_BALANCER_GROUPS = new Declarations('load-balancer-groups');
/** The classes of Gateways. */
export const GATEWAY_CLASSES = new Declarations('gateway-classes');
/** What happens to an object that breaks a rule of its namespace. */
export type AdmissionAction = 'deny' | 'warn';
/** What tenants ask admission policies to do. */
export const ADMISSION_ACTIONS = new Declarations('admission-actions');
