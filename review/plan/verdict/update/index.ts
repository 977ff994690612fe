import { isObject } from '../../../../kube/loose';
import type { Manifest } from '../../../../kube/objects';
import { at, isEmpty } from '../values';
import { claimSources } from './claims';
import { serviceUpdate } from './services';

/** What the API server makes of a merged object before it judges it, by kind. */
const UPDATES: Readonly<Record<string, (live: Manifest, next: Manifest) => Manifest>> = {
  // the finalizers of a namespace are those of its content
  'v1/Namespace': (live, next) => ({ ...next, ...(live.spec ? { spec: live.spec } : {}) }),
  'v1/PersistentVolumeClaim': (live, next) => {
    const wasFilled = isObject(at(live, 'spec', 'dataSourceRef'));
    return isObject(next.spec) ? { ...next, spec: claimSources(next.spec, wasFilled) } : next;
  },
  'v1/Secret': (live, next) => (isEmpty(at(next, 'type')) ? ({ ...next, type: at(live, 'type') } as Manifest) : next),
  'v1/Service': serviceUpdate,
};

export function updateOf(live: Manifest, next: Manifest): Manifest {
  const update = UPDATES[`${next.apiVersion}/${next.kind}`];
  return update && isObject(next) ? update(live, next) : next;
}
