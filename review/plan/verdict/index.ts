import { canonical } from '../../../kube/canonical';
import type { Manifest } from '../../../kube/objects';
import type { Change } from '../model';

/** What an apply over an existing object comes to. */
export type Applied = Required<Pick<Change, 'verdict' | 'live' | 'next' | 'fields' | 'refusals'>> &
  Pick<Change, 'condition'>;

/** What the API server of a version holds of an object that is applied for the first time. */
export function created(manifest: Manifest, _version: string): Manifest {
  return canonical(manifest) ?? manifest;
}

/** What an apply of `next` does, where `old` was applied before. */
export function applied(old: Manifest, next: Manifest, version: string): Applied {
  const live = created(old, version);
  const after = created(next, version);
  const isSame = JSON.stringify(live) === JSON.stringify(after);
  return { verdict: isSame ? 'unchanged' : 'updated', live, next: after, fields: [], refusals: [] };
}
