import type { IConstruct } from 'constructs';
import { AppSlot } from '../../core/app-state';
import type { PolicyRule } from '../policy';
import type { ExposedService } from './way';

/** What the load balancer of another service sends to this one. */
export interface Share {
  /** Who calls its pods, and on which ports. */
  readonly rule: () => PolicyRule | undefined;
  /** Annotations of its Service, which stand above those of the Ingress. */
  readonly annotations: () => Readonly<Record<string, string>>;
}

const services = new AppSlot<Map<IConstruct, ExposedService>>('exposed-services', () => new Map());
const shares = new AppSlot<Map<IConstruct, Share[]>>('shares', () => new Map());

export function registerService(service: ExposedService): void {
  services.of(service.construct).set(service.construct, service);
}

/** The service of a workload; undefined for one without. */
export function serviceOf(construct: IConstruct): ExposedService | undefined {
  return services.of(construct).get(construct);
}

export function addShare(construct: IConstruct, share: Share): void {
  const all = shares.of(construct);
  all.set(construct, [...(all.get(construct) ?? []), share]);
}

/** Known when every service is created: a service can get its share after it. */
export function sharesOf(construct: IConstruct): readonly Share[] {
  return shares.of(construct).get(construct) ?? [];
}
