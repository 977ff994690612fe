/** How random props are drawn. */
import type { Tenant } from 'cdk8s-eks-patterns';
import { pick, type Random } from '../../review/damage';

export type Props = Record<string, unknown>;
/** Draws the value of one prop. What it creates, such as a secret, is in the tenant. */
export type Value = (random: Random, tenant: Tenant) => unknown;
export type Values = Readonly<Record<string, Value>>;

export const because = { because: 'the test draws it' };

export const oneOf =
  (...values: unknown[]): Value =>
  (random) =>
    pick(random, values);

export const either =
  (...values: Value[]): Value =>
  (random, tenant) =>
    pick(random, values)(random, tenant);

/** An id that no other construct of the tenant has. */
export const freeId = (random: Random, prefix: string): string => `${prefix}-${Math.floor(random() * 1e9)}`;

/** Each of the props with the probability. */
export function drawn(values: Values, share: number, random: Random, tenant: Tenant): Props {
  const props: Props = {};
  for (const [name, value] of Object.entries(values)) {
    if (random() < share) {
      props[name] = value(random, tenant);
    }
  }
  return props;
}
