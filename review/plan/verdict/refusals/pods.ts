import { asObject, type Loose } from '../../../../kube/loose';
import type { Refusal } from '../../model';
import { at, isEmpty, isSame, itemsOf } from '../values';
import type { Rule, Ruling, Update } from './refusal';

/** Both specs of a pod. */
interface Specs {
  readonly live: Loose;
  readonly next: Loose;
}

const refusal = (field: string, reason: string): Refusal => ({ field, reason });

/** Of a pod that exists little can change: what it runs as, for how long, and what it tolerates besides. */
function pod(update: Update): Ruling {
  const specs: Specs = {
    live: asObject(at(update.live, 'spec')),
    next: asObject(at(update.next, 'spec')),
  };
  const counted = ['containers', 'initContainers'].find(
    (key) => itemsOf(specs.live[key]).length !== itemsOf(specs.next[key]).length,
  );
  if (counted !== undefined) {
    return { refusals: [refusal(`spec.${counted}`, 'containers of a pod cannot be added or removed')] };
  }
  const deadline = deadlineOf(specs);
  if (deadline?.isLast) {
    return { refusals: [deadline.refusal] };
  }
  const refusals = [
    ...(deadline ? [deadline.refusal] : []),
    ...tolerations(specs),
    ...gates(specs),
    ...(isGated(specs) ? [...nodeSelector(specs), ...nodeAffinity(specs)] : []),
    ...(isSame(fixedPart(specs.live, specs), fixedPart(specs.next, specs))
      ? []
      : [
          refusal(
            'spec',
            'of a pod only images, the deadline, added tolerations and removed scheduling gates can change',
          ),
        ]),
  ];
  return { refusals };
}

function deadlineOf({ live, next }: Specs): { readonly refusal: Refusal; readonly isLast: boolean } | undefined {
  const [from, to] = [live.activeDeadlineSeconds, next.activeDeadlineSeconds] as (number | undefined)[];
  const field = 'spec.activeDeadlineSeconds';
  if (from !== undefined && to === undefined) {
    return { refusal: refusal(field, 'cannot be taken away'), isLast: false };
  }
  return from !== undefined && to! > from
    ? { refusal: refusal(field, 'can only become shorter'), isLast: true }
    : undefined;
}

function tolerations({ live, next }: Specs): Refusal[] {
  const bare = ({ tolerationSeconds: _, ...rest }: Loose) => rest;
  const kept = itemsOf(live.tolerations).every((old) =>
    itemsOf(next.tolerations).some((one) => isSame(bare(one), bare(old))),
  );
  return kept ? [] : [refusal('spec.tolerations', 'tolerations of a pod cannot be removed or changed')];
}

function gates({ live, next }: Specs): Refusal[] {
  const names = new Set(itemsOf(live.schedulingGates).map(({ name }) => name));
  return itemsOf(next.schedulingGates).flatMap(({ name }, index) =>
    names.has(name) ? [] : [refusal(`spec.schedulingGates[${index}].name`, 'scheduling gates can only be removed')],
  );
}

const isGated = ({ live }: Specs): boolean => itemsOf(live.schedulingGates).length > 0;

/** A pod that waits behind a gate may be narrowed to fewer nodes. */
function nodeSelector({ live, next }: Specs): Refusal[] {
  const [before, after] = [live, next].map((spec) => asObject(spec.nodeSelector)) as [Loose, Loose];
  return Object.keys(before).every((key) => before[key] === after[key])
    ? []
    : [refusal('spec.nodeSelector', 'labels can only be added')];
}

const REQUIRED = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];

function nodeAffinity({ live, next }: Specs): Refusal[] {
  const [before, after] = [live, next].map((spec) => itemsOf(at(spec, ...REQUIRED))) as [Loose[], Loose[]];
  const field = `spec.${REQUIRED.join('.')}`;
  if (before.length > 0 && before.length !== after.length) {
    return [refusal(field, 'terms cannot be added or removed')];
  }
  return before.flatMap((term, index) =>
    hasOnlyAdditions(term, after[index]!) ? [] : [refusal(`${field}[${index}]`, 'requirements can only be added')],
  );
}

function hasOnlyAdditions(before: Loose, after: Loose): boolean {
  const lists = ['matchExpressions', 'matchFields'].map((key) => [itemsOf(before[key]), itemsOf(after[key])] as const);
  const isEmpty = lists.every(([old]) => old.length === 0);
  return isEmpty
    ? lists.every(([, now]) => now.length === 0)
    : lists.every(([old, now]) => isSame(now.slice(0, old.length), old));
}

/** What of a spec must stay as it is. */
function fixedPart(spec: Loose, specs: Specs): Loose {
  const { activeDeadlineSeconds: _, tolerations: __, schedulingGates: ___, ...rest } = spec;
  const withoutImages = ['containers', 'initContainers'].map((key) => [
    key,
    itemsOf(spec[key]).map(({ image, ...container }) => container),
  ]);
  return { ...rest, ...Object.fromEntries(withoutImages), ...(isGated(specs) ? movable(spec, specs) : {}) };
}

/** What may change behind a gate, where it was judged on its own. */
function movable(spec: Loose, { live, next }: Specs): Loose {
  const [before, after] = [live, next].map((one) => at(one, 'affinity', 'nodeAffinity'));
  const { nodeAffinity: _, ...others } = asObject(spec.affinity);
  const affinity = isSame(before, after) ? spec.affinity : others;
  return { nodeSelector: undefined, affinity: affinity === others && isEmpty(others) ? undefined : affinity };
}

export const POD_RULES: Readonly<Record<string, Rule>> = { 'v1/Pod': pod };
