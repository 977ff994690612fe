import type { IConstruct } from 'constructs';
import { AppSlot } from '../../core/app-state';

/** An Ingress that shares a load balancer. */
export interface GroupMember {
  readonly construct: IConstruct;
  readonly group: string;
  readonly host: string;
  readonly paths: readonly string[];
  /** As it was given. */
  readonly order: number | undefined;
}

const members = new AppSlot<GroupMember[]>('alb-groups', () => []);

/** Adds a member to its group, before anything is rendered. */
export function joinGroup(member: GroupMember): void {
  members.of(member.construct).push(member);
}

/** The members of the group of a construct; the first of them that has the same given order, beside itself. */
export function sameOrder({ construct, group, order }: GroupMember): GroupMember | undefined {
  return order === undefined
    ? undefined
    : groupOf(construct, group).find((other) => other.construct !== construct && other.order === order);
}

/**
 * The place of a member in its group: the given one, else the one that lets no shorter path come before a longer. A
 * member alone needs none.
 */
export function orderInGroup(member: GroupMember): number | undefined {
  const group = groupOf(member.construct, member.group);
  if (member.order !== undefined || group.length === 1) {
    return member.order;
  }
  const taken = new Set(group.map(({ order }) => order));
  let next = 0;
  for (const { construct } of group.filter(({ order }) => order === undefined).sort(compare)) {
    do {
      next++;
    } while (taken.has(next));
    if (construct === member.construct) {
      return next;
    }
  }
  return undefined;
}

const groupOf = (construct: IConstruct, group: string): GroupMember[] =>
  members.of(construct).filter((other) => other.group === group);

/** Hosts with a wildcard come last, for they cover the others; then the shortest path decides, for it covers most. */
function compare(a: GroupMember, b: GroupMember): number {
  return (
    Number(a.host.startsWith('*')) - Number(b.host.startsWith('*')) ||
    shortest(b) - shortest(a) ||
    (a.construct.node.path < b.construct.node.path ? -1 : 1)
  );
}

const shortest = ({ paths }: GroupMember): number => Math.min(...paths.map((path) => path.replace(/\/$/, '').length));
