import type { ObjectReference } from '../../kube/finding';
import type { Effect, ObjectPlan, Plan, PodsChange } from '../../review/plan/model';

/** What a plan says of an edit, in the words of docs/upgrade-table.md. */
export interface PlanWords {
  readonly apply: string;
  readonly pods: string;
  readonly left: string;
}

/** @param old the objects before the edit */
export function planWords({ objects, effects }: Plan, old: readonly Pick<ObjectReference, 'kind'>[]): PlanWords {
  return {
    apply: applyWords(objects),
    pods: [podWords(effects, old), ...serviceWords(effects), ...laterWords(effects)].join('; '),
    left: kindsText([...leftIn(objects), ...claimsLeft(effects)]),
  };
}

const withVerdict = (objects: readonly ObjectPlan[], ...verdicts: readonly ObjectPlan['verdict'][]) =>
  objects.filter(({ verdict }) => verdicts.includes(verdict));

/** What stays in the cluster: of a rename the old object. */
const leftIn = (objects: readonly ObjectPlan[]) =>
  objects.flatMap(({ object, verdict, was }) => (verdict === 'left-behind' ? [object] : was ? [was] : []));

/** Kinds, or in one word what a tenant or a workload is made of. */
export function kindsText(objects: readonly { readonly kind: string }[]): string {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort();
  return kinds.includes('Namespace')
    ? 'the tenant'
    : kinds.includes('ServiceAccount')
      ? 'the workload'
      : kinds.join(', ');
}

function applyWords(objects: readonly ObjectPlan[]): string {
  const updated = withVerdict(objects, 'updated', 'depends');
  const inLabelsOnly = updated.filter(({ fields }) => fields.every(({ field }) => field.startsWith('metadata.')));
  const changed = updated.filter((one) => !inLabelsOnly.includes(one)).map(({ object }) => object);
  const created = withVerdict(objects, 'created', 'renamed').map(({ object }) => object);
  const phrases = [
    ...withVerdict(objects, 'refused').map(
      ({ object, refusals }) =>
        `**refuses** the ${object.kind}: ${refusals.map(({ field, reason }) => `\`${field}\`: ${reason}`).join(', ')}`,
    ),
    created.length > 0 ? `creates ${kindsText(created)}` : '',
    changed.length > 0 ? `changes ${kindsText(changed)}` : '',
    inLabelsOnly.length > 0
      ? changed.length > 0
        ? 'labels of others'
        : `labels of ${kindsText(inLabelsOnly.map(({ object }) => object))}`
      : '',
  ];
  return phrases.filter((phrase) => phrase !== '').join('; ') || 'changes nothing';
}

/** What happens to pods, in the order in which one thing hides another. */
function podWords(effects: readonly Effect[], old: readonly Pick<ObjectReference, 'kind'>[]): string {
  const all = effects.flatMap(({ pods, kind, text }) => (pods ? [{ ...pods, kind, text }] : []));
  const with_ = (change: PodsChange['change']) => all.find((one) => one.change === change);
  if (with_('run')) {
    return 'runs once more';
  }
  const stuck = with_('stuck');
  if (stuck) {
    return stuck.fewestReady! < stuck.of!
      ? '**one is missing**: the quota refuses the new one'
      : 'kept: **the quota refuses new ones**';
  }
  const replaced = with_('replaced');
  if (replaced?.to !== undefined) {
    return `**fall to ${replaced.fewestReady}**, then back to ${replaced.to}`;
  }
  if (replaced) {
    return replacedWords(replaced);
  }
  const removed = with_('removed');
  if (removed) {
    return `fewer${orderWords(removed)}`;
  }
  if (with_('added')) {
    return 'kept, more are added';
  }
  if (with_('started')) {
    return 'kept, others beside them';
  }
  const kinds = old
    .map(({ kind }) => kind)
    .filter((kind) => /^(?:Deployment|StatefulSet|DaemonSet|Job|CronJob)$/.test(kind));
  return kinds.length > 0 && kinds.every((kind) => kind === 'Job') ? 'does not run again' : 'kept';
}

function replacedWords(pods: PodsChange): string {
  const { fewestReady, of } = pods;
  // of the pods on each node where the nodes are not known
  const missing = of === undefined ? 1 : of - fewestReady!;
  return missing <= 0
    ? 'replaced, none is missing'
    : missing === 1
      ? `replaced one by one${orderWords(pods)}`
      : `replaced, **${fewestReady} of ${of} stay ready**`;
}

const orderWords = ({ order }: PodsChange): string => (order === 'highest-first' ? ', the highest first' : '');

function serviceWords(effects: readonly Effect[]): readonly string[] {
  const said = effects.filter(({ object }) => object?.kind === 'Service').map(({ text }) => text);
  return [
    ...(said.some((text) => /' sends to the pods of .* and /.test(text)) ? ['**one Service sends to both**'] : []),
    ...(said.some((text) => /' stays, and sends to the pods of/.test(text)) ? ['the old Service sends to them'] : []),
  ];
}

const laterWords = (effects: readonly Effect[]): readonly string[] =>
  effects.some(({ text }) => text.startsWith('the next run of CronJob')) ? ['the next run has it'] : [];

/** Claims of members that there are no more. */
const claimsLeft = (effects: readonly Effect[]) =>
  effects.some(({ text }) => text.startsWith('the claims of the members that go stay'))
    ? [{ kind: 'PersistentVolumeClaim' }]
    : [];

/** The fields alone of what is refused: a plan words the reason otherwise than the server, whose words differ by version. */
export function withFieldsOnly<T extends { readonly apply: string }>(words: T): T {
  return { ...words, apply: words.apply.replace(/(\*\*refuses\*\* the \w+: `[^`:]*)(?:: [^`]*)?`[^;]*/g, '$1`') };
}
