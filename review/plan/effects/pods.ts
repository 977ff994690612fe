import type { ObjectReference } from '../../../kube/finding';
import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { asObject } from '../../../kube/loose';
import { podTemplates } from '../../../kube/pod-templates';
import { referencesOf } from '../../../kube/references';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { type Counts, countOfNew, countsOf, podsText } from './counts';
import { nodesOfDaemon } from './daemon-nodes';
import { isUpdate, type Move, movesOf, named, type Update, workloadKey } from './moves';
import { quotasOf, type Stuck } from './quotas';
import { type Pace, paceOf } from './rollout';
import { type TemplateChange, templateChanges } from './template-change';

/** What happens to the pods of workloads that run until they are stopped. Jobs have a file of their own. */
export const pods: EffectsOf = (input) =>
  movesOf(input).flatMap((move): readonly Effect[] => {
    if (podTemplates(move.after.manifest).length === 0 || workloadKind(move.after.manifest)?.job) {
      return [];
    }
    return isUpdate(move) ? ofUpdate(input, move) : ofNew(input, move);
  });

function ofNew(input: PlanInput, { after }: Move): readonly Effect[] {
  const { manifest } = after;
  const kind = workloadKind(manifest);
  const object = referenceTo(after);
  if (manifest.kind === 'PodTemplate') {
    return [];
  }
  if (!kind || kind.perNode) {
    const what = kind ? 'pods start on every node that they may run on' : 'its pods start';
    return [
      { kind: 'pods', risk: 'notice', object, text: `${named(after)} is new: ${what}`, pods: { change: 'started' } },
    ];
  }
  const of = countOfNew(input, after);
  const stuck = quotasOf(input).stuck.get(workloadKey(after));
  if (of === 0) {
    return [];
  }
  if (manifest.kind === 'Deployment' && manifest.spec?.paused === true) {
    const text = `${named(after)} is new and paused: it has no pods until it is resumed`;
    return [{ kind: 'pods', risk: 'notice', object, text, because: ['spec.paused'] }];
  }
  const text = `${named(after)} is new: ${podsText(of)} ${of === 1 ? 'starts' : 'start'}`;
  return stuck
    ? [
        {
          ...stuckEffect(object, stuck, of, [`${named(stuck.quota)}`]),
          text: `${text}, of which the quota refuses ${of - stuck.pods}`,
        },
      ]
    : [{ kind: 'pods', risk: 'notice', object, text, pods: { change: 'started', of } }];
}

function ofUpdate(input: PlanInput, update: Update): readonly Effect[] {
  const { after } = update;
  const changes = templateChanges(update);
  const kind = workloadKind(after.manifest);
  if (changes.length === 0) {
    return [];
  }
  const because = [...changes.flatMap(({ fields }) => fields), ...configurationOf(input, changes, update)];
  const object = referenceTo(after);
  if (!kind) {
    return [ofOther(after, because)];
  }
  if (kind.perNode) {
    return [ofDaemonSet(input, update, because)];
  }
  const counts = countsOf(input, update);
  const pace = paceOf(after.manifest, counts.applied, input.versions.new);
  if (counts.before === 0 || counts.applied === 0) {
    return [];
  }
  if (!pace) {
    const text = `the running pods of ${named(after)} stay as they are: only pods that it makes from now on are as the new template says`;
    return [{ kind: 'pods', risk: 'notice', object, text, because, pods: { change: 'kept' } }];
  }
  const stuck = quotasOf(input).stuck.get(workloadKey(after));
  return [stuck ? stuckEffect(object, stuck, counts.before, because) : rolledOut(update, counts, pace, because)];
}

/** ConfigMaps and Secrets that the new template names and the old one does not: a new name is new content. */
function configurationOf(
  { after }: PlanInput,
  changes: readonly TemplateChange[],
  { before, after: now }: Update,
): string[] {
  if (!changes.some(({ after: next }) => next.spec)) {
    return [];
  }
  const names = ({ manifest }: InventoryObject) =>
    referencesOf(manifest).flatMap(({ kind, name }) =>
      kind === 'ConfigMap' || kind === 'Secret' ? [`${kind} '${now.namespace}/${name}'`] : [],
    );
  const old = new Set(names(before));
  const added = [...new Set(names(now))].filter((one) => !old.has(one));
  return after.complete ? added : [];
}

function rolledOut({ after }: Update, counts: Counts, pace: Pace, because: readonly string[]): Effect {
  const { before: of, applied, scaledBefore } = counts;
  const isScaled = scaledBefore !== undefined && scaledBefore.max > scaledBefore.min;
  const isOne = of === 1 && !isScaled;
  const all = isOne
    ? `the only pod of ${named(after)}`
    : isScaled
      ? `the pods of ${named(after)} (${of} or more)`
      : `the ${podsText(of)} of ${named(after)}`;
  const base = { kind: 'pods', object: referenceTo(after), because } as const;
  if (pace.waits !== undefined || pace.replaced === 0) {
    const why = pace.waits ?? 'its partition keeps the old revision';
    return {
      ...base,
      risk: 'notice',
      text: `${all} ${isOne ? 'stays' : 'stay'} for now: ${why}`,
      pods: { change: 'kept', order: pace.order, fewestReady: of, of },
    };
  }
  // what of them is replaced cannot be missing more than once
  const fewestReady = Math.max(Math.min(of, applied - Math.min(pace.unavailable, pace.replaced)), 0);
  const which =
    pace.replaced < applied
      ? `${podsText(pace.replaced)} of ${named(after)}, from the partition on, ${pace.replaced === 1 ? 'is' : 'are'}`
      : `${all} ${isOne ? 'is' : 'are'}`;
  const { minReadySeconds } = after.manifest.spec ?? {};
  const settles =
    typeof minReadySeconds === 'number' && minReadySeconds > 0
      ? `; each counts once it is ready for ${minReadySeconds} s`
      : '';
  const stops = pace.stops === undefined ? '' : `; ${pace.stops}`;
  return {
    ...base,
    risk: fewestReady === 0 ? 'danger' : 'notice',
    text: `${which} replaced${howText(pace, applied)}: ${leftText(fewestReady, of)}${settles}${stops}`,
    pods: { change: 'replaced', order: pace.order, fewestReady, of },
  };
}

function leftText(fewestReady: number, of: number): string {
  return fewestReady === 0
    ? 'none is ready in between'
    : fewestReady >= of
      ? 'none is missing'
      : `at least ${fewestReady} of ${of} ${fewestReady === 1 ? 'stays' : 'stay'} ready`;
}

function howText({ order, surge, unavailable }: Pace, count: number): string {
  if (order === 'surge') {
    return ` with up to ${surge} more at a time`;
  }
  if (count === 1) {
    return '';
  }
  const many = unavailable > 1 ? ` ${unavailable} at a time` : ' one by one';
  return order === 'all-at-once' ? ' all at once' : order === 'highest-first' ? `${many}, the highest first` : many;
}

function stuckEffect(
  object: ObjectReference,
  { quota, resource, pods: left, updated }: Stuck,
  of: number,
  because: readonly string[],
): Effect {
  const fewestReady = Math.min(left, of);
  const rest =
    fewestReady < of
      ? `${of - fewestReady} of ${of} ${of - fewestReady === 1 ? 'stays' : 'stay'} missing`
      : `the ${podsText(of - updated)} of the old revision stay`;
  return {
    kind: 'pods',
    risk: 'danger',
    object,
    text: `the rollout does not end: ${named(quota)} refuses new pods for ${resource}, and ${rest}`,
    because: [...because, named(quota)],
    pods: { change: 'stuck', fewestReady, of },
  };
}

function ofDaemonSet(input: PlanInput, { after }: Update, because: readonly string[]): Effect {
  const { manifest } = after;
  const pod = podTemplates(manifest)[0]?.template.spec;
  const of = pod && nodesOfDaemon(input.clusters.new, pod);
  const pace = paceOf(manifest, of, input.versions.new)!;
  const { maxUnavailable, maxSurge } = asObject(asObject(manifest.spec?.updateStrategy).rollingUpdate);
  const share = [maxSurge, maxUnavailable].find((value) => typeof value === 'string' && value !== '0%');
  const most = Math.max(pace.surge, pace.unavailable);
  const nodes = most === 1 ? 'one node at a time' : `${most} nodes at a time`;
  const how = of === undefined && share !== undefined ? `${share} of the nodes at a time` : nodes;
  const first = pace.surge > 0 ? ', the new pod first: none is missing' : '';
  const told = of === undefined ? {} : { fewestReady: Math.max(of - (pace.surge > 0 ? 0 : pace.unavailable), 0), of };
  const waits = pace.waits !== undefined;
  return {
    kind: 'pods',
    risk: 'notice',
    object: referenceTo(after),
    text: waits
      ? `the pods of ${named(after)} stay for now: ${pace.waits}`
      : `the pods of ${named(after)} are replaced, ${how}${first}`,
    because,
    pods: { change: waits ? 'kept' : 'replaced', order: pace.order, ...(waits ? {} : told) },
  };
}

/** Kinds whose controller is not of Kubernetes, and single pods. */
function ofOther(after: InventoryObject, because: readonly string[]): Effect {
  const { kind } = after.manifest;
  const text =
    kind === 'Pod'
      ? `${named(after)} goes on: the kubelet restarts the containers that changed`
      : kind === 'PodTemplate'
        ? `pods that are made of ${named(after)} from now on are as it says`
        : `the controller of ${named(after)} decides when it replaces its pods`;
  return { kind: 'pods', risk: 'notice', object: referenceTo(after), text, because };
}
