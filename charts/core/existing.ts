import type { IConstruct } from 'constructs';
import type { ExistingObject } from '../../review/rule';
import { AppSlot } from './app-state';

const declared = new AppSlot<ExistingObject[]>('existing', () => []);

/** Tells the checks that an object is in the cluster already, or appears there without the app. */
export function declareExisting(construct: IConstruct, ...objects: readonly ExistingObject[]): void {
  declared.of(construct).push(...objects);
}

export function existingObjects(root: IConstruct): readonly ExistingObject[] {
  return declared.of(root);
}
