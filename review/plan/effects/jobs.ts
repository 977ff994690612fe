import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { NAME_LABEL } from '../../../kube/labels';
import { asObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { isSetAtRunTime } from '../../../kube/runtime-labels';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { fieldsBelow, isSame, isUpdate, leftBehind, type Move, movesOf, named, type Update } from './moves';
import { templateChanges } from './template-change';

/** Work that runs once more, or otherwise the next time. */
export const jobs: EffectsOf = (input) =>
  movesOf(input).flatMap((move): readonly Effect[] => {
    const { manifest } = move.after;
    if (!workloadKind(manifest)?.job) {
      return [];
    }
    switch (manifest.kind) {
      case 'Job':
        return isUpdate(move) ? ofJob(move) : [ofNewJob(input, move)];
      case 'CronJob':
        return isUpdate(move) ? ofCronJob(move) : [ofNewCronJob(move)];
      case 'ScaledJob':
        return isUpdate(move) ? ofScaledJob(move) : [ofNewScaledJob(move)];
      default:
        return [];
    }
  });

function ofNewJob(input: PlanInput, { after }: Move): Effect {
  const before = leftBehind(input).find(
    ({ manifest, namespace }) =>
      manifest.kind === 'Job' && namespace === after.namespace && nameLabel(manifest) === nameLabel(after.manifest),
  );
  const isOther = before && nameLabel(after.manifest) !== undefined;
  const object = referenceTo(after);
  if (after.manifest.spec?.suspend === true) {
    const text = `${named(after)} is new and suspended: it runs once somebody resumes it`;
    return { kind: 'job', risk: 'notice', object, text, because: ['spec.suspend'] };
  }
  return {
    kind: 'job',
    risk: 'notice',
    object,
    text: isOther ? `the work of ${named(before)} runs once more, as ${named(after)}` : `${named(after)} runs once`,
    ...(isOther ? { because: changedIn(before, after) } : {}),
    pods: { change: 'run' },
  };
}

/** What of the spec tells two Jobs apart: of the pods by the first keys. */
function changedIn({ manifest: before }: InventoryObject, { manifest: after }: InventoryObject): readonly string[] {
  const parts = (manifest: Manifest) => {
    const template = asObject(manifest.spec?.template);
    const metadata = asObject(template.metadata);
    const { template: _, ...spec } = manifest.spec ?? {};
    return {
      spec,
      'spec.template.metadata': { ...metadata, labels: ownLabels(metadata.labels) },
      'spec.template.spec': asObject(template.spec),
    };
  };
  const [old, now] = [parts(before), parts(after)];
  return Object.entries(now).flatMap(([at, fields]) => {
    const was: Readonly<Record<string, unknown>> = old[at as keyof typeof old];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(fields)])];
    return keys.filter((key) => !isSame(was[key], asObject(fields)[key])).map((key) => `${at}.${key}`);
  });
}

/** Without those that the API server adds, in which the name of the Job stands. */
const ownLabels = (labels: unknown): object =>
  Object.fromEntries(Object.entries(asObject(labels)).filter(([key]) => !isSetAtRunTime(key)));

function nameLabel({ metadata }: { readonly metadata: { readonly labels?: Readonly<Record<string, string>> } }) {
  return metadata.labels?.[NAME_LABEL];
}

function ofJob(update: Update): readonly Effect[] {
  const { before, after, change } = update;
  const object = referenceTo(after);
  const [was, is] = [before, after].map(({ manifest }) => manifest.spec ?? {});
  if (was!.suspend !== is!.suspend) {
    const resumed = is!.suspend !== true;
    return [
      {
        kind: 'job',
        risk: resumed ? 'notice' : 'danger',
        object,
        text: resumed
          ? `${named(after)} is resumed: its pods start`
          : `${named(after)} is suspended: its running pods are deleted`,
        because: fieldsBelow(change, 'spec.suspend'),
        pods: { change: resumed ? 'run' : 'removed' },
      },
    ];
  }
  if (was!.parallelism !== is!.parallelism) {
    const text = `while ${named(after)} runs, it has ${is!.parallelism} pods at a time instead of ${was!.parallelism}`;
    return [{ kind: 'job', risk: 'notice', object, text, because: fieldsBelow(change, 'spec.parallelism') }];
  }
  return [];
}

function ofNewCronJob({ after }: Move): Effect {
  const { schedule, suspend } = after.manifest.spec ?? {};
  const when = suspend === true ? 'is suspended' : `runs at '${schedule}'`;
  return { kind: 'job', risk: 'notice', object: referenceTo(after), text: `${named(after)} is new: it ${when}` };
}

function ofCronJob(update: Update): readonly Effect[] {
  const { before, after, change } = update;
  const object = referenceTo(after);
  const [was, is] = [before, after].map(({ manifest }) => manifest.spec ?? {});
  const found: Effect[] = [];
  const tell = (field: string, text: string) =>
    found.push({ kind: 'job', risk: 'notice', object, text, because: fieldsBelow(change, field) });
  if ((was!.suspend === true) !== (is!.suspend === true)) {
    tell(
      'spec.suspend',
      is!.suspend === true
        ? `${named(after)} no longer runs: it is suspended`
        : `${named(after)} runs again at '${is!.schedule}'`,
    );
  }
  if (was!.schedule !== is!.schedule || was!.timeZone !== is!.timeZone) {
    const at = (spec: Readonly<Record<string, unknown>>) =>
      `'${spec.schedule}'${spec.timeZone ? ` of ${spec.timeZone}` : ''}`;
    tell('spec.schedule', `${named(after)} runs at ${at(is!)} instead of ${at(was!)}`);
  }
  if (!isSame(was!.jobTemplate, is!.jobTemplate)) {
    tell('spec.jobTemplate', `the next run of ${named(after)} has the change; a run that goes on keeps the old one`);
  }
  return found;
}

function ofNewScaledJob({ after }: Move): Effect {
  const { maxReplicaCount = 100 } = after.manifest.spec ?? {};
  const text = `${named(after)} is new: KEDA makes up to ${maxReplicaCount} Jobs as its triggers ask for them`;
  return { kind: 'job', risk: 'notice', object: referenceTo(after), text };
}

/** @see https://keda.sh/docs/latest/reference/scaledjob-spec/ */
function ofScaledJob(update: Update): readonly Effect[] {
  const { after } = update;
  const changes = templateChanges(update);
  const { rollout, rolloutStrategy } = after.manifest.spec ?? {};
  const gradual = (asObject(rollout).strategy ?? rolloutStrategy) === 'gradual';
  // KEDA deletes Jobs at any change of the spec
  if (isSame(update.before.manifest.spec, after.manifest.spec)) {
    return [];
  }
  const because = changes.length > 0 ? changes.flatMap(({ fields }) => fields) : fieldsBelow(update.change, 'spec');
  return [
    {
      kind: 'job',
      risk: gradual ? 'notice' : 'danger',
      object: referenceTo(after),
      text: gradual
        ? `the next Jobs of ${named(after)} have the change; those that run go on`
        : `KEDA deletes the running Jobs of ${named(after)}, and makes new ones with the change`,
      because,
      ...(gradual
        ? {}
        : {
            remedy: [
              {
                text: "to let running Jobs end, write `rollout: { strategy: 'gradual' }` in the spec of the ScaledJob",
              },
            ],
          }),
    },
  ];
}
