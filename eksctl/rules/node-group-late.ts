import { describe } from '../../kube/describe';
import { hasSubnets, isIPv6, isOnOutposts } from './accessors';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, listOf, type UnvalidatedConfig } from './unvalidated';

const ZONE = /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/;

type Side = 'private' | 'public';

/** The subnets that a file lists, of one kind: name, zone and id. */
function subnetsOf(
  config: UnvalidatedConfig,
  side: Side,
): readonly { name: string; zone: string | undefined; id: string }[] {
  return Object.entries(config.vpc?.subnets?.[side] ?? {}).map(([name, subnet]) => ({
    name,
    zone: subnet?.az || (ZONE.test(name) ? name : undefined),
    id: subnet?.id ?? '',
  }));
}

/** The subnets that eksctl gives a group come from these. */
const sideOf = ({ group }: Subject): Side => (group.privateNetworking === true ? 'private' : 'public');

/** The zones of the subnets that the file lists; undefined where some only have a name, or none are listed. */
function zonesFor({ config }: Subject, ...sides: readonly Side[]): readonly string[] | undefined {
  const zones = sides.flatMap((side) => subnetsOf(config, side)).map(({ zone }) => zone);
  return hasSubnets(config) && zones.every(isNonEmptyString) ? zones : undefined;
}

/** The zones that a group names; those of a managed group in a local zone are for another rule. */
function zonesOf({ kind, group, config }: Subject): readonly string[] {
  const local = kind === 'managed' ? listOf(config.localZones) : [];
  return listOf(group.availabilityZones).filter((zone) => !local.includes(zone));
}

/** What eksctl refuses only when it already talks to AWS, and has perhaps made the cluster. */
export const LATE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'C21', enforcedBy: 'aws', only: 'self-managed', title: 'no self-managed group with IPv6' },
    (subject) => {
      if (isIPv6(subject.config)) {
        subject.error(
          '',
          'eksctl makes no self-managed nodes in an IPv6 cluster',
          'move the group to managedNodeGroups',
        );
      }
    },
  ),
  groupRule({ id: 'C22a', enforcedBy: 'aws', title: "a group's zones have subnets of its kind" }, (subject) => {
    const known = zonesFor(subject, sideOf(subject));
    const all = zonesFor(subject, 'private', 'public');
    for (const zone of zonesOf(subject)) {
      // a zone that the cluster does not have at all is for C4
      if (known && all?.includes(zone) && !known.includes(zone)) {
        subject.error(
          'availabilityZones',
          `'${zone}' has no ${sideOf(subject)} subnet in vpc.subnets`,
          sideOf(subject) === 'public' ? 'write privateNetworking: true' : `add a private subnet in '${zone}'`,
        );
      }
    }
  }),
  groupRule({ id: 'C22c', enforcedBy: 'aws', title: "a group's zones are of the region" }, (subject) => {
    const region = subject.config.metadata?.region ?? '';
    const named = hasSubnets(subject.config) || listOf(subject.config.availabilityZones).length > 0;
    for (const zone of named ? [] : zonesOf(subject).filter((name) => !name.startsWith(region))) {
      subject.error('availabilityZones', `'${zone}' is no zone of ${region}`, `write for example '${region}a'`);
    }
  }),
  groupRule(
    { id: 'C22b', enforcedBy: 'aws', only: 'self-managed', title: "a group's local zones are among the cluster's" },
    ({ group, config, error }) => {
      const known = listOf(config.localZones);
      for (const zone of listOf(group.localZones)) {
        if (!known.includes(zone)) {
          error('localZones', `the cluster has no local zone '${zone}'`, `add localZones: ['${zone}'] to the file`);
        }
      }
    },
  ),
  groupRule({ id: 'C23', enforcedBy: 'aws', title: 'private subnets only with privateNetworking' }, (subject) => {
    const named = (name: string, side: Side): boolean =>
      subnetsOf(subject.config, side).some((subnet) => subnet.name === name || subnet.id === name);
    for (const [i, name] of (subject.group.subnets ?? []).entries()) {
      const privately = isNonEmptyString(name) && named(name, 'private') && !named(name, 'public');
      if (sideOf(subject) === 'public' && privately) {
        subject.error(`subnets[${i}]`, `'${name}' is a private subnet of the file`, 'write privateNetworking: true');
      }
    }
  }),
  groupRule({ id: 'C26', enforcedBy: 'aws', only: 'managed', title: 'no managed group in a local zone' }, (subject) => {
    const local = listOf(subject.config.localZones);
    for (const zone of listOf(subject.group.availabilityZones).filter((name) => local.includes(name))) {
      subject.error(
        'availabilityZones',
        `'${zone}' is a local zone, where EKS has no managed groups`,
        `move the group to nodeGroups, with localZones: ['${zone}']`,
      );
    }
  }),
  groupRule({ id: 'C29', enforcedBy: 'aws', title: 'vpc.subnets has some for the group' }, (subject) => {
    const { kind, group, config } = subject;
    const side = sideOf(subject);
    // for private self-managed groups C10 asks for two
    const asked = kind === 'self-managed' && side === 'private';
    const chosen = [group.subnets, group.availabilityZones, group.localZones].some((list) => (list?.length ?? 0) > 0);
    if (
      !asked &&
      hasSubnets(config) &&
      subnetsOf(config, side).length === 0 &&
      !chosen &&
      !isNonEmptyString(group.outpostARN)
    ) {
      subject.error(
        'privateNetworking',
        `privateNetworking is ${describe(group.privateNetworking ?? undefined)}, but vpc.subnets lists no ${side} subnets`,
        side === 'public' ? 'write privateNetworking: true' : 'list private subnets, or leave privateNetworking out',
      );
    }
  }),
  groupRule(
    { id: 'X88', enforcedBy: 'aws', title: 'a group names zones of a cluster that names its own' },
    (subject) => {
      const zones = zonesOf(subject);
      const free = !isSet(subject.config.vpc?.id) && !hasSubnets(subject.config) && !isOnOutposts(subject.config);
      if (zones.length > 0 && free && listOf(subject.config.availabilityZones).length === 0) {
        subject.warning(
          'availabilityZones',
          `the group wants ${describe(zones)}, but the cluster names no zones, so eksctl picks them at random`,
          `name the cluster's zones: availabilityZones: [${['a', 'b', 'c'].map((z) => `'${subject.config.metadata?.region}${z}'`).join(', ')}]`,
        );
      }
    },
  ),
];
