import { indexPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import type { NlbProps } from './nlb-props';

/** A kind of addresses that stay, of load balancers of one scheme. */
interface AddressKind {
  readonly scheme: NlbProps<string>['scheme'];
  readonly form: RegExp;
  readonly example: string;
}

export const STATIC_ADDRESSES = {
  elasticIps: { scheme: 'internet-facing', form: /^eipalloc-[0-9a-f]{8,17}$/, example: "'eipalloc-...'" },
  privateAddresses: { scheme: 'internal', form: /^\d{1,3}(\.\d{1,3}){3}$/, example: "'10.0.0.10'" },
} as const satisfies Readonly<Record<string, AddressKind>>;

/** Checks the addresses of one load balancer, of which each subnet gets one. */
export function checkAddressList(
  check: Check,
  field: string,
  list: readonly string[],
  kind: AddressKind,
  { scheme, subnets }: Pick<NlbProps<string>, 'scheme' | 'subnets'>,
): void {
  if (scheme !== kind.scheme) {
    check.fail(
      'forbidden',
      field,
      `${field} needs the scheme '${kind.scheme}', but it is '${scheme}'`,
      'remove it, or change the scheme',
    );
  }
  for (const [i, one] of list.entries()) {
    const place = indexPath(field, i);
    if (!kind.form.test(one)) {
      check.fail('invalid', place, `${place} must have the form ${kind.example}, but is '${one}'`, 'correct it');
    }
  }
  if (list.length === 0 || (subnets !== undefined && subnets.length !== list.length)) {
    check.fail(
      'invalid',
      field,
      `${field} must have one for each subnet, but has ${list.length}`,
      'list as many as there are subnets',
    );
  }
}
