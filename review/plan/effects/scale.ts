import { referenceTo } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { autoscalers } from '../../replicas';
import { kubectlName } from '../kubectl';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { type Counts, countsOf, podsText } from './counts';
import { fieldsBelow, isUpdate, movesOf, named, type Update, workloadKey } from './moves';
import { quotasOf } from './quotas';
import { isTemplateChanged } from './template-change';

/** More or fewer pods, by the count that a workload has of its own. */
export const scale: EffectsOf = (input) =>
  movesOf(input).flatMap((move): readonly Effect[] =>
    isUpdate(move) && workloadKind(move.after.manifest)?.scaled ? ofWorkload(input, move) : [],
  );

function ofWorkload(input: PlanInput, update: Update): readonly Effect[] {
  const counts = countsOf(input, update);
  const { before, applied, after, scaledBefore, scaledAfter, forgets } = counts;
  if (forgets && applied < before && applied < after) {
    return [ofDip(input, update, counts)];
  }
  const handedBack =
    scaledBefore && update.change.new?.manifest.spec?.replicas !== undefined ? [ofFixed(input, update)] : [];
  // where the autoscaler alone decides, its own change tells
  const isFixed = !(scaledBefore && scaledAfter) || update.change.new?.manifest.spec?.replicas !== undefined;
  return before === after || !isFixed ? handedBack : [...handedBack, ofCount(input, update, counts)];
}

/** The API server puts 1 where the field is taken away, and an autoscaler raises it a moment later. */
function ofDip({ apply }: PlanInput, { after, change }: Update, { before, after: end }: Counts): Effect {
  const object = referenceTo(after);
  return {
    kind: 'scale',
    risk: 'danger',
    object,
    text: `${named(after)} falls to 1 pod, then its autoscaler brings it to ${end}: an apply that takes \`replicas\` away sets it to 1`,
    because: fieldsBelow(change, 'spec.replicas'),
    pods: { change: 'replaced', order: 'all-at-once', fewestReady: 1, of: before, to: end },
    remedy: [
      {
        text: 'before the apply, delete the line `replicas` in the editor that opens: kubectl forgets that it set the field, and nothing changes',
        command: `kubectl apply edit-last-applied ${kubectlName(object)}`,
      },
      { text: 'then apply', command: apply },
    ],
  };
}

function ofCount(input: PlanInput, update: Update, { before, after: end, applied, forgets }: Counts): Effect {
  const { after, change } = update;
  const stuck = isTemplateChanged(update) ? undefined : quotasOf(input).stuck.get(workloadKey(after));
  const fewer = end < before;
  const order = after.manifest.kind === 'StatefulSet' && fewer ? ', the highest first' : '';
  const why = forgets && applied === 1 ? ': without `replicas` the API server sets it to 1' : '';
  const refused = stuck ? `, of which ${named(stuck.quota)} refuses ${end - stuck.pods} for ${stuck.resource}` : '';
  return {
    kind: 'scale',
    risk: (forgets && fewer) || stuck || end === 0 ? 'danger' : 'notice',
    object: referenceTo(after),
    text: `${named(after)} goes from ${before} to ${podsText(end)}${order}${why}${refused}`,
    because: fieldsBelow(change, 'spec.replicas'),
    // a rollout in the same apply tells of its pods
    ...(isTemplateChanged(update)
      ? {}
      : {
          pods: {
            change: stuck ? ('stuck' as const) : fewer ? ('removed' as const) : ('added' as const),
            ...(order === '' ? {} : { order: 'highest-first' as const }),
            fewestReady: Math.min(before, end),
            of: before,
            to: end,
          },
        }),
  };
}

/** A fixed count under an autoscaler is written at each apply, and changed again after it. */
function ofFixed(input: PlanInput, { after, change }: Update): Effect {
  const count = podsText(Number(after.manifest.spec?.replicas));
  const left = autoscalers(input.after).of(after)?.object;
  const both = left ? `, and ${named(left)} changes it again: delete it` : '';
  return {
    kind: 'scale',
    risk: 'notice',
    object: referenceTo(after),
    text: `${named(after)} gets a fixed count: each apply sets it to ${count}, however many its autoscaler had chosen${both}`,
    because: fieldsBelow(change, 'spec.replicas'),
  };
}
