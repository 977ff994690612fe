import { mergeConfig } from '../../eksctl/merge-config';
import { hasOwnVpc, isPrivate } from '../../eksctl/rules/read';
import type { AccessEntry, ClusterConfig, PodIdentityAssociation } from '../../eksctl/types';
import { canonical } from '../../kube/canonical';
import type { Mutable } from '../../kube/values';
import type { Addon } from '../core/requirements';
import { adminEntry } from './access';
import { eksctlAddon } from './addons';
import { managedNodeGroup } from './node-groups';
import type { ConfigPlan } from './plan';

/** A ClusterConfig to be edited in place. */
type Editable = Mutable<ClusterConfig>;

/** One in which what is always written is not optional, so that an edit reads `config.vpc.nat.gateway = 'Single'`. */
export interface MadeClusterConfig extends Editable {
  accessConfig: NonNullable<Editable['accessConfig']>;
  addons: NonNullable<Editable['addons']>;
  autoModeConfig: NonNullable<Editable['autoModeConfig']>;
  cloudWatch: Required<NonNullable<Editable['cloudWatch']>>;
  iam: NonNullable<Editable['iam']> & Required<Pick<NonNullable<Editable['iam']>, 'podIdentityAssociations'>>;
  kubernetesNetworkConfig: NonNullable<Editable['kubernetesNetworkConfig']>;
  upgradePolicy: NonNullable<Editable['upgradePolicy']>;
  vpc: NonNullable<Editable['vpc']> & Required<Pick<NonNullable<Editable['vpc']>, 'nat'>>;
  zonalShiftConfig: NonNullable<Editable['zonalShiftConfig']>;
}

/** What workloads add to a cluster. */
export interface ConfigAdditions {
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
}

/**
 * The ClusterConfig: eksctl's defaults where they are good, the EKS best practices guide where they are not, what workloads
 * add, and over all of it what the user wrote.
 */
export function clusterConfig(plan: ConfigPlan, additions: ConfigAdditions): MadeClusterConfig {
  const { over } = plan.own;
  const base: MadeClusterConfig = {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: {
      name: plan.name,
      region: plan.region,
      version: plan.version,
      ...(plan.tags ? { tags: { ...plan.tags } } : {}),
    },
    // extended support costs six times as much, and is easy to slip into unseen
    upgradePolicy: { supportType: 'STANDARD' },
    kubernetesNetworkConfig: plan.ipFamily === 'IPv6' ? { ipFamily: 'IPv6' } : { serviceIPv4CIDR: plan.serviceRange },
    // always said: eksctl has announced that its default will change
    autoModeConfig: plan.nodePools ? { enabled: true, nodePools: [...plan.nodePools] } : { enabled: false },
    accessConfig: accessConfig(plan, additions.entries),
    iam: { podIdentityAssociations: additions.associations.map(copied) },
    availabilityZones: [...plan.zones],
    vpc: vpcOf(plan),
    addons: additions.addons.map(eksctlAddon),
    // the permissions that AWS recommends for vpc-cni and the storage drivers, without IRSA
    addonsConfig: { autoApplyPodIdentityAssociations: true },
    ...(plan.nodeGroups.length > 0 ? { managedNodeGroups: plan.nodeGroups.map(managedNodeGroup) } : {}),
    ...(plan.secretsKey === undefined ? {} : { secretsEncryption: { keyARN: plan.secretsKey } }),
    // without a retention the logs are kept, and paid for, for ever
    cloudWatch: { clusterLogging: { enableTypes: ['*'], logRetentionInDays: 90 } },
    zonalShiftConfig: { enabled: true },
  };
  if (over.vpc?.subnets !== undefined) {
    // the subnets say which zones there are, and eksctl takes one of the two
    delete base.availabilityZones;
  }
  return mergeConfig(base, over);
}

/** Without what eksctl refuses beside an own VPC, a private cluster or IPv6, or would compare with what AWS has. */
function vpcOf(plan: ConfigPlan): MadeClusterConfig['vpc'] {
  const { over } = plan.own;
  const closed = isPrivate(over);
  // with a single one the loss of its zone takes the internet from all
  const nat = { gateway: 'HighlyAvailable' as const };
  return {
    cidr: plan.vpcCidr,
    ...(hasOwnVpc(over) || closed || plan.ipFamily === 'IPv6' ? {} : { nat }),
    ...(closed ? {} : { clusterEndpoints: { privateAccess: true, publicAccess: true } }),
    ...(plan.publicAccessCIDRs ? { publicAccessCIDRs: [...plan.publicAccessCIDRs] } : {}),
  } as MadeClusterConfig['vpc'];
}

/** Named admins replace the hidden one, whoever created the cluster, whom no list shows. */
function accessConfig(plan: ConfigPlan, entries: readonly AccessEntry[]): MadeClusterConfig['accessConfig'] {
  return {
    authenticationMode: 'API',
    bootstrapClusterCreatorAdminPermissions: plan.admins.length === 0,
    ...(entries.length > 0 ? { accessEntries: entries.map(copied) } : {}),
  };
}

/** Edits work on the finished object, and must not reach what it was made of. */
function copied<T>(value: T): Mutable<T> {
  return (canonical(value) ?? value) as Mutable<T>;
}

/** The entries of the named admins. */
export function adminEntries({ admins, region }: ConfigPlan): AccessEntry[] {
  return admins.map((arn) => adminEntry(arn, region));
}
