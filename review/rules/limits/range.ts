import type { Inventory } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { quantityOf } from '../../../kube/quantity';
import { keyPath } from '../../../kube/text';
import { containerRanges } from '../../limit-ranges';
import type { Rule } from '../../rule';

/** The API server admits the controller, and refuses each of its pods. */
export const rule: Rule = {
  id: 'limits/range',
  title: 'containers have the sizes that the LimitRange of their namespace allows',
  severity: 'error',
  why: 'The API server refuses a pod with a container outside of the range. The controller retries for ever, and its pods never come.',
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  bad: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, max: { memory: 1Gi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'example.com/web:1', resources: { limits: { memory: 2Gi } } }] }
`,
  good: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, max: { memory: 1Gi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'example.com/web:1', resources: { limits: { memory: 1Gi } } }] }
`,
  check: ({ inventory }, report) => {
    const bounds = boundsOfNamespaces(inventory);
    for (const pod of bounds.size === 0 ? [] : inventory.pods) {
      const own = bounds.get(pod.namespace);
      for (const { container, field } of own ? podContainers(pod) : []) {
        const { requests = NOTHING, limits = NOTHING } = container.resources ?? NONE;
        for (const { name, amount, text } of own!.max) {
          const part = limits[name] === undefined ? 'requests' : 'limits';
          const asked = limits[name] ?? requests[name];
          if ((quantityIn(asked) ?? amount) > amount) {
            report(pod, {
              message: `the ${name} of container '${container.name}' must be at most '${text}', the maximum of the LimitRange, but is '${asked}'`,
              field: keyPath(`${field}.resources.${part}`, name),
              container: container.name,
              fix: 'write less, or raise the maximum of the LimitRange',
            });
          }
        }
        for (const { name, amount, text } of own!.min) {
          const part = requests[name] === undefined ? 'limits' : 'requests';
          const asked = requests[name] ?? limits[name];
          if ((quantityIn(asked) ?? amount) < amount) {
            report(pod, {
              message: `the ${name} of container '${container.name}' must be at least '${text}', the minimum of the LimitRange, but is '${asked}'`,
              field: keyPath(`${field}.resources.${part}`, name),
              container: container.name,
              fix: 'write more, or lower the minimum of the LimitRange',
            });
          }
        }
      }
    }
  },
};

interface Bound {
  readonly name: string;
  readonly amount: bigint;
  /** As it is written. */
  readonly text: string;
}

/** The narrowest bounds of all LimitRanges of a namespace, by resource. */
interface Bounds {
  readonly max: readonly Bound[];
  readonly min: readonly Bound[];
}

type Amounts = Readonly<Record<string, unknown>>;

const NOTHING: Amounts = {};
const NONE: { readonly requests?: Amounts; readonly limits?: Amounts } = {};

function boundsOfNamespaces(inventory: Inventory): ReadonlyMap<string, Bounds> {
  return new Map(
    [...containerRanges(inventory)].map(([namespace, items]) => {
      const [largest, smallest] = [new Map<string, Bound>(), new Map<string, Bound>()];
      for (const { max = {}, min = {} } of items) {
        narrow(largest, max, (one, other) => one < other);
        narrow(smallest, min, (one, other) => one > other);
      }
      return [namespace, { max: [...largest.values()], min: [...smallest.values()] }];
    }),
  );
}

function narrow(
  known: Map<string, Bound>,
  amounts: Amounts,
  isNarrower: (one: bigint, other: bigint) => boolean,
): void {
  for (const [name, value] of Object.entries(amounts)) {
    const amount = quantityIn(value);
    const before = known.get(name);
    if (amount !== undefined && (!before || isNarrower(amount, before.amount))) {
      known.set(name, { name, amount, text: `${value}` });
    }
  }
}

/** undefined where it is left out, or cannot be read. */
function quantityIn(value: unknown): bigint | undefined {
  return value === undefined ? undefined : quantityOf(value);
}
