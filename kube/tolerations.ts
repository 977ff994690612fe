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
      const [own, bound] = [integerOf(taint.value ?? ''), integerOf(value)];
      return own !== undefined && bound !== undefined && (operator === 'Gt' ? own > bound : own < bound);
    }
    default:
      return false;
  }
}

/** Taints of a node that a pod does not tolerate. */
export function untolerated({ tolerations = [] }: Pick<PodSpec, 'tolerations'>, taints: readonly Taint[]): Taint[] {
  return taints.filter((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)));
}

/** Whether a taint keeps pods away; `PreferNoSchedule` only makes the scheduler look elsewhere first. */
export const isHard = ({ effect }: Taint): boolean => effect !== 'PreferNoSchedule';
