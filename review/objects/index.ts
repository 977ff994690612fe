import type { ManifestError } from '../../charts/core/errors';
import type { ExistingObject } from '../../charts/core/existing';
import type { Placed } from '../../kube/objects';
import { applyOrder } from './apply-order';
import { duplicates, sameNames } from './duplicates';
import { danglingReferences } from './references';
import { overlappingSelectors } from './selectors';

export type { Placed } from '../../kube/objects';

/** What only the whole set can tell: all findings, not the first. */
export function checkManifests(all: readonly Placed[], existing: readonly ExistingObject[]): ManifestError[] {
  const applied = all.filter(({ file }) => !file.includes('/'));
  const twice = duplicates(applied);
  // two objects of one name would be reported once more for everything that they share
  const overlaps = twice.length > 0 ? [] : [...sameNames(applied), ...overlappingSelectors(applied)];
  return [...twice, ...overlaps, ...danglingReferences(applied, existing), ...applyOrder(applied)];
}
