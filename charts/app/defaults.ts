import type { IConstruct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import { checkSecretSource, type SecretSource, setSecretSource } from '../config/secret-source';
import type { Check } from '../core/check';
import { Inherited } from '../core/inherited';
import { type Alerts, checkAlerts } from '../pods/alerts';
import {
  checkDefaults,
  type DefaultChecks,
  POD_DEFAULT_CHECKS,
  POD_DEFAULTS,
  type PodDefaults,
} from '../pods/defaults';
import type { Scraper } from '../pods/metrics';
import type { ServiceProbes } from '../pods/probes';
import { type AvailabilityProps, checkDisruption } from '../scaling/availability';
import { checkRollout } from '../scaling/rollout';

/**
 * Props that can be set once for an app or a tenant. The nearest value replaces the others as a whole; only labels and
 * annotations merge by key. `rollout` is used by workloads that run as a Deployment.
 */
export interface Defaults extends PodDefaults, AvailabilityProps {
  /**
   * The probes of WebServices and StatefulServices. A Worker or NodeAgent always has its own.
   *
   * @default - required here or by the workload: a probe of the wrong endpoint restarts healthy pods
   */
  readonly probes?: ServiceProbes;
  /**
   * The pods that read metrics. Network policies let them reach the metrics port of every workload that has one.
   *
   * @default { namespace: 'monitoring' } - the usual namespace of Prometheus
   */
  readonly scraper?: Scraper;
  /**
   * What brings secrets of AWS to the pods of every `Secret` that says no `source` of its own and is created later.
   *
   * @default SecretSource.driver() - no Secret of the namespace holds the values but for variables
   */
  readonly secretSource?: SecretSource;
  /** Alerts of Prometheus on every workload; a pattern takes those that it has. @default - none */
  readonly alerts?: boolean | Alerts;
}

const SCRAPER: KeyTable<Scraper> = { namespace: 'text', podLabels: 'map' };
const PROBES: KeyTable<ServiceProbes> = { readiness: 'object', liveness: 'object', startup: 'object' };

const CHECKS: DefaultChecks<Defaults> = {
  ...POD_DEFAULT_CHECKS,
  disruption: checkDisruption,
  rollout: checkRollout,
  probes: (check, probes, field) => check.keys<ServiceProbes>(field, probes, PROBES),
  alerts: checkAlerts,
  secretSource: checkSecretSource,
  scraper: (check, scraper, field) => {
    check.keys<Scraper>(field, scraper, SCRAPER);
    check.text(`${field}.namespace`, scraper.namespace);
    check.labels(`${field}.podLabels`, scraper.podLabels);
  },
};

const DEFAULTS: KeyTable<Defaults> = {
  ...POD_DEFAULTS,
  disruption: true,
  rollout: true,
  probes: 'object',
  alerts: true,
  scraper: 'object',
  secretSource: 'object',
};

const levels = new Inherited<Defaults>('defaults');

/** Sets the defaults of all workloads below a construct. */
export function setDefaults(scope: IConstruct, check: Check, defaults: Defaults | undefined): void {
  if (defaults === undefined) {
    return;
  }
  check.keys<Defaults>('defaults', defaults, DEFAULTS);
  checkDefaults(check, CHECKS, defaults, 'defaults.');
  levels.set(scope, defaults);
  if (defaults.secretSource !== undefined) {
    setSecretSource(scope, defaults.secretSource);
  }
}

const NO_DEFAULTS: Defaults = {};
const NONE: Readonly<Record<string, string>> = {};

/** The merged defaults of a construct. */
export function defaultsOf(construct: IConstruct): Defaults {
  const chain = levels.chain(construct);
  if (chain.length === 0) {
    return NO_DEFAULTS;
  }
  return chain.reduce((above, own) => overlay(above, own));
}

/** The given values over those of the scopes above; a copy, which nobody else can change. */
export function overlay<T extends Defaults>(above: Defaults, own: T): T {
  // a prop that is undefined is as good as left out
  const isWhole = hasAllValues(own);
  if (isWhole && above === NO_DEFAULTS && own.labels === undefined && own.annotations === undefined) {
    return { ...own };
  }
  const given = isWhole
    ? own
    : (Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as T);
  const labels = merged(above.labels, own.labels);
  const annotations = merged(above.annotations, own.annotations);
  return { ...above, ...given, labels, annotations };
}

function hasAllValues(values: object): boolean {
  for (const key in values) {
    if (values[key as keyof typeof values] === undefined) {
      return false;
    }
  }
  return true;
}

function merged(above: Defaults['labels'], own: Defaults['labels']): Readonly<Record<string, string>> {
  return above === undefined && own === undefined ? NONE : { ...above, ...own };
}
