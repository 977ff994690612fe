import type { V1Pod } from '@kubernetes/client-node';
import type { Manifest } from '../../support/app';
import { kindsText } from '../../support/plan-words';
import type { Answer } from './answers';
import { readyOverTime } from './audit';
import { nameOf } from './pods';
import { podsBehind, type Snapshot } from './snapshot';
import type { Observation } from './upgrade';

/** Facts of an edit as a page says them: the same words at every run. */
export interface Words {
  readonly apply: string;
  readonly pods: string;
  readonly left: string;
}

export const words = (seen: Observation): Words => ({
  apply: applyWords(seen),
  pods: [podWords(seen), ...serviceWords(seen), seen.later].filter((text) => text !== undefined).join('; '),
  left: kindsText([...seen.left, ...claimsOfNobody(seen.is)]),
});

function applyWords({ answers, before }: Observation): string {
  const did = (what: Answer['did']) => answers.filter((answer) => answer.did === what);
  const created = did('created').map(({ manifest }) => manifest);
  // kubectl says 'configured' also of objects in which the server has filled in defaults
  const differ = did('configured')
    .map(({ manifest }) => ({ manifest, old: before.find((other) => isSame(other, manifest)) }))
    .filter(({ manifest, old }) => JSON.stringify(manifest) !== JSON.stringify(old));
  const inLabelsOnly = differ.filter(({ manifest, old }) => contentOf(manifest) === contentOf(old));
  const changed = differ.filter((one) => !inLabelsOnly.includes(one)).map(({ manifest }) => manifest);
  const phrases = [
    ...did('refused').map(({ manifest, why }) => `**refuses** the ${manifest.kind}: \`${core(why)}\``),
    created.length > 0 ? `creates ${kindsText(created)}` : '',
    changed.length > 0 ? `changes ${kindsText(changed)}` : '',
    inLabelsOnly.length > 0
      ? changed.length > 0
        ? 'labels of others'
        : `labels of ${kindsText(inLabelsOnly.map((one) => one.manifest))}`
      : '',
  ];
  return phrases.filter((phrase) => phrase !== '').join('; ') || 'changes nothing';
}

const isSame = (a: Manifest, b: Manifest): boolean =>
  a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;

function contentOf(manifest: Manifest | undefined): string {
  const { metadata: _, ...content } = manifest ?? {};
  return JSON.stringify(content);
}

/** `The Deployment "web" is invalid: spec.selector: Invalid value: {...}: field is immutable`, without what varies. */
const core = (why: string): string =>
  why
    .replace(/Invalid value: .*: (?=field is immutable)/s, '')
    .replace(/\n.*/s, '')
    .replace(/\.$/, '');

/** What the edit did to the pods, and how many of them clients could count on meanwhile. */
function podWords(seen: Observation): string {
  const { was, is } = seen;
  const { created, deleted, ready, lowest } = podFacts(seen);
  const runs = is.pods.filter((pod) => created.includes(nameOf(pod)) && ownerKind(pod) === 'Job');
  if (runs.length > 0) {
    return 'runs once more';
  }
  if (seen.stuck) {
    return lowest < ready
      ? '**one is missing**: the quota refuses the new one'
      : 'kept: **the quota refuses new ones**';
  }
  if (created.length === 0 && deleted.length === 0) {
    return was.jobs.length > 0 && was.pods.length === was.jobs.length ? 'does not run again' : 'kept';
  }
  if (deleted.length === 0) {
    const owners = was.pods.map(ownerOf);
    const added = is.pods.filter((pod) => created.includes(nameOf(pod)));
    return added.every((pod) => owners.includes(ownerOf(pod))) ? 'kept, more are added' : 'kept, others beside them';
  }
  const order = isFromHighest(deleted) ? ', the highest first' : '';
  if (created.length === 0) {
    return `fewer${order}`;
  }
  if (!was.pods.every((pod) => deleted.includes(nameOf(pod)))) {
    return `**fall to ${lowest}**, then back to ${is.pods.length}`;
  }
  if (lowest >= ready) {
    return 'replaced, none is missing';
  }
  return lowest === ready - 1 ? `replaced one by one${order}` : `replaced, **${lowest} of ${ready} stay ready**`;
}

/** Names of the pods that were created and deleted by an edit; how many were ready before it, and at the worst moment. */
export function podFacts({ events, since }: Observation) {
  const counts = readyOverTime(events);
  const ready = since === 0 ? 0 : counts[since - 1]!;
  const named = (what: string) => [
    ...new Set(events.slice(since).flatMap((event) => (event.what === what ? event.pod : []))),
  ];
  return {
    created: named('created'),
    deleted: named('deleted'),
    ready,
    lowest: Math.min(ready, ...counts.slice(since)),
  };
}

const ownerKind = ({ metadata }: V1Pod): string | undefined => metadata?.ownerReferences?.[0]?.kind;
/** Whose pod it is, whatever its revision. */
const ownerOf = (pod: V1Pod): string =>
  `${ownerKind(pod)} ${pod.metadata?.namespace}/${pod.metadata?.labels?.['app.kubernetes.io/name']}`;

/** Members of a StatefulSet, from the last one on. */
export function isFromHighest(pods: readonly string[]): boolean {
  const ordinals = pods.map((pod) => Number(/-(\d)$/.exec(pod)?.[1]));
  return ordinals.every((ordinal, i) => ordinal >= 0 && (i === 0 || ordinal < ordinals[i - 1]!));
}

/** Services that send where the program does not mean them to. */
function serviceWords(seen: Observation): string[] {
  const { is, left } = seen;
  const { created } = podFacts(seen);
  const found = is.services.flatMap((service) => {
    const behind = is.pods.filter((pod) => podsBehind(service, is).includes(nameOf(pod)));
    if (new Set(behind.map(ownerKind)).size > 1) {
      return ['**one Service sends to both**'];
    }
    const isLeft = left.some(
      ({ kind, metadata: m }) =>
        kind === 'Service' && m.name === service.metadata?.name && m.namespace === service.metadata?.namespace,
    );
    return isLeft && behind.some((pod) => created.includes(nameOf(pod))) ? ['the old Service sends to them'] : [];
  });
  return [...new Set(found)];
}

/** Claims of members that there are no more. */
function claimsOfNobody({ claims, pods, statefulSets }: Snapshot): { kind: string }[] {
  const members = statefulSets.flatMap(({ metadata, spec }) =>
    Array.from({ length: spec?.replicas ?? 0 }, (_, i) => `${metadata?.name}-${i}`),
  );
  const used = pods.flatMap(
    ({ spec }) => spec?.volumes?.map((volume) => volume.persistentVolumeClaim?.claimName) ?? [],
  );
  return claims
    .filter(({ metadata: m }) => !used.includes(m?.name) && !members.some((name) => m?.name?.endsWith(`-${name}`)))
    .map(() => ({ kind: 'PersistentVolumeClaim' }));
}
