import type { ContainerPort, LabelSelector } from '../../imports/kubernetes';
import type { Inventory, PodObject } from '../inventory';
import type { LabelExpression } from '../label-requirements';
import { meets } from '../label-requirements';
import { podContainers } from '../pod-containers';
import { isPod } from '../pod-templates';
import { isSetAtRunTime } from '../runtime-labels';
import { type AddressSet, addressesOf } from './address-sets';
import { both, type Certainty, MAYBE, NO, YES } from './certainty';

type Labels = Readonly<Record<string, string>>;

/** One end of a connection. */
export interface Party {
  /** undefined for addresses outside of the set. */
  readonly pod: PodObject | undefined;
  readonly namespace: string;
  readonly labels: Labels;
  /** Whether it may get labels beside these when it runs. */
  readonly getsLabels: boolean;
  /** Whether labels select it, and policies are for it: pods on their own network. */
  readonly selectable: boolean;
  /** Those that it may have. */
  readonly addresses: AddressSet;
  /** Of containers that stay. */
  readonly ports: readonly ContainerPort[];
}

/** The labels of a namespace, and whether it has no others. */
export interface NamespaceLabels {
  readonly labels: Labels;
  readonly known: boolean;
}

const NAME = 'kubernetes.io/metadata.name';

/** A pod, with the address of its status where that is known. */
export function podParty(pod: PodObject, addresses: AddressSet): Party {
  const { namespace, labels, spec, manifest } = pod;
  const known = isPod(manifest) ? statusAddresses(manifest) : [];
  return {
    pod,
    namespace,
    labels,
    getsLabels: !isPod(manifest),
    selectable: spec.hostNetwork !== true,
    addresses: known.length > 0 ? addressesOf(known) : addresses,
    ports: podContainers(pod).flatMap(({ container, role }) =>
      role === 'main' || role === 'sidecar' ? (container.ports ?? []) : [],
    ),
  };
}

/** Addresses that are no pod of the set: single ones, or ranges. */
export function addressParty(texts: readonly string[]): Party {
  const addresses = addressesOf(texts);
  return { pod: undefined, namespace: '', labels: {}, getsLabels: false, selectable: false, addresses, ports: [] };
}

function statusAddresses(manifest: object): string[] {
  const { status = {} } = manifest as {
    readonly status?: { readonly podIP?: string; readonly podIPs?: readonly { readonly ip?: string }[] };
  };
  return [...(status.podIPs ?? []).map(({ ip }) => ip), status.podIP].filter((ip) => typeof ip === 'string');
}

/** The labels of a namespace: of its object, or the one that Kubernetes gives to each. */
export function namespaceReader(inventory: Inventory): (namespace: string) => NamespaceLabels {
  const made = new Map(
    inventory.ofKind('Namespace', '').map(({ manifest: { metadata } }) => [metadata.name, metadata]),
  );
  return (namespace) => ({
    labels: { ...made.get(namespace)?.labels, [NAME]: namespace },
    known: made.has(namespace),
  });
}

/** Whether a selector selects a pod. */
export function selectsParty(selector: LabelSelector, { labels, getsLabels }: Party): Certainty {
  return selected(selector, labels, (key) => getsLabels && isSetAtRunTime(key));
}

/** Whether a selector selects a namespace. */
export function selectsNamespace(selector: LabelSelector, { labels, known }: NamespaceLabels): Certainty {
  return selected(selector, labels, () => !known);
}

/** The names of the only namespaces that a selector can select; undefined where it may select others. */
export function namesIn(selector: LabelSelector): readonly string[] | undefined {
  const name = selector.matchLabels?.[NAME];
  const list = selector.matchExpressions?.find(({ key, operator }) => key === NAME && operator === 'In')?.values;
  return name === undefined ? list : [name];
}

function selected(selector: LabelSelector, labels: Labels, mayCome: (key: string) => boolean): Certainty {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const conditions: LabelExpression[] = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions,
  ];
  return conditions.reduce<Certainty>((sofar, condition) => {
    const { key } = condition;
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    const met = value === undefined && mayCome(key) ? MAYBE : meets(condition, value) ? YES : NO;
    return both(sofar, met);
  }, YES);
}
