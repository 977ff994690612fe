import { mergeConfig } from '../../eksctl/merge-config';
import { hasOwnVpc, isPrivate } from '../../eksctl/rules/accessors';
import type { AccessEntry, PodIdentityAssociation } from '../../eksctl/types';
import { canonical } from '../../kube/canonical';
import type { Mutable } from '../../kube/values';
import type { Addon } from '../core/requirements';
import { waiverAnnotations } from '../core/waive';
import { adminEntry } from './access';
import { eksctlAddon } from './addons';
import type { MadeClusterConfig } from './made-cluster-config';
import { managedNodeGroup } from './node-groups';
import type { ResolvedConfig } from './resolved-cluster';

export const TYPE_META = { apiVersion: 'eksctl.io/v1alpha5', kind: 'ClusterConfig' } as const;

/** What workloads add to a ClusterConfig. */
export interface ConfigAdditions {
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
}

/**
 * The ClusterConfig: eksctl's defaults, the EKS Best Practices Guide where it is stricter, the additions of workloads, and
 * over all of them the user's `config`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html
 */
export function clusterConfig(resolved: ResolvedConfig, additions: ConfigAdditions): MadeClusterConfig {
  const { over } = resolved.user;
  const base: MadeClusterConfig = {
    ...TYPE_META,
    metadata: {
      name: resolved.name,
      region: resolved.region,
      version: resolved.version,
      ...(resolved.tags ? { tags: { ...resolved.tags } } : {}),
      // eksctl ignores them
      ...(resolved.waive ? { annotations: waiverAnnotations(resolved.waive) } : {}),
    },
    // extended support costs six times as much, and begins without notice
    upgradePolicy: { supportType: 'STANDARD' },
    kubernetesNetworkConfig:
      resolved.ipFamily === 'IPv6' ? { ipFamily: 'IPv6' } : { serviceIPv4CIDR: resolved.serviceRange },
    // always written: eksctl has announced that its default will change
    autoModeConfig: resolved.nodePools ? { enabled: true, nodePools: [...resolved.nodePools] } : { enabled: false },
    accessConfig: accessConfig(resolved, additions.entries),
    iam: { podIdentityAssociations: additions.associations.map(copied) },
    availabilityZones: [...resolved.zones],
    vpc: vpcOf(resolved),
    addons: additions.addons.map(eksctlAddon),
    // the permissions that AWS recommends for vpc-cni and the storage drivers, by pod identity instead of IRSA
    addonsConfig: { autoApplyPodIdentityAssociations: true },
    ...(resolved.nodeGroups.length > 0 ? { managedNodeGroups: groupsOf(resolved) } : {}),
    ...(resolved.secretsKey === undefined ? {} : { secretsEncryption: { keyARN: resolved.secretsKey } }),
    // without a retention, logs are kept and paid for forever
    cloudWatch: { clusterLogging: { enableTypes: ['*'], logRetentionInDays: 90 } },
    zonalShiftConfig: { enabled: true },
  };
  if (over.vpc?.subnets !== undefined) {
    // subnets imply the zones, and eksctl accepts only one of the two
    delete base.availabilityZones;
  }
  return mergeConfig(base, over);
}

function groupsOf({ nodeGroups, user: { over } }: ResolvedConfig): MadeClusterConfig['managedNodeGroups'] {
  return nodeGroups.map((group) =>
    managedNodeGroup(
      group,
      over.managedNodeGroups?.find(({ name }) => name === group.name),
    ),
  );
}

/** Leaves out what eksctl refuses with an existing VPC, a private cluster or IPv6. */
function vpcOf(resolved: ResolvedConfig): MadeClusterConfig['vpc'] {
  const { over } = resolved.user;
  const closed = isPrivate(over);
  // with a single gateway, losing its zone cuts all zones off from the internet
  const nat = { gateway: 'HighlyAvailable' as const };
  return {
    cidr: resolved.vpcCidr,
    ...(hasOwnVpc(over) || closed || resolved.ipFamily === 'IPv6' ? {} : { nat }),
    ...(closed ? {} : { clusterEndpoints: { privateAccess: true, publicAccess: true } }),
    ...(resolved.publicAccessCIDRs ? { publicAccessCIDRs: [...resolved.publicAccessCIDRs] } : {}),
  } as MadeClusterConfig['vpc'];
}

/** Named admins replace the implicit one: the creator of the cluster, whose access no API lists. */
function accessConfig(resolved: ResolvedConfig, entries: readonly AccessEntry[]): MadeClusterConfig['accessConfig'] {
  return {
    authenticationMode: 'API',
    bootstrapClusterCreatorAdminPermissions: resolved.admins.length === 0,
    ...(entries.length > 0 ? { accessEntries: entries.map(copied) } : {}),
  };
}

/** Edits change the finished object, and must not reach what it was made from. */
function copied<T>(value: T): Mutable<T> {
  return (canonical(value) ?? value) as Mutable<T>;
}

/** The entries of the named admins. */
export function adminEntries({ admins, region }: ResolvedConfig): AccessEntry[] {
  return admins.map((arn) => adminEntry(arn, region));
}
