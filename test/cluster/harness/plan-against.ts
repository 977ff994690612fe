import { clusterSide } from '../../../review/cluster-side';
import type { PodsChange } from '../../../review/plan/model';
import type { PodEvent } from './audit';
import { planOf } from './planned';
import { NODES, type Observation } from './upgrade';
import { isFromHighest, podFacts } from './upgrade-words';

const CLUSTER = clusterSide({
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
  managedNodeGroups: [NODES],
});

/** Where a plan says something else about pods than what was seen; empty where both agree. */
export function disagreements(observation: Observation): readonly string[] {
  const { effects, objects } = planOf(observation, CLUSTER);
  const told = effects.flatMap(({ pods }) => (pods && pods.change !== 'kept' ? [pods] : []));
  const facts = podFacts(observation);
  const answers = observation.answers.filter(({ did }) => did === 'refused').map(({ manifest }) => manifest.kind);
  const planned = objects.filter(({ verdict }) => verdict === 'refused').map(({ object }) => object.kind);
  return [
    ...differs('refused', planned.sort().join(), answers.sort().join()),
    ...(told.length > 1 ? [`${told.length} changes of pods`] : []),
    ...ofPods(told[0], observation, facts),
  ];
}

const differs = (what: string, planned: unknown, seen: unknown): string[] =>
  planned === seen ? [] : [`${what}: planned ${planned}, seen ${seen}`];

function ofPods(
  told: PodsChange | undefined,
  observation: Observation,
  facts: ReturnType<typeof podFacts>,
): readonly string[] {
  const { created, deleted, ready, lowest } = facts;
  const events = observation.events.slice(observation.since);
  const moved = created.length + deleted.length > 0;
  if (!told) {
    return moved && !observation.stuck
      ? [`planned no change of pods, seen ${created.length} new and ${deleted.length} deleted`]
      : [];
  }
  const fewest = ready - ((told.of ?? 0) - (told.fewestReady ?? 0));
  switch (told.change) {
    case 'run':
      return differs('runs', true, created.length > 0);
    case 'stuck':
      return [...differs('stuck', true, observation.stuck), ...differs('fewest ready', fewest, lowest)];
    case 'added':
      return [
        ...differs('new pods', told.to! - told.of!, created.length),
        ...differs('deleted pods', 0, deleted.length),
      ];
    case 'removed':
      return [
        ...differs('new pods', 0, created.length),
        ...differs('deleted pods', told.of! - told.to!, deleted.length),
        ...order(told, events, deleted),
      ];
    case 'replaced':
      return [
        ...differs('replaced', true, created.length > 0 && deleted.length > 0),
        ...differs('fewest ready', fewest, lowest),
        ...differs('stuck', false, observation.stuck),
        // a change of the count comes before that of the pods
        ...(told.to === undefined && observation.was.pods.length === observation.is.pods.length
          ? order(told, events, deleted)
          : []),
      ];
    default:
      return [`${told.change} was not expected`];
  }
}

/** In which order the first new pod comes and the first old one goes. */
function order(
  { order: planned, fewestReady }: PodsChange,
  events: readonly PodEvent[],
  deleted: readonly string[],
): readonly string[] {
  const first = (what: PodEvent['what']) => events.findIndex((event) => event.what === what);
  const last = (what: PodEvent['what']) => events.map((event) => event.what).lastIndexOf(what);
  switch (planned) {
    case 'surge':
      return differs('a new pod first', true, first('created') < first('deleted'));
    case 'highest-first':
      return differs('the highest first', true, isFromHighest(deleted));
    case 'one-by-one':
      return fewestReady === undefined ? [] : differs('an old pod first', true, first('deleted') < first('created'));
    case 'all-at-once':
      return differs('all old ones first', true, last('deleted') < first('created'));
    default:
      return [];
  }
}
