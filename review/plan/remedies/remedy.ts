import { isFieldWithin } from '../../../kube/text';
import type { Change, FieldChange, RemedyStep } from '../model';

/** How an object can get where an apply cannot take it. */
export interface Remedy {
  /** API group and kind: 'apps/StatefulSet', '/Service'; undefined for every kind. */
  readonly kinds?: readonly string[];
  /** Whether it is for the change. */
  readonly fits: (change: Change) => boolean;
  /** @param apply the command that applies the whole set */
  readonly steps: (change: Change, apply: string) => readonly RemedyStep[];
}

/** The changed fields that are one, or within one. */
export function changedWithin({ fields }: Pick<Change, 'fields'>, parent: string): readonly FieldChange[] {
  return fields.filter(({ field }) => isFieldWithin(field, parent));
}
