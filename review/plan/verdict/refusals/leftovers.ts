import type { Refusal } from '../../model';
import { at, itemsOf } from '../values';
import type { Update } from './refusal';

/** Where a kind keeps the spec of its pods. */
const PLACES: Readonly<Record<string, string>> = {
  CronJob: 'spec.jobTemplate.spec.template.spec',
  DaemonSet: 'spec.template.spec',
  Deployment: 'spec.template.spec',
  Job: 'spec.template.spec',
  Pod: 'spec',
  PodTemplate: 'template.spec',
  ReplicaSet: 'spec.template.spec',
  ReplicationController: 'spec.template.spec',
  StatefulSet: 'spec.template.spec',
};

/** Spread constraints of one topologyKey are merged into the first, which can then say what does not go together. */
export function leftoversOf({ next }: Update): Refusal[] {
  const place = PLACES[next.kind];
  const constraints = place === undefined ? [] : itemsOf(at(next, ...place.split('.'), 'topologySpreadConstraints'));
  return constraints.flatMap(({ minDomains, whenUnsatisfiable }, index) =>
    minDomains !== undefined && whenUnsatisfiable === 'ScheduleAnyway'
      ? [{ field: `${place}.topologySpreadConstraints[${index}].minDomains`, reason: 'only goes with DoNotSchedule' }]
      : [],
  );
}
