import { amountOf, parseQuantity } from '../../kube/quantity';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { LimitRange, ObjectMeta } from '../core/k8s';
import { CONTAINER_DEFAULTS } from '../pods/container-defaults';
import type { QuotaTotals } from './quota';

/** CPU and memory of one container. */
export interface ContainerAmounts {
  /** Such as '8' or '250m'. */
  readonly cpu?: Quantity;
  /** Such as '16Gi'. */
  readonly memory?: Quantity;
}
/**
 * The sizes that a namespace lets a container have.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface ContainerSizes {
  /**
   * The smallest request; at most the default request of the LimitRange (100m and 256Mi).
   *
   * @default - { cpu: '1m', memory: '4M' }: less is a missing unit
   */
  readonly min?: ContainerAmounts;
  /**
   * The largest limit; at least the default limit of the LimitRange (256Mi), and 100m of CPU. With `cpu`, a container
   * without a CPU limit gets this one.
   *
   * @default - the memory that the quota has for limits, and no CPU, since Kubernetes would make it the limit of containers
   * that have none on purpose
   */
  readonly max?: ContainerAmounts;
}

const SIZES: KeyTable<ContainerSizes> = { min: 'object', max: 'object' };
const AMOUNTS: KeyTable<ContainerAmounts> = { cpu: 'text', memory: 'text' };
const LEAST = { cpu: '1m', memory: '4M' } as const;

export function checkContainerSizes(check: Check, sizes: ContainerSizes | undefined): void {
  check.keys<ContainerSizes>('containers', sizes, SIZES);
  for (const bound of ['min', 'max'] as const) {
    const field = `containers.${bound}`;
    const amounts = sizes?.[bound];
    check.keys<ContainerAmounts>(field, amounts, AMOUNTS);
    for (const name of ['cpu', 'memory'] as const) {
      const amount = amounts?.[name];
      if (amount === undefined) {
        continue;
      }
      const value = check.quantity(`${field}.${name}`, amount, CONTAINER_DEFAULTS.requests[name]);
      const usual = CONTAINER_DEFAULTS.requests[name];
      if (bound === 'min' ? value > amountOf(usual) : value < amountOf(usual)) {
        const side = bound === 'min' ? 'most' : 'least';
        check.fail(
          'invalid',
          `${field}.${name}`,
          `${field}.${name} must be at ${side} '${usual}', which a container without requests gets, but is '${amount}'`,
          `write '${usual}', or leave it out`,
        );
      }
    }
  }
}

/**
 * Defaults for containers without requests and limits, so that the quota can count them, and the smallest and largest
 * container. There is no default CPU limit, which would throttle containers that have none on purpose.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function limitRange(
  metadata: ObjectMeta & { name: string },
  { min, max }: ContainerSizes = {},
  totals: QuotaTotals = {},
): LimitRange {
  const memory = largestOf(totals);
  const most = { ...(memory === undefined ? {} : { memory }), ...max };
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: {
      limits: [
        {
          type: 'Container',
          default: { ...CONTAINER_DEFAULTS.limits },
          defaultRequest: { ...CONTAINER_DEFAULTS.requests },
          max: Object.keys(most).length > 0 ? most : undefined,
          min: { ...LEAST, ...min },
        },
        { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },
      ],
    },
  };
}

/** What the quota has for memory limits; at least the default limit, below which the API server refuses the LimitRange. */
function largestOf(totals: QuotaTotals): string | undefined {
  const total = totals['limits.memory'];
  if (total === undefined) {
    return undefined;
  }
  const usual = CONTAINER_DEFAULTS.limits.memory;
  return (parseQuantity(String(total)) ?? 0n) < amountOf(usual) ? usual : String(total);
}
