import type { IConstruct } from 'constructs';
import { AppSlot } from '../../core/app-state';
import type { PolicyRule } from '../policy';
import type { ExposedService, ExposeWay } from './way';

/** A service with one of its ways from outside. */
interface WiredService extends ExposedService {
  readonly way: ExposeWay;
}
/** What the load balancer of another service sends to this one. */
export interface Share {
  /** Who calls its pods, and on which ports. */
  readonly rule: () => PolicyRule | undefined;
  /** Annotations of its Service, which stand above those of the Ingress. */
  readonly annotations: () => Readonly<Record<string, string>>;
}

const NONE: readonly WiredService[] = [];
const services = new AppSlot<Map<IConstruct, readonly WiredService[]>>('exposed-services', () => new Map());
const shares = new AppSlot<Map<IConstruct, Share[]>>('shares', () => new Map());

/** @param all the service of a workload, for each of its ways from outside */
export function registerServices(construct: IConstruct, all: readonly WiredService[]): void {
  services.of(construct).set(construct, all);
}

/** The service of a workload, for each of its ways from outside; none for a workload without. */
export function servicesOf(construct: IConstruct): readonly WiredService[] {
  return services.of(construct).get(construct) ?? NONE;
}

/** The service of a workload, for its first way; undefined for one without. */
export function serviceOf(construct: IConstruct): ExposedService | undefined {
  return servicesOf(construct)[0];
}

export function addShare(construct: IConstruct, share: Share): void {
  const all = shares.of(construct);
  all.set(construct, [...(all.get(construct) ?? []), share]);
}

/** Known when every service is created: a service can get its share after it. */
export function sharesOf(construct: IConstruct): readonly Share[] {
  return shares.of(construct).get(construct) ?? [];
}
