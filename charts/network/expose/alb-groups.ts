import type { IConstruct } from 'constructs';
import { addTo } from '../../../kube/collections';
import { AppSlot } from '../../core/app-state';
import { cached } from '../../core/render-cache';

/** An Ingress that shares a load balancer. */
export interface GroupMember {
  readonly construct: IConstruct;
  readonly group: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** How many conditions a request must meet beside host and path. */
  readonly conditions: number;
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
 * member that shares its host with no other needs none.
 */
export function orderInGroup(member: GroupMember): number | undefined {
  return (
    member.order ??
    cached(member.construct.node.root, members, () => orders(members.of(member.construct))).get(member.construct)
  );
}

/** The orders of all members that share a host. */
function orders(all: readonly GroupMember[]): ReadonlyMap<IConstruct, number> {
  const groups = new Map<string, GroupMember[]>();
  for (const member of all) {
    addTo(groups, member.group, member);
  }
  const found = new Map<IConstruct, number>();
  for (const group of groups.values()) {
    const taken = new Set(group.map(({ order }) => order));
    let next = 0;
    for (const { construct } of sharing(group)
      .filter(({ order }) => order === undefined)
      .sort(compare)) {
      do {
        next++;
      } while (taken.has(next));
      found.set(construct, next);
    }
  }
  return found;
}

/** The members of a group whose host is also that of another, or covered by its wildcard. */
function sharing(group: readonly GroupMember[]): GroupMember[] {
  const counts = new Map<string, number>();
  for (const host of group.flatMap(({ hosts }) => hosts)) {
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  const wildcards = [...counts.keys()].filter((host) => host.startsWith('*'));
  const covered = (host: string, by: string) => host !== by && host.endsWith(by.slice(1));
  const isShared = (host: string) =>
    counts.get(host)! > 1 ||
    wildcards.some((by) => covered(host, by)) ||
    (host.startsWith('*') && [...counts.keys()].some((other) => covered(other, host)));
  return group.filter(({ hosts }) => hosts.some(isShared));
}

const groupOf = (construct: IConstruct, group: string): GroupMember[] =>
  members.of(construct).filter((other) => other.group === group);

/**
 * Hosts with a wildcard come last, for they cover the others; then the shortest path decides, for it covers most; then the
 * fewest conditions.
 */
function compare(a: GroupMember, b: GroupMember): number {
  return (
    Number(hasWildcard(a)) - Number(hasWildcard(b)) ||
    shortest(b) - shortest(a) ||
    b.conditions - a.conditions ||
    (a.construct.node.path < b.construct.node.path ? -1 : 1)
  );
}

const hasWildcard = ({ hosts }: GroupMember): boolean => hosts.some((host) => host.startsWith('*'));
const shortest = ({ paths }: GroupMember): number => Math.min(...paths.map((path) => path.replace(/\/$/, '').length));
