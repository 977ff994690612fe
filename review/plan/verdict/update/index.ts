import type { Manifest } from '../../../../kube/objects';
import { at, isEmpty, isFields } from '../values';
import { claimSources } from './claims';
import { serviceUpdate } from './services';

/** What the API server makes of a merged object before it judges it, by kind. */
const UPDATES: Readonly<Record<string, (live: Manifest, next: Manifest) => Manifest>> = {
  // the finalizers of a namespace are those of its content
  'v1/Namespace': (live, next) => ({ ...next, ...(live.spec ? { spec: live.spec } : {}) }),
  'v1/PersistentVolumeClaim': (live, next) => {
    const wasFilled = isFields(at(live, 'spec', 'dataSourceRef'));
    return isFields(next.spec) ? { ...next, spec: claimSources(next.spec, wasFilled) } : next;
  },
  'v1/Secret': (live, next) => (isEmpty(at(next, 'type')) ? ({ ...next, type: at(live, 'type') } as Manifest) : next),
  'v1/Service': serviceUpdate,
};

export function updateOf(live: Manifest, next: Manifest): Manifest {
  const update = UPDATES[`${next.apiVersion}/${next.kind}`];
  return update && isFields(next) ? update(live, next) : next;
}
