import { applied } from '../../../../review/plan/verdict';
import type { Manifest } from '../../../support/app';
import type { EditedObject } from '../../../support/plan-edits/draw';
import { agrees, changedFields, planSays, refusedFields, type Said } from '../../../support/plan-edits/said';
import type { Outcome } from './server';

/** What an edit comes to on the server and by the plan, where these are not the same. */
export interface Difference {
  readonly object: string;
  readonly edit: string;
  readonly server: string;
  readonly plan: string;
  readonly message: string;
}

const OF_SERVER = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const BOOKKEEPING = ['kubectl.kubernetes.io/last-applied-configuration', 'deprecated.daemonset.template.generation'];

/** What the server says of an edit. */
export function serverSays({ original, edited }: EditedObject, live: Manifest, outcome: Outcome): Said {
  if (outcome.refused) {
    return refusedFields(outcome.refused);
  }
  const given = JSON.stringify([original, edited]);
  const [before, after] = [live, outcome.object!].map((one) => withoutAllocated(withoutMarks(one), given));
  return changedFields(before, after);
}

/** Where the plan says otherwise than the server. */
export function differenceOf(edit: EditedObject, server: Said, message: string, minor: string): Difference | undefined {
  const plan = applied(edit.original, edit.edited, minor);
  const { kind, metadata } = edit.original;
  return agrees(plan, server)
    ? undefined
    : {
        object: `${kind} ${metadata.name}`,
        edit: edit.edit,
        server,
        plan: planSays(plan),
        message: message.slice(0, 300),
      };
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
