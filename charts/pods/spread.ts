import { HOST, ZONE } from '../../eks/node-labels';
import { describe } from '../../kube/describe';
import { selectorLabels } from '../../kube/labels';
import { isQualifiedName } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { TopologySpreadConstraint } from '../core/k8s';
import type { ControllerKey } from '../core/place-of-field';

/**
 * How evenly pods are spread over one kind of place.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export interface Spread {
  /** 'zones', 'nodes', or the key of a node label whose values are the places. */
  readonly over: 'zones' | 'nodes' | (string & {});
  /** The most pods that one place may have beyond another, 1 or more. @default 1 */
  readonly maxSkew?: number;
  /** Whether a pod waits where no place keeps the spread; otherwise it is a preference. @default false */
  readonly required?: boolean;
  /** The least number of places, 1 or more; with `required` only. @default - 3 zones for members with a quorum, otherwise any number */
  readonly minDomains?: number;
}
/** As in `Placement.spread`. */
export type Spreading = 'soft' | 'zones' | 'none' | readonly Spread[];

const SPREAD: KeyTable<Spread> = { over: 'text', maxSkew: true, required: 'boolean', minDomains: true };
const WORDS = ['soft', 'zones', 'none'];

/** Spreads the revisions of a Deployment separately: a rollout must not be placed around the old pods. */
export const revisionsApart = (revision: string | undefined): string[] | undefined =>
  revision === undefined ? undefined : [revision];

/** The labels by which the controllers that keep revisions beside each other tell their pods apart. */
export const REVISION_LABELS: Partial<Record<ControllerKey, string>> = {
  deployment: 'pod-template-hash',
  rollout: 'rollouts-pod-template-hash',
};

export function checkSpread(check: Check, field: string, spread: unknown): void {
  if (!Array.isArray(spread)) {
    if (typeof spread === 'object' && spread !== null) {
      check.fail(
        'type',
        field,
        `${field} must be 'soft', 'zones', 'none' or a list, but is ${describe(spread)}`,
        "write a list: [{ over: 'zones', required: true }]",
      );
    }
    check.oneOf(field, spread, WORDS);
    return;
  }
  check.typed(field, spread, 'list');
  const seen = new Set<string>();
  for (const [i, one] of (spread as readonly Spread[]).entries()) {
    const at = indexPath(field, i);
    check.keys<Spread>(at, one, SPREAD);
    if (typeof one.over !== 'string' || !isQualifiedName(keyOf(one))) {
      check.fail(
        one.over === undefined ? 'required' : 'invalid',
        `${at}.over`,
        `${at}.over must be 'zones', 'nodes' or the key of a node label, but is ${describe(one.over)}`,
        "write over: 'zones'",
      );
    }
    if (one.maxSkew !== undefined) {
      check.integer(`${at}.maxSkew`, one.maxSkew, 1);
    }
    if (one.required !== undefined && typeof one.required !== 'boolean') {
      check.fail('type', `${at}.required`, `${at}.required must be true or false`, 'write required: true');
    }
    if (one.minDomains !== undefined) {
      check.integer(`${at}.minDomains`, one.minDomains, 1);
      if (one.required !== true) {
        check.fail(
          'forbidden',
          `${at}.minDomains`,
          `${at}.minDomains needs required: true, since a preference has no least number of places`,
          'add required: true, or leave minDomains out',
        );
      }
    }
    const pair = `${keyOf(one)} ${one.required === true}`;
    if (seen.has(pair)) {
      check.fail(
        'duplicate',
        `${at}.over`,
        `${field} must have one entry over '${one.over}' of each kind, required or not`,
        'delete one of them',
      );
    }
    seen.add(pair);
  }
}

const keyOf = ({ over }: Spread): string => (over === 'zones' ? ZONE : over === 'nodes' ? HOST : over);

/** Whether zones differ by a bounded number of pods. */
export function isZonal(spread: Spreading | undefined): boolean {
  return Array.isArray(spread)
    ? (spread as readonly Spread[]).some((one) => one.required === true && keyOf(one) === ZONE)
    : spread === 'zones';
}

/** How pods are spread. */
export interface SpreadInput {
  readonly spread: Spreading | undefined;
  /** The label of its revisions, which are spread separately; undefined where they are not. */
  readonly revision: string | undefined;
  /** The number of zones that a required spread needs before a zone gets a second pod. */
  readonly zones?: number | undefined;
}

const OF_WORDS: Readonly<Record<Extract<Spreading, string>, readonly Spread[]>> = {
  soft: [{ over: 'zones' }, { over: 'nodes' }],
  zones: [{ over: 'zones', required: true }, { over: 'nodes' }],
  none: [],
};

/**
 * Spread over zones and nodes. A required spread of skew 1 still schedules the fourth pod over three zones; a required
 * anti-affinity does not.
 */
export function spreadConstraints(name: string, { spread, revision, zones }: SpreadInput): TopologySpreadConstraint[] {
  const list = typeof spread === 'object' ? spread : OF_WORDS[spread ?? 'soft'];
  const labelSelector = { matchLabels: selectorLabels(name) };
  return list.map((one) => {
    const topologyKey = keyOf(one);
    const constraint: TopologySpreadConstraint = {
      labelSelector,
      matchLabelKeys: revisionsApart(revision),
      maxSkew: one.maxSkew ?? 1,
      // nodes with taints that the pod does not tolerate do not count as domains
      nodeTaintsPolicy: 'Honor',
      topologyKey,
      whenUnsatisfiable: one.required === true ? 'DoNotSchedule' : 'ScheduleAnyway',
    };
    // a zone without a ready node is no domain: without minDomains its member would join another's zone for good
    const minDomains = one.minDomains ?? (topologyKey === ZONE ? zones : undefined);
    if (one.required === true && minDomains !== undefined) {
      constraint.minDomains = minDomains;
    }
    return constraint;
  });
}
