import type { IConstruct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { Inherited } from '../core/inherited';
import { checkDefaults, type DefaultChecks, keysOf, POD_DEFAULT_CHECKS, type PodDefaults } from '../pods/defaults';
import type { Scraper } from '../pods/metrics';
import type { ServiceProbes } from '../pods/probes';
import { type AvailabilityProps, checkDisruption, resolveRollout } from '../scaling/availability';

/** Everything that can be set once for an app or a tenant. The nearest wins as a whole; labels and annotations merge by key. `rollout` is for what runs as a Deployment. */
export interface Defaults extends PodDefaults, AvailabilityProps {
  /** Of WebServices and StatefulServices without probes of their own; a Worker or NodeAgent always says its own. @default - asked for */
  readonly probes?: ServiceProbes;
  /** Who reads metrics; let through to the metrics port of every workload that has one. @default { namespace: 'monitoring' } */
  readonly scraper?: Scraper;
}

const SCRAPER: KeyTable<Scraper> = { namespace: true, podLabels: true };
const PROBES: KeyTable<ServiceProbes> = { readiness: true, liveness: true, startup: true };

const CHECKS: DefaultChecks<Defaults> = {
  ...POD_DEFAULT_CHECKS,
  disruption: checkDisruption,
  rollout: resolveRollout,
  probes: (check, probes) => check.keys<ServiceProbes>('probes', probes, PROBES),
  scraper: (check, scraper, what) => check.keys<Scraper>(what, scraper, SCRAPER),
};

const levels = new Inherited<Defaults>('defaults');

/** Sets the defaults of everything below a construct. */
export function setDefaults(scope: IConstruct, check: Check, defaults: Defaults | undefined): void {
  if (defaults === undefined) {
    return;
  }
  check.keys<Defaults>('defaults', defaults, keysOf(CHECKS));
  checkDefaults(check, CHECKS, defaults, 'defaults.');
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
