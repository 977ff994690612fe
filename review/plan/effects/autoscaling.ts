import { isAutoscaler, type ReplicaBounds, replicaBoundsOf, scaleTargetOf } from '../../../kube/autoscalers';
import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { autoscalers } from '../../replicas';
import type { Effect, EffectsOf, PlanInput, PodsChange } from '../model';
import { countOfOld, countUnder, podsText } from './counts';
import { fieldsBelow, isSame, isUpdate, movesOf, movesOfKind, named, type Update } from './moves';

/** Who decides on the number of pods, and between which numbers. */
export const autoscaling: EffectsOf = (input) =>
  movesOf(input).flatMap((move): readonly Effect[] =>
    !isAutoscaler(move.after.manifest) ? [] : isUpdate(move) ? ofUpdate(input, move) : ofNew(input, move.after),
  );

function ofNew(input: PlanInput, object: InventoryObject): readonly Effect[] {
  const target = targetOf(object);
  const bounds = boundsOf(object);
  if (!target || !bounds) {
    return [];
  }
  const isOld = autoscalers(input.old).scaling(object.namespace, target) !== undefined;
  const among = isOld ? ', beside another one: both decide' : '';
  return [
    {
      kind: 'scale',
      risk: isOld ? 'danger' : 'notice',
      object: referenceTo(object),
      text: `from now on ${named(object)} keeps ${target.title} between ${bounds.min} and ${podsText(bounds.max)}${among}`,
      ...podsOf(input, object, bounds),
    },
  ];
}

function ofUpdate(input: PlanInput, { before, after, change }: Update): readonly Effect[] {
  const [old, now] = [boundsOf(before), boundsOf(after)];
  const [was, is] = [targetOf(before), targetOf(after)];
  if (!old || !now || !was || !is || isSame(before.manifest.spec, after.manifest.spec)) {
    return [];
  }
  const object = referenceTo(after);
  const pods = podsOf(input, after, now);
  if (was.title !== is.title) {
    const text = `${named(after)} scales ${is.title} from now on, and ${was.title} no longer`;
    return [
      { kind: 'scale', risk: 'notice', object, text, because: fieldsBelow(change, 'spec.scaleTargetRef'), ...pods },
    ];
  }
  const parts = [
    old.min === now.min ? '' : `at least ${now.min} instead of ${old.min}`,
    old.max === now.max ? '' : `at most ${now.max} instead of ${old.max}`,
  ].filter((part) => part !== '');
  if (parts.length === 0) {
    const text = `${named(after)} decides otherwise on the pods of ${is.title}`;
    return [{ kind: 'scale', risk: 'notice', object, text, because: fieldsBelow(change, 'spec') }];
  }
  const because = change.fields.flatMap(({ field }) => (/replica/i.test(field) ? [field] : []));
  const text = `${named(after)} allows ${is.title} ${parts.join(' and ')} ${Math.max(now.min, now.max) === 1 ? 'pod' : 'pods'}`;
  return [{ kind: 'scale', risk: 'notice', object, text, ...(because.length > 0 ? { because } : {}), ...pods }];
}

/** Pods that a workload gets or loses, where its autoscaler changes and it does not itself. */
function podsOf(input: PlanInput, object: InventoryObject, bounds: ReplicaBounds): { readonly pods?: PodsChange } {
  const { kind, name } = scaleTargetOf(object.manifest)!;
  const isTarget = ({ manifest, namespace }: InventoryObject) =>
    manifest.kind === kind && manifest.metadata.name === name && namespace === object.namespace;
  const workload = input.after.inNamespace(object.namespace).find(isTarget);
  if (!workload || movesOfKind(input, kind).some(({ after }) => isTarget(after))) {
    return {};
  }
  const of = countOfOld(input, workload);
  const to = countUnder(input, workload, bounds);
  return of === to ? {} : { pods: { change: to > of ? 'added' : 'removed', fewestReady: Math.min(of, to), of, to } };
}

/** What an autoscaler scales; undefined where it does not say. */
function targetOf({ manifest, namespace }: InventoryObject) {
  const target = scaleTargetOf(manifest);
  return (
    target && {
      kind: target.kind,
      name: target.name,
      title: `${target.kind} '${namespace}/${target.name}'`,
    }
  );
}

function boundsOf({ manifest }: InventoryObject): ReplicaBounds | undefined {
  const target = scaleTargetOf(manifest);
  return target && replicaBoundsOf([manifest]).named(target.kind, target.name);
}
