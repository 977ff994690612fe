import type { IConstruct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { Inherited } from '../core/inherited';
import { POD_DEFAULTS, type PodDefaults } from '../pods/defaults';
import type { Scraper } from '../pods/metrics';
import type { ServiceProbes } from '../pods/probes';
import type { AvailabilityProps } from '../scaling/availability';

/** Everything that can be set once for an app or a tenant. The nearest wins as a whole; labels and annotations merge by key. `rollout` is for what runs as a Deployment. */
export interface Defaults extends PodDefaults, AvailabilityProps {
  /** Of WebServices and StatefulServices without probes of their own; a Worker or NodeAgent always says its own. @default - asked for */
  readonly probes?: ServiceProbes;
  /** Who reads metrics; let through to the metrics port of every workload that has one. @default { namespace: 'monitoring' } */
  readonly scraper?: Scraper;
}

const DEFAULTS: KeyTable<Defaults> = {
  ...POD_DEFAULTS,
  disruption: true,
  rollout: true,
  probes: true,
  scraper: true,
};
const SCRAPER: KeyTable<Scraper> = { namespace: true, podLabels: true };

const levels = new Inherited<Defaults>('defaults');

/** Sets the defaults of everything below a construct. */
export function setDefaults(scope: IConstruct, check: Check, defaults: Defaults | undefined): void {
  if (defaults === undefined) {
    return;
  }
  check.keys<Defaults>('defaults', defaults, DEFAULTS);
  check.keys<Scraper>('defaults.scraper', defaults.scraper, SCRAPER);
  check.labels('defaults.labels', defaults.labels);
  check.annotations('defaults.annotations', defaults.annotations);
  levels.set(scope, defaults);
}

/** The defaults that hold for a construct. */
export function defaultsOf(construct: IConstruct): Defaults {
  const chain = levels.chain(construct);
  if (chain.length === 0) {
    return {};
  }
  return chain.reduce((above, own) => overlay(above, own));
}

/** Own values over those from above. */
export function overlay<T extends Defaults>(above: Defaults, own: T): T {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as T;
  return {
    ...above,
    ...given,
    labels: { ...above.labels, ...own.labels },
    annotations: { ...above.annotations, ...own.annotations },
  };
}
