import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

/** The names of groups of Ingresses, and who wants to know of each; workloads and their cluster come in any order. */
interface Groups {
  readonly names: Set<string>;
  listener?: (group: string) => void;
}

const groups = new AppSlot<Groups>('load-balancer-groups', () => ({ names: new Set() }));

/** Says that a member of this group exists in the app. */
export function declareGroup(construct: IConstruct, group: string): void {
  const { names, listener } = groups.of(construct);
  if (!names.has(group)) {
    names.add(group);
    listener?.(group);
  }
}

/** Calls the function once for each group of the app, also for those that come later. */
export function eachGroup(construct: IConstruct, listener: (group: string) => void): void {
  const known = groups.of(construct);
  known.listener = listener;
  known.names.forEach(listener);
}
