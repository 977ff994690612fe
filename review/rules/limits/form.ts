import type { LimitRangeItem } from '../../../imports/kubernetes';
import { ONE, quantityOf } from '../../../kube/quantity';
import { keyPath } from '../../../kube/text';
import type { Rule } from '../../rule';

/** The API server refuses the object, and the namespace stays without limits. */
export const rule: Rule = {
  id: 'limits/form',
  title: 'a LimitRange has one entry for each type, with sizes in their order',
  severity: 'error',
  why: 'The API server refuses a LimitRange with two entries of a type, a minimum above the maximum, or defaults outside of both, and the namespace has no limits.',
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: default }
spec: { limits: [{ type: Container, min: { memory: 1Gi }, max: { memory: 512Mi } }] }
`,
  good: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: default }
spec:
  limits:
    - { type: Container, min: { memory: 64Mi }, defaultRequest: { memory: 128Mi }, default: { memory: 256Mi }, max: { memory: 1Gi } }
    - { type: PersistentVolumeClaim, max: { storage: 100Gi } }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('LimitRange', '')) {
      const limits = ((object.manifest.spec ?? {}) as { readonly limits?: readonly (Partial<LimitRangeItem> | null)[] })
        .limits;
      const types = new Set<unknown>();
      (Array.isArray(limits) ? limits : []).forEach((item: Partial<LimitRangeItem> | null, i) => {
        const at = `spec.limits[${i}]`;
        for (const problem of item ? problemsOf(item, at, types.has(item.type)) : []) {
          report(object, problem);
        }
        types.add(item?.type);
      });
    }
  },
};

interface Problem {
  readonly message: string;
  readonly fix: string;
  readonly field: string;
}

/** In their order: none may be above one that follows. */
const ORDER = ['min', 'defaultRequest', 'default', 'max'] as const;

function problemsOf(item: Partial<LimitRangeItem>, at: string, isRepeated: boolean): Problem[] {
  const { type, min, max } = item;
  const found: Problem[] = [];
  if (isRepeated) {
    found.push({
      message: `${at} has the type '${type}', which an entry above has`,
      fix: 'write all sizes of a type in one entry',
      field: `${at}.type`,
    });
  }
  if (type === 'PersistentVolumeClaim' && min?.storage === undefined && max?.storage === undefined) {
    found.push({
      message: `${at} of PersistentVolumeClaims must have a smallest or largest storage`,
      fix: "write for example max: { storage: '100Gi' }",
      field: at,
    });
  }
  for (const part of type === 'Pod' ? (['default', 'defaultRequest'] as const) : []) {
    if (Object.keys(item[part] ?? {}).length > 0) {
      found.push({
        message: `${at}.${part} must not be set for pods`,
        fix: "write defaults in the entry with type 'Container'",
        field: `${at}.${part}`,
      });
    }
  }
  for (const [name, ratio] of Object.entries(item.maxLimitRequestRatio ?? {})) {
    if ((quantityOf(ratio) ?? ONE) < ONE) {
      found.push({
        message: `the largest ratio of limit and request of ${name} must be 1 or more, but is '${ratio}'`,
        fix: 'write 1 or more',
        field: keyPath(`${at}.maxLimitRequestRatio`, name),
      });
    } else if (isAboveSizes(quantityOf(ratio), quantityOf(min?.[name]), quantityOf(max?.[name]))) {
      found.push({
        message: `the largest ratio of limit and request of ${name} must be at most max / min, but is '${ratio}'`,
        fix: 'write less, or leave the ratio out',
        field: keyPath(`${at}.maxLimitRequestRatio`, name),
      });
    }
  }
  return [...found, ...outOfOrder(item, at)];
}

function outOfOrder(item: Partial<LimitRangeItem>, at: string): Problem[] {
  return ORDER.flatMap((lower, i) =>
    Object.entries(item[lower] ?? {}).flatMap(([name, value]) => {
      const amount = quantityOf(value);
      const above = ORDER.slice(i + 1).find((part) => {
        const other = quantityOf(item[part]?.[name]);
        return amount !== undefined && other !== undefined && amount > other;
      });
      return above === undefined
        ? []
        : [
            {
              message: `${lower} of ${name} must be at most the ${above}, '${item[above]![name]}', but is '${value}'`,
              fix: `write less, or raise ${above}`,
              field: keyPath(`${at}.${lower}`, name),
            },
          ];
    }),
  );
}

/** Whether no container within the sizes can have the ratio. */
function isAboveSizes(ratio: bigint | undefined, min: bigint | undefined, max: bigint | undefined): boolean {
  return ratio !== undefined && min !== undefined && max !== undefined && min > 0n && ratio * min > max * ONE;
}
