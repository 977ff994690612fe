import { replicaBoundsOf } from '../../../kube/autoscalers';
import { addTo, entryOf } from '../../../kube/collections';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import type { Manifest } from '../../../kube/objects';
import { podTotal } from '../../../kube/pod-resources';
import { ONE, quantityOf } from '../../../kube/quantity';
import type { Rule } from '../../rule';

/** The API server admits the controller, and refuses its pods. */
export const rule: Rule = {
  id: 'limits/quota-pods',
  title: 'the pods of a workload fit into the ResourceQuota of their namespace',
  severity: 'error',
  why: 'The API server refuses pods beyond the quota. The controller retries for ever, and the workload never has all of its pods.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  bad: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.cpu: '1' } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', resources: { requests: { cpu: 500m } } }] }
`,
  good: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.cpu: '3' } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', resources: { requests: { cpu: 500m } } }] }
`,
  check: ({ inventory }, report) => {
    const quotas = quotasByNamespace(inventory);
    const bounds = quotas.size === 0 ? undefined : boundsByNamespace(inventory);
    for (const pod of quotas.size === 0 ? [] : inventory.pods) {
      const totals = quotas.get(pod.namespace);
      if (totals === undefined) {
        continue;
      }
      const count = smallest(pod, bounds?.get(pod.namespace));
      for (const total of totals) {
        if (exceeds(total, pod, count)) {
          report(pod, {
            message: `the quota of the namespace has ${total.name} '${total.text}', and ${title(pod)} needs more for ${count === 1 ? 'its pod' : `its ${BigInt(count)} pods`}`,
            fix: 'raise the quota, or ask for less',
          });
        }
      }
    }
  },
};

const COUNTED = /^(pods|((requests|limits)\.)?(cpu|memory))$/;

interface Total {
  /** 'requests.cpu'. */
  readonly name: string;
  readonly text: string;
  readonly amount: bigint;
  readonly of: 'requests' | 'limits';
  readonly resource: string;
  /** How many pods of one container fit, by what that container asks for: most ask for the same few amounts. */
  readonly pods: Map<unknown, number>;
}

/** The least totals that pods count for, of quotas without scopes: every quota of a namespace has to admit a pod. */
function quotasByNamespace(inventory: Inventory): ReadonlyMap<string, readonly Total[]> {
  const known = new Map<string, Total>();
  const found = new Map<string, Map<string, Total>>();
  for (const { manifest, namespace } of inventory.ofKind('ResourceQuota', '')) {
    const {
      hard = {},
      scopes,
      scopeSelector,
    } = (manifest.spec ?? {}) as {
      readonly hard?: Readonly<Record<string, unknown>>;
      readonly scopes?: unknown;
      readonly scopeSelector?: unknown;
    };
    if (scopes !== undefined || scopeSelector !== undefined) {
      continue;
    }
    for (const [name, value] of Object.entries(hard)) {
      const amount = quantityOf(value);
      const totals = entryOf(found, namespace, () => new Map<string, Total>());
      const least = totals.get(name);
      if (amount !== undefined && COUNTED.test(name) && (least === undefined || amount < least.amount)) {
        const [resource = '', of = 'requests'] = name.split('.').reverse();
        const text = String(value);
        // namespaces often have the same quota
        const make = () => ({ name, text, amount, of: of as Total['of'], resource, pods: new Map<unknown, number>() });
        totals.set(name, entryOf(known, `${name} ${text}`, make));
      }
    }
  }
  return new Map([...found].map(([namespace, totals]) => [namespace, [...totals.values()]]));
}

const NOTHING = { requests: {}, limits: {} };

/** Whether a number of pods of an object is more than a total admits. */
function exceeds({ name, amount, of, resource, pods }: Total, { spec }: PodObject, count: number): boolean {
  if (name === 'pods') {
    return count > entryOf(pods, name, () => timesIn(amount, ONE));
  }
  const { containers, initContainers, overhead } = spec;
  if (containers?.length !== 1 || initContainers !== undefined || overhead !== undefined) {
    return BigInt(count) * podTotal(spec, of, resource, NOTHING) > amount;
  }
  const { resources } = containers[0]!;
  const asked = resources?.[of]?.[resource] ?? resources?.limits?.[resource];
  return count > entryOf(pods, asked, () => timesIn(amount, podTotal(spec, of, resource, NOTHING)));
}

/** How often a total holds an amount; nothing fits into less than none. */
function timesIn(total: bigint, amount: bigint): number {
  return total < 0n ? -1 : amount > 0n ? Number(total / amount) : Number.POSITIVE_INFINITY;
}

const SCALERS = [
  ['HorizontalPodAutoscaler', 'autoscaling'],
  ['ScaledObject', 'keda.sh'],
  ['Rollout', 'argoproj.io'],
] as const;
const REPLICATED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** The pods that a workload has at least, once it runs. */
function smallest({ manifest }: PodObject, all: ReturnType<typeof replicaBoundsOf> | undefined): number {
  const { kind, metadata, spec } = manifest;
  if (!REPLICATED.includes(kind)) {
    return 1;
  }
  const declared = (spec as { readonly replicas?: unknown } | undefined)?.replicas ?? 1;
  const bounds = all?.named(kind, metadata.name);
  const count = bounds?.min ?? declared;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : 1;
}

function boundsByNamespace(inventory: Inventory): ReadonlyMap<string, ReturnType<typeof replicaBoundsOf>> {
  const byNamespace = new Map<string, Manifest[]>();
  for (const [kind, group] of SCALERS) {
    for (const { manifest, namespace } of inventory.ofKind(kind, group)) {
      addTo(byNamespace, namespace, manifest);
    }
  }
  return new Map([...byNamespace].map(([namespace, manifests]) => [namespace, replicaBoundsOf(manifests)]));
}
