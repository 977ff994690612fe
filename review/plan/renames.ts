import { addTo } from '../../kube/collections';
import { titleOf } from '../../kube/finding';
import { groupKindOf } from '../../kube/kinds';
import type { Manifest } from '../../kube/objects';
import type { Change } from './model';

/** An object under a new name, beside the old one, which stays. */
export interface Rename {
  readonly old: Change;
  readonly new: Change;
}

/** More candidates of one kind than are compared with each other, as the time is their product. */
const MANY = 60;
/** Of the leaves that both have, how many must be equal. */
const ALIKE = 0.75;

/**
 * Objects that were created while one of the same kind was left behind, and that differ in the name or the namespace: first
 * those that are equal but for it, then those that are alike.
 */
export function renamesOf(changes: readonly Change[]): Rename[] {
  const created = byKind(changes.filter(({ verdict }) => verdict === 'created'));
  const left = byKind(changes.filter(({ verdict }) => verdict === 'left-behind'));
  return [...created].flatMap(([kind, added]) => renamesOfKind(left.get(kind) ?? [], added));
}

function byKind(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const kinds = new Map<string, Change[]>();
  for (const change of changes) {
    addTo(kinds, groupKindOf(change.object), change);
  }
  return kinds;
}

function renamesOfKind(left: readonly Change[], created: readonly Change[]): Rename[] {
  const found: Rename[] = [];
  const free = new Set(left);
  const take = (added: Change, old: Change | undefined) => {
    if (old) {
      free.delete(old);
      found.push({ old, new: added });
    }
    return old !== undefined;
  };
  const equal = new Map<string, Change[]>();
  for (const old of left) {
    addTo(equal, nameless(old.old!.manifest), old);
  }
  const rest = created.filter((added) => {
    const same = equal.get(nameless(added.new!.manifest)) ?? [];
    return !take(
      added,
      same.find((old) => free.has(old)),
    );
  });
  if (rest.length <= MANY && free.size <= MANY) {
    const leaves = new Map([...free].map((old) => [old, leavesOf(old.old!.manifest)]));
    for (const added of rest) {
      take(added, mostAlike(added, free, leaves));
    }
  }
  return found;
}

/** The old object of the same stem or namespace that has the most in common with a new one. */
function mostAlike(added: Change, free: ReadonlySet<Change>, leaves: ReadonlyMap<Change, ReadonlySet<string>>) {
  const own = leavesOf(added.new!.manifest);
  let best: Change | undefined;
  let most = ALIKE;
  for (const old of free) {
    if (old.object.namespace === added.object.namespace || old.object.name === added.object.name) {
      const share = isHashed(old.object.name, added.object.name) ? 1 : shareOf(own, leaves.get(old)!);
      if (share > most) {
        [best, most] = [old, share];
      }
    }
  }
  return best;
}

/** Whether two names differ in a hash of the content at their ends alone. */
export function isHashed(old: string, added: string): boolean {
  const [stem, ownStem] = [HASH.exec(old)?.[1], HASH.exec(added)?.[1]];
  return stem !== undefined && stem === ownStem;
}

/** Of letters and digits, with a digit: 'web-files' and 'web-cache' are no hashes. */
const HASH = /^(.+)-(?=[a-z]*\d)[a-z0-9]{6,10}$/;

/** The text of an object without its name and namespace, wherever its values hold them. */
function nameless({ metadata: { labels: _labels, ...metadata }, ...manifest }: Manifest): string {
  const own = [metadata.namespace, metadata.name]
    .filter((text) => typeof text === 'string' && text.length > 0)
    .map((text) => wholeWord(text!));
  const without = (text: string) => own.reduce((rest, word) => rest.replaceAll(word, '*'), text);
  return JSON.stringify({ ...manifest, metadata }, (_key, value: unknown) =>
    typeof value === 'string' ? without(value) : value,
  );
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9])`, 'g');
}

/** Paths with their values, without the parts that every object of an app has. */
function leavesOf(manifest: Manifest): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) {
      found.add(`${path}=${value}`);
      return;
    }
    for (const key of Object.keys(value)) {
      visit((value as Readonly<Record<string, unknown>>)[key], `${path}.${key}`);
    }
  };
  const { metadata: _metadata, apiVersion: _apiVersion, kind: _kind, ...content } = JSON.parse(nameless(manifest));
  visit(content, '');
  return found;
}

function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const leaf of a) {
    both += b.has(leaf) ? 1 : 0;
  }
  return both / Math.max(a.size, b.size, 1);
}

/** What a new name costs, as the condition of a rename. */
export function costOf({ old: { object: old }, new: { object } }: Rename): string {
  const was = titleOf(old);
  if (isHashed(old.name, object.name)) {
    return old.kind === 'Job'
      ? `its name follows its content, so it runs once more; ${was} stays until it is deleted`
      : `its name follows its content; ${was} stays for pods of the version before, and for a rollback`;
  }
  const cost = COSTS[old.kind];
  return `${cost === undefined ? 'it is a new object' : cost}; ${was} stays until it is deleted`;
}

const COSTS: Readonly<Record<string, string>> = {
  Namespace: 'everything in it is created anew, with empty volumes',
  StatefulSet: 'its members start with empty volumes, and the old members keep running with their data',
  PersistentVolumeClaim: 'it is another volume, which is empty',
  Deployment: 'its pods run beside those of the old one, which keep their place behind Services that select both',
  DaemonSet: 'its pods run beside those of the old one on each node',
  Job: 'it runs once more',
  CronJob: 'both run at their times',
  Service: 'it has another address and another DNS name; clients with the old one keep it',
  Ingress: 'it can have another load balancer, with another address',
  Gateway: 'it is another load balancer, with another address',
  ServiceAccount: 'IAM permissions and bindings of the old account do not reach it',
  ConfigMap: 'pods that name it start again',
  Secret: 'pods that name it start again, and its value has to exist first',
  StorageClass: 'claims that exist keep the class that they were made with',
  HorizontalPodAutoscaler: 'two autoscalers of one workload work against each other',
  PodDisruptionBudget: 'a pod in two budgets cannot be evicted at all',
  NetworkPolicy: 'what the old one allows stays allowed',
};
