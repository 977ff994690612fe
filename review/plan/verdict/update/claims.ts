import { isObject, type Loose } from '../../../../kube/loose';
import { isEmpty } from '../values';

const COPIED: ReadonlySet<string> = new Set(['apiGroup', 'kind', 'name']);

/**
 * Where a claim of old clients says what it is filled from (dataSource), and where one of new ones does (dataSourceRef): both
 * say the same. Sources in other namespaces are behind a feature gate.
 *
 * @param wasFilled whether the claim exists and is filled from something: then nothing is dropped
 */
export function claimSources(spec: Loose, wasFilled: boolean): Loose {
  const { dataSource, dataSourceRef, ...rest } = spec;
  const isHere = isObject(dataSourceRef) && (wasFilled || isEmpty(dataSourceRef.namespace));
  const also = isHere ? dataSourceRef : undefined;
  const isKept = wasFilled || also !== undefined || (isObject(dataSource) && isOldSource(dataSource));
  const from = isObject(dataSource) && isKept ? dataSource : undefined;
  if (from === undefined && also === undefined) {
    return rest;
  }
  return { ...rest, dataSource: from ?? copied(also!), dataSourceRef: also ?? copied(from!) };
}

/** Old clients name claims and snapshots; anything else is dropped silently. */
function isOldSource({ apiGroup, kind }: Loose): boolean {
  return isEmpty(apiGroup)
    ? kind === 'PersistentVolumeClaim'
    : kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}

const copied = (source: Loose): Loose => Object.fromEntries(Object.entries(source).filter(([key]) => COPIED.has(key)));
