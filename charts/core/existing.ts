import type { IConstruct } from 'constructs';
import type { ExistingObject } from '../../review/rule';

const declared = new WeakMap<IConstruct, ExistingObject[]>();

/** Tells the checks that an object is in the cluster already, or appears there without the app. */
export function declareExisting(construct: IConstruct, ...objects: readonly ExistingObject[]): void {
  const { root } = construct.node;
  declared.set(root, [...(declared.get(root) ?? []), ...objects]);
}

export function existingObjects(root: IConstruct): readonly ExistingObject[] {
  return declared.get(root) ?? [];
}
