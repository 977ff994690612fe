import type { Device } from '../../eks/devices';
import type { LabelExpression, LabelRequirement, LabelRequirements } from '../../kube/label-requirements';
import type { Taint } from '../../kube/tolerations';

/** Nodes on which pods may run: a group of equal ones, or a pool that makes them as needed. */
export interface NodeTemplate {
  /** "managedNodeGroups[0] 'workers'". */
  readonly name: string;
  readonly kind: 'group' | 'pool';
  /** What is known of their labels, by today's keys. */
  readonly labels: LabelRequirements;
  readonly taints: readonly Taint[];
  /** Conditions under which nodes have a device; undefined when they never do. */
  readonly offers: (device: Device) => readonly LabelExpression[] | undefined;
  /** The prefix of labels that follow from the instance type, where any type may be made. */
  readonly typePrefix?: string;
}

/** Why nodes do not take pods. */
export type Mismatch =
  | {
      readonly kind: 'label';
      readonly key: string;
      readonly has: LabelRequirement;
      readonly asked: LabelExpression | undefined;
    }
  | { readonly kind: 'affinity' }
  | { readonly kind: 'taint'; readonly taint: Taint }
  | { readonly kind: 'device'; readonly device: Device };
