import { describe } from '../../kube/describe';
import { hasSubnets, isIPv6, isOnOutposts } from './accessors';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, listOf, type UnvalidatedConfig } from './unvalidated';

const ZONE = /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/;

type Side = 'private' | 'public';

/** The private or public subnets of a file: name, zone and id. */
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

/** The kind of subnets that eksctl selects for a group. */
const sideOf = ({ group }: Subject): Side => (group.privateNetworking === true ? 'private' : 'public');

/** The zones of the subnets in the file; undefined if there are none, or the zone of one is unknown. */
function zonesFor({ config }: Subject, ...sides: readonly Side[]): readonly string[] | undefined {
  const zones = sides.flatMap((side) => subnetsOf(config, side)).map(({ zone }) => zone);
  return hasSubnets(config) && zones.every(isNonEmptyString) ? zones : undefined;
}

/** The zones of a group, without local zones of a managed group, which C26 reports. */
function zonesOf({ kind, group, config }: Subject): readonly string[] {
  const local = kind === 'managed' ? listOf(config.localZones) : [];
  return listOf(group.availabilityZones).filter((zone) => !local.includes(zone));
}

/** What eksctl refuses only after it has called AWS, and possibly created the cluster. */
export const LATE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'C21', enforcedBy: 'aws', only: 'self-managed', title: 'an IPv6 cluster has no self-managed groups' },
    (subject) => {
      if (isIPv6(subject.config)) {
        subject.error(
          '',
          'self-managed groups are not supported in an IPv6 cluster',
          'move the group to managedNodeGroups',
        );
      }
    },
  ),
  groupRule({ id: 'C22a', enforcedBy: 'aws', title: 'the zones of a group have subnets of its kind' }, (subject) => {
    const known = zonesFor(subject, sideOf(subject));
    const all = zonesFor(subject, 'private', 'public');
    for (const zone of zonesOf(subject)) {
      // C4 reports zones without any subnet
      if (known && all?.includes(zone) && !known.includes(zone)) {
        subject.error(
          'availabilityZones',
          `vpc.subnets has no ${sideOf(subject)} subnet in '${zone}'`,
          sideOf(subject) === 'public' ? 'write `privateNetworking: true`' : `add a private subnet in '${zone}'`,
        );
      }
    }
  }),
  groupRule({ id: 'C22c', enforcedBy: 'aws', title: 'the zones of a group are in the region' }, (subject) => {
    const region = subject.config.metadata?.region ?? '';
    const named = hasSubnets(subject.config) || listOf(subject.config.availabilityZones).length > 0;
    for (const zone of named ? [] : zonesOf(subject).filter((name) => !name.startsWith(region))) {
      subject.error(
        'availabilityZones',
        `must be a zone of ${region}, but is '${zone}'`,
        `write for example '${region}a'`,
      );
    }
  }),
  groupRule(
    {
      id: 'C22b',
      enforcedBy: 'aws',
      only: 'self-managed',
      title: 'the local zones of a group are local zones of the cluster',
    },
    ({ group, config, error }) => {
      const known = listOf(config.localZones);
      for (const zone of listOf(group.localZones)) {
        if (!known.includes(zone)) {
          error(
            'localZones',
            `must be a local zone of the cluster, but is '${zone}'`,
            `add localZones: ['${zone}'] to the ClusterConfig`,
          );
        }
      }
    },
  ),
  groupRule({ id: 'C23', enforcedBy: 'aws', title: 'private subnets require privateNetworking' }, (subject) => {
    const named = (name: string, side: Side): boolean =>
      subnetsOf(subject.config, side).some((subnet) => subnet.name === name || subnet.id === name);
    for (const [i, name] of (subject.group.subnets ?? []).entries()) {
      const privately = isNonEmptyString(name) && named(name, 'private') && !named(name, 'public');
      if (sideOf(subject) === 'public' && privately) {
        subject.error(
          `subnets[${i}]`,
          `the private subnet '${name}' requires privateNetworking`,
          'write `privateNetworking: true`',
        );
      }
    }
  }),
  groupRule(
    { id: 'C26', enforcedBy: 'aws', only: 'managed', title: 'managed groups are not in local zones' },
    (subject) => {
      const local = listOf(subject.config.localZones);
      for (const zone of listOf(subject.group.availabilityZones).filter((name) => local.includes(name))) {
        subject.error(
          'availabilityZones',
          `must not be a local zone in a managed group, but is '${zone}'`,
          `move the group to nodeGroups, with localZones: ['${zone}']`,
        );
      }
    },
  ),
  groupRule({ id: 'C29', enforcedBy: 'aws', title: 'vpc.subnets has subnets for the group' }, (subject) => {
    const { kind, group, config } = subject;
    const side = sideOf(subject);
    // C10 requires two for private self-managed groups
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
        `is ${describe(group.privateNetworking ?? undefined)}, but vpc.subnets has no ${side} subnets`,
        side === 'public' ? 'write `privateNetworking: true`' : 'add private subnets, or remove privateNetworking',
      );
    }
  }),
  groupRule({ id: 'X88', enforcedBy: 'aws', title: 'zones of a group require zones of the cluster' }, (subject) => {
    const zones = zonesOf(subject);
    const free = !isSet(subject.config.vpc?.id) && !hasSubnets(subject.config) && !isOnOutposts(subject.config);
    if (zones.length > 0 && free && listOf(subject.config.availabilityZones).length === 0) {
      subject.warning(
        'availabilityZones',
        `is ${describe(zones)}, but the cluster has no availabilityZones, so eksctl selects random zones`,
        `set the zones of the cluster: availabilityZones: [${['a', 'b', 'c'].map((z) => `'${subject.config.metadata?.region}${z}'`).join(', ')}]`,
      );
    }
  }),
];
