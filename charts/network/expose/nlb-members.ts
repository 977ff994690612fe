import { valueProblem } from '../../../eks/annotation-values';
import { NLB_ANNOTATIONS } from '../../../eks/load-balancer-annotations';
import { describe } from '../../../kube/describe';
import { isSubdomain } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import { checkAddressList, STATIC_ADDRESSES } from './nlb-addresses';
import { type NlbProps, PER_MEMBER, type PerMember } from './nlb-props';
import type { ExposedService, Member } from './way';

const FIELD = 'expose.perMember';
const ADDRESSES = ['elasticIps', 'privateAddresses'] as const;

/** What the load balancer of one member has that those of the others have not. */
export const settingsOf = (perMember: true | PerMember | undefined): PerMember =>
  perMember === undefined || perMember === true ? {} : perMember;

/** Checks what is known without the members. */
export function checkPerMember(check: Check, props: NlbProps<string>): void {
  const { perMember } = props;
  if (perMember === undefined) {
    return;
  }
  if (perMember !== true && (typeof perMember !== 'object' || perMember === null)) {
    check.fail(
      'type',
      FIELD,
      `${FIELD} must be true or what differs between members, but is ${describe(perMember)}`,
      "write perMember: true, or { domain: 'kafka.example.com' }",
    );
  }
  const own = settingsOf(perMember);
  check.keys<PerMember>(FIELD, own, PER_MEMBER);
  for (const name of ADDRESSES) {
    if (props[name] !== undefined) {
      check.fail(
        'forbidden',
        `expose.${name}`,
        `expose.${name} must not be set with ${FIELD}: several load balancers cannot have one address`,
        `write perMember: { ${name}: [[...], [...]] }, a list for each member`,
      );
    }
    checkLists(check, name, own[name], props);
  }
  if (own.domain !== undefined && !(isSubdomain(own.domain) && own.domain.includes('.'))) {
    check.fail(
      'invalid',
      `${FIELD}.domain`,
      `${FIELD}.domain must be a domain, but is '${own.domain}'`,
      "write for example 'kafka.example.com'",
    );
  }
}

function checkLists(
  check: Check,
  name: (typeof ADDRESSES)[number],
  lists: readonly (readonly string[])[] | undefined,
  props: NlbProps<string>,
): void {
  const seen = new Map<string, string>();
  for (const [i, list] of (lists ?? []).entries()) {
    const field = indexPath(`${FIELD}.${name}`, i);
    check.typed(field, list, 'texts');
    checkAddressList(check, field, list, STATIC_ADDRESSES[name], props);
    for (const [j, one] of list.entries()) {
      const place = indexPath(field, j);
      const before = seen.get(one);
      if (before !== undefined) {
        check.fail('duplicate', place, `${place} is '${one}', which is ${before} too`, 'give each member its own');
      }
      seen.set(one, place);
    }
  }
}

/** The members, once they are known, or the reason why there can be no load balancer of each. */
export function membersOf({ check, members }: ExposedService, props: NlbProps<string>): readonly Member[] {
  if (members === undefined) {
    throw check.error(
      'unsupported',
      FIELD,
      `${FIELD} needs members with names of their own, which only a StatefulService has`,
      'make it a StatefulService, or leave perMember out for one load balancer of all pods',
    );
  }
  const own = settingsOf(props.perMember);
  for (const name of ADDRESSES) {
    const lists = own[name];
    if (lists !== undefined && lists.length !== members.length) {
      check.fail(
        'invalid',
        `${FIELD}.${name}`,
        `${FIELD}.${name} must have a list for each member, but has ${lists.length} for ${members.length}`,
        'list as many as there are replicas',
      );
    }
  }
  for (const { name, ordinal } of members) {
    checkNames(check, props, own, name, ordinal);
  }
  return members;
}

function checkNames(check: Check, props: NlbProps<string>, own: PerMember, name: string, ordinal: number): void {
  const balancer = balancerName(props.loadBalancerName, ordinal);
  const problem = balancer === undefined ? undefined : valueProblem(balancer, NLB_ANNOTATIONS.name!);
  if (problem !== undefined) {
    check.fail(
      'invalid',
      'expose.loadBalancerName',
      `expose.loadBalancerName has the number of the member at its end, and then ${problem}`,
      `shorten the name '${props.loadBalancerName}'`,
    );
  }
  if (own.domain !== undefined && !isSubdomain(`${name}.${own.domain}`)) {
    check.fail(
      'invalid',
      `${FIELD}.domain`,
      `${FIELD}.domain makes the name of member '${name}' longer than 253 characters`,
      'shorten it',
    );
  }
}

/** The name of a load balancer in AWS, which only one can have. */
const balancerName = (name: string | undefined, ordinal: number): string | undefined =>
  name === undefined ? undefined : `${name}-${ordinal}`;

/** The props of the load balancer of one member. */
export function ofMember(props: NlbProps<string>, { ordinal }: Member, index: number): NlbProps<string> {
  const { elasticIps, privateAddresses } = settingsOf(props.perMember);
  const addresses = { elasticIps: elasticIps?.[index], privateAddresses: privateAddresses?.[index] };
  // DNS names only the zones with a target, but a fixed address of another zone has to reach the member too
  const isFixed = elasticIps !== undefined || privateAddresses !== undefined;
  const own = {
    ...addresses,
    crossZone: props.crossZone ?? (isFixed ? true : undefined),
    loadBalancerName: balancerName(props.loadBalancerName, ordinal),
  };
  return { ...props, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
}
