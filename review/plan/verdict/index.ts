import type { Manifest } from '../../../kube/objects';
import { type StoredType, storedKind } from '../../../kube/stored/types';
import type { Change, Refusal } from '../model';
import { changesOf } from './fields';
import { merged } from './merge';
import { MissingKeyError } from './merge-lists';
import { createdObject, storedObject } from './objects';
import { rulingOf } from './refusals';
import { updateOf } from './update';
import { isSame } from './values';
import { inVersion } from './versions';

/** What an apply over an existing object comes to. */
export type Applied = Required<Pick<Change, 'verdict' | 'live' | 'next' | 'fields' | 'refusals'>> &
  Pick<Change, 'condition'>;

/** What the API server of a version holds of an object that is applied for the first time. */
export function created(manifest: Manifest, version: string): Manifest {
  return createdObject(manifest, version);
}

/** What an apply of `next` does, where `old` was applied before: as `kubectl apply` does it, by a patch from three sides. */
export function applied(old: Manifest, next: Manifest, version: string): Applied {
  const was = inVersion(old, next.apiVersion);
  const live = created(was, version);
  if (isSame(was, next)) {
    return { verdict: 'unchanged', live, next: live, fields: [], refusals: [] };
  }
  const type = storedKind(next.apiVersion, next.kind);
  const result = mergedObject(was, next, live, type);
  if (result instanceof MissingKeyError) {
    return { verdict: 'refused', live, next: live, fields: [], refusals: [unmerged(result)] };
  }
  const after = updateOf(live, storedObject(result, version));
  const fields = changesOf(live, after, type);
  if (fields.length === 0) {
    return { verdict: 'unchanged', live, next: live, fields, refusals: [] };
  }
  const { refusals, condition } = rulingOf({ live, next: after, version });
  const told = condition === undefined ? {} : { condition };
  if (refusals.length > 0) {
    return { verdict: 'refused', live, next: live, fields, refusals, ...told };
  }
  return { verdict: condition === undefined ? 'updated' : 'depends', live, next: after, fields, refusals, ...told };
}

function mergedObject(
  old: Manifest,
  next: Manifest,
  live: Manifest,
  type: StoredType | undefined,
): Manifest | MissingKeyError {
  try {
    return merged(old, next, live, type) as Manifest;
  } catch (e) {
    if (e instanceof MissingKeyError) {
      return e;
    }
    throw e;
  }
}

const unmerged = ({ key }: MissingKeyError): Refusal => ({
  field: key,
  reason: 'kubectl merges lists by it, and an item lacks it',
});
