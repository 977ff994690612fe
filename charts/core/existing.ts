import type { IConstruct } from 'constructs';

/** An object that this app does not make. */
export interface ExistingObject {
  /** 'ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim', 'Service', ... */
  readonly kind: string;
  /** Its namespace. */
  readonly namespace: string;
  /** metadata.name. */
  readonly name: string;
}

const declared = new WeakMap<IConstruct, ExistingObject[]>();

/** Tells the checks that an object is in the cluster already, or appears there without the app. */
export function declareExisting(construct: IConstruct, ...objects: readonly ExistingObject[]): void {
  const { root } = construct.node;
  declared.set(root, [...(declared.get(root) ?? []), ...objects]);
}

export function existingObjects(root: IConstruct): readonly ExistingObject[] {
  return declared.get(root) ?? [];
}
