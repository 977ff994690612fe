import { type Applied, applied } from '../../../../review/plan/verdict';
import { changesOf } from '../../../../review/plan/verdict/fields';
import type { Manifest } from '../../../support/app';
import type { EditedObject } from '../../../support/plan-edits/draw';
import type { Outcome } from './server';

/** What an edit comes to on the server and by the plan, where these are not the same. */
export interface Difference {
  readonly object: string;
  readonly edit: string;
  readonly server: string;
  readonly plan: string;
}

/** What only the server knows: addresses and ports that it allocates, and marks of its own. */
const ALLOCATED = /^spec\.(?:clusterIPs?|ipFamilies|healthCheckNodePort)\b/;
const OF_SERVER = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const BOOKKEEPING = ['kubectl.kubernetes.io/last-applied-configuration', 'deprecated.daemonset.template.generation'];

/** Where the plan says otherwise than the server. */
export function differenceOf(
  edit: EditedObject,
  live: Manifest,
  outcome: Outcome,
  minor: string,
): Difference | undefined {
  const plan = applied(edit.original, edit.edited, minor);
  const [server, ours] = outcome.refused ? refusals(outcome, plan) : changes(edit, live, outcome.object!, plan);
  const { kind, metadata } = edit.original;
  return server === ours
    ? undefined
    : {
        object: `${kind} ${metadata.name}`,
        edit: edit.edit,
        server: `${server} ${outcome.message.slice(0, 400)}`,
        plan: ours,
      };
}

/** The refused fields, without those that are left to the state of the cluster. */
function refusals({ refused = [] }: Outcome, { verdict, refusals: own, condition }: Applied): [string, string] {
  const ours = [...new Set(own.map(({ field }) => field))].sort();
  const told = condition === undefined ? refused : refused.filter((field) => ours.includes(field));
  return verdict === 'depends' ? ['', ''] : [told.join(), ours.join()];
}

function changes(edit: EditedObject, live: Manifest, object: Manifest, plan: Applied): [string, string] {
  if (plan.verdict === 'refused') {
    return ['taken', plan.refusals.map(({ field }) => field).join()];
  }
  const given = JSON.stringify([edit.original, edit.edited]);
  const [before, after] = [live, object].map((one) => withoutAllocated(withoutMarks(one), given)) as [
    Manifest,
    Manifest,
  ];
  const ours = plan.verdict === 'unchanged' ? [] : changesOf(plan.live, plan.next, undefined);
  return [linesOf(changesOf(before, after, undefined)), linesOf(ours)];
}

function linesOf(found: ReturnType<typeof changesOf>): string {
  return found
    .filter(({ field }) => !ALLOCATED.test(field))
    .map(({ field, from, to }) => `${field}: ${sortedJson(from)} > ${sortedJson(to)}`)
    .sort()
    .join('\n');
}

/** The status, the bookkeeping and nulls say nothing of what was applied. */
function withoutMarks(object: Manifest): Manifest {
  const { status: _, metadata, ...rest } = JSON.parse(JSON.stringify(object)) as Manifest;
  for (const key of OF_SERVER) {
    delete metadata[key];
  }
  for (const key of BOOKKEEPING) {
    delete metadata.annotations?.[key];
  }
  if (metadata.annotations && Object.keys(metadata.annotations).length === 0) {
    delete metadata.annotations;
  }
  return withoutNulls({ ...rest, metadata }) as Manifest;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)]));
}

/** Ports of the nodes that nobody asked for, and the labels of a Job with its uid. */
function withoutAllocated(object: Manifest, given: string): Manifest {
  if (object.kind === 'Service') {
    for (const port of object.spec.ports ?? []) {
      if (!given.includes(`"nodePort":${port.nodePort}`)) {
        delete port.nodePort;
      }
    }
  }
  if (object.kind === 'Job') {
    for (const key of Object.keys(object.metadata.labels ?? {}).filter((label) => label.endsWith('controller-uid'))) {
      delete object.metadata.labels[key];
    }
  }
  return object;
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
