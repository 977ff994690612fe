import type { PodSpec, Toleration } from '../imports/kubernetes';
import { integerOf } from './label-requirements';

/** A taint of a node. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Whether a toleration covers a taint, as the scheduler compares them. */
export function tolerates({ key, operator, value = '', effect }: Toleration, taint: Taint): boolean {
  if ((effect && effect !== taint.effect) || (key && key !== taint.key)) {
    return false;
  }
  switch (operator || 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      // without a key only Exists is valid
      return Boolean(key) && value === (taint.value ?? '');
    case 'Gt':
    case 'Lt': {
      // alpha since Kubernetes 1.35: EKS, which enables no alpha feature, refuses such a pod
      const [own, bound] = [canonicalInteger(taint.value ?? ''), canonicalInteger(value)];
      return own !== undefined && bound !== undefined && (operator === 'Gt' ? own > bound : own < bound);
    }
    default:
      return false;
  }
}

/** Tolerations compare integers without a plus sign and without leading zeros only. */
function canonicalInteger(value: string): number | undefined {
  const integer = integerOf(value);
  return String(integer) === value ? integer : undefined;
}

/** Taints of a node that a pod does not tolerate. */
export function untolerated({ tolerations = [] }: Pick<PodSpec, 'tolerations'>, taints: readonly Taint[]): Taint[] {
  return taints.filter((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)));
}

/** Whether a taint keeps pods away; `PreferNoSchedule` only makes the scheduler look elsewhere first. */
export const isHard = ({ effect }: Taint): boolean => effect !== 'PreferNoSchedule';
