import { todaysKey } from '../../eks/node-labels';
import type { Toleration } from '../../imports/kubernetes';
import { DEVICES, type Device, impossibleType } from './instance-labels';
import { type Expression, isEmpty, type LabelDomain, narrow } from './label-domain';

/** A taint of nodes. */
export interface PlaceTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Nodes on which pods may run: a group of equal ones, or a pool that makes them as needed. */
export interface Place {
  /** "managedNodeGroups[0] 'workers'". */
  readonly name: string;
  readonly kind: 'group' | 'pool';
  readonly labels: (key: string) => LabelDomain;
  readonly taints: readonly PlaceTaint[];
  /** Conditions under which nodes have a device; undefined when they never do. */
  readonly offers: (device: Device) => readonly Expression[] | undefined;
  /** The prefix of labels that follow from the instance type, where any type may be made. */
  readonly typePrefix?: string;
}

/** What pods ask of a node. */
export interface Demand {
  /** One of these lists has to hold; a list holds when all of it does. */
  readonly alternatives: readonly (readonly Expression[])[];
  readonly tolerations: readonly Toleration[];
  /** Names of resources. */
  readonly resources: readonly string[];
}

/** Why nodes do not take pods. */
export type Refusal =
  | { readonly kind: 'label'; readonly key: string; readonly has: LabelDomain; readonly asked: Expression | undefined }
  | { readonly kind: 'taint'; readonly taint: PlaceTaint }
  | { readonly kind: 'device'; readonly device: Device };

/** Why a place does not take the pods, or undefined when it does. */
export function refusalOf(place: Place, demand: Demand): Refusal | undefined {
  const byLabels = demand.alternatives.map((expressions) => labelRefusal(place, expressions));
  if (byLabels[0] !== undefined && byLabels.every((refusal) => refusal !== undefined)) {
    return byLabels[0];
  }
  for (const device of devicesOf(demand)) {
    const offered = place.offers(device);
    const found =
      offered !== undefined &&
      demand.alternatives.some((expressions) => !labelRefusal(place, [...expressions, ...offered]));
    if (!found) {
      return { kind: 'device', device };
    }
  }
  const taint = place.taints.find((t) => t.effect !== 'PreferNoSchedule' && !tolerates(demand.tolerations, t));
  return taint && { kind: 'taint', taint };
}

function devicesOf({ resources }: Demand): Device[] {
  return resources.map((resource) => DEVICES[resource]).filter((device) => device !== undefined);
}

function labelRefusal(place: Place, expressions: readonly Expression[]): Refusal | undefined {
  const narrowed = new Map<string, LabelDomain>();
  const domainOf = (key: string) => narrowed.get(key) ?? place.labels(key);
  for (const expression of expressions) {
    const key = todaysKey(expression.key);
    const left = narrow(domainOf(key), expression);
    if (isEmpty(left)) {
      return { kind: 'label', key, has: place.labels(key), asked: expression };
    }
    narrowed.set(key, left);
  }
  const key = place.typePrefix === undefined ? undefined : impossibleType(domainOf, place.typePrefix);
  return key === undefined ? undefined : { kind: 'label', key, has: place.labels(key), asked: undefined };
}

/** As the scheduler compares them. */
function tolerates(tolerations: readonly Toleration[], taint: PlaceTaint): boolean {
  return tolerations.some(({ key, operator, value, effect }) => {
    const about = (key === undefined || key === '' || key === taint.key) && (!effect || effect === taint.effect);
    switch (operator) {
      case 'Exists':
        return about;
      case 'Gt':
        return about && Number(taint.value) > Number(value);
      case 'Lt':
        return about && Number(taint.value) < Number(value);
      default:
        return about && Boolean(key) && (value ?? '') === (taint.value ?? '');
    }
  });
}
