import { type Ec2Kind, isEc2Id, nameOfKind } from '../../eks/ec2-ids';
import { describe } from '../../kube/describe';
import { keyPath } from '../../kube/text';
import { allGroups, clusterRule, keys, present, strings } from './accessors';
import { isNonEmptyString, type UnvalidatedConfig, type UnvalidatedGroup } from './unvalidated';

type Place = readonly [id: string | null | undefined, path: string, ...kinds: Ec2Kind[]];

/** Every field that takes an id of EC2. */
function idsOf(config: UnvalidatedConfig): Place[] {
  return [...vpcIds(config), ...groupIds(config), ...profileIds(config)];
}

function vpcIds({ vpc, remoteNetworkConfig }: UnvalidatedConfig): Place[] {
  const subnets = (['private', 'public'] as const).flatMap((side) =>
    Object.entries(vpc?.subnets?.[side] ?? {}).map(
      ([name, spec]): Place => [spec?.id, `${keyPath(`vpc.subnets.${side}`, name)}.id`, 'subnet'],
    ),
  );
  return [
    [vpc?.id, 'vpc.id', 'vpc'],
    ...subnets,
    [vpc?.securityGroup, 'vpc.securityGroup', 'sg'],
    [vpc?.sharedNodeSecurityGroup, 'vpc.sharedNodeSecurityGroup', 'sg'],
    ...each(vpc?.controlPlaneSecurityGroupIDs, 'vpc.controlPlaneSecurityGroupIDs', 'sg'),
    ...each(vpc?.controlPlaneSubnetIDs, 'vpc.controlPlaneSubnetIDs', 'subnet'),
    // A6e reports gateways of other kinds
    ...(/^(tgw|vgw)-/.test(remoteNetworkConfig?.vpcGatewayID ?? '')
      ? [[remoteNetworkConfig?.vpcGatewayID, 'remoteNetworkConfig.vpcGatewayID', 'tgw', 'vgw'] as const]
      : []),
  ];
}

function groupIds(config: UnvalidatedConfig): Place[] {
  return (allGroups(config) as [UnvalidatedGroup, string][]).flatMap(([group, path]): Place[] => [
    ...each(group.securityGroups?.attachIDs, `${path}.securityGroups.attachIDs`, 'sg'),
    ...each(group.ssh?.sourceSecurityGroupIds, `${path}.ssh.sourceSecurityGroupIds`, 'sg'),
    ...subnetsByName(config, group.subnets, `${path}.subnets`),
    // other texts are 'auto', or what M12 reports
    ...(group.ami?.startsWith('ami-') ? [[group.ami, `${path}.ami`, 'ami'] as const] : []),
    [group.launchTemplate?.id, `${path}.launchTemplate.id`, 'lt'],
    [
      group.capacityReservation?.capacityReservationTarget?.capacityReservationID,
      `${path}.capacityReservation.capacityReservationTarget.capacityReservationID`,
      'cr',
    ],
    ...present(group.additionalVolumes, `${path}.additionalVolumes`).map(
      ([volume, place]): Place => [volume.snapshotID, `${place}.snapshotID`, 'snap'],
    ),
  ]);
}

function profileIds(config: UnvalidatedConfig): Place[] {
  return present(config.fargateProfiles, 'fargateProfiles').flatMap(([{ subnets }, path]) =>
    subnetsByName(config, subnets, `${path}.subnets`),
  );
}

function each(list: readonly (string | null)[] | null | undefined, path: string, kind: Ec2Kind): Place[] {
  return strings(list, path).map(([id, place]) => [id, place, kind]);
}

/** Subnets may also be named as in `vpc.subnets`. */
function subnetsByName(
  { vpc }: UnvalidatedConfig,
  list: readonly (string | null)[] | null | undefined,
  path: string,
): Place[] {
  const names = new Set([...keys(vpc?.subnets?.private), ...keys(vpc?.subnets?.public)]);
  return each(list, path, 'subnet').filter(([id]) => /^subnet-/.test(id ?? '') && !names.has(id ?? ''));
}

/** Ids of what exists in EC2. */
export const EC2_ID_RULES = [
  clusterRule('X6', 'aws', 'ids of EC2 have the form of their kind', (config, report) => {
    for (const [id, path, ...kinds] of idsOf(config)) {
      if (isNonEmptyString(id) && !isEc2Id(id, ...kinds)) {
        report.error(
          path,
          `must be the id of ${kinds.map(nameOfKind).join(' or ')}, '${kinds[0]}-' and 8 to 17 hexadecimal digits, but is ${describe(id)}`,
          `write for example '${kinds[0]}-0123456789abcdef0'`,
        );
      }
    }
  }),
];
