import type {
  AccessConfig,
  AccessEntry,
  ClusterConfig,
  ClusterVPC,
  EksctlAddon,
  PodIdentityAssociation,
} from '../../imports/eksctl';
import { canonical } from '../core/canonical';
import type { ClusterContext } from '../core/cluster-context';
import type { Addon } from '../core/requirements';
import { adminEntry } from './access';
import { eksctlAddon } from './addons';
import { managedNodeGroup } from './node-groups';
import type { ConfigPlan } from './plan';

/** A ClusterConfig in which what is always written is not optional, so that an edit reads `config.vpc.nat.gateway = 'Single'`. */
export interface MadeClusterConfig extends ClusterConfig {
  accessConfig: AccessConfig;
  addons: EksctlAddon[];
  autoModeConfig: NonNullable<ClusterConfig['autoModeConfig']>;
  cloudWatch: { clusterLogging: NonNullable<NonNullable<ClusterConfig['cloudWatch']>['clusterLogging']> };
  iam: { podIdentityAssociations: PodIdentityAssociation[] } & NonNullable<ClusterConfig['iam']>;
  kubernetesNetworkConfig: NonNullable<ClusterConfig['kubernetesNetworkConfig']>;
  upgradePolicy: NonNullable<ClusterConfig['upgradePolicy']>;
  vpc: ClusterVPC & { nat: NonNullable<ClusterVPC['nat']> };
  zonalShiftConfig: NonNullable<ClusterConfig['zonalShiftConfig']>;
}

/** What workloads add to a cluster. */
export interface ConfigAdditions {
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
}

/** The ClusterConfig: eksctl's defaults where they are good, the EKS best practices guide where they are not. */
export function clusterConfig(
  context: ClusterContext,
  plan: ConfigPlan,
  additions: ConfigAdditions,
): MadeClusterConfig {
  const { name, region, version } = context.facts;
  return {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name, region, version, ...(plan.tags ? { tags: { ...plan.tags } } : {}) },
    // extended support costs six times as much, and is easy to slip into unseen
    upgradePolicy: { supportType: 'STANDARD' },
    kubernetesNetworkConfig: { serviceIPv4CIDR: plan.serviceRange },
    // always said: eksctl has announced that its default will change
    autoModeConfig: plan.nodePools ? { enabled: true, nodePools: [...plan.nodePools] } : { enabled: false },
    accessConfig: accessConfig(plan, additions.entries),
    iam: { podIdentityAssociations: additions.associations.map(copied) },
    availabilityZones: [...plan.zones],
    vpc: {
      cidr: context.vpcCidr,
      // with a single one the loss of its zone takes the internet from all
      nat: { gateway: 'HighlyAvailable' },
      clusterEndpoints: { privateAccess: true, publicAccess: true },
      ...(plan.publicAccessCIDRs ? { publicAccessCIDRs: [...plan.publicAccessCIDRs] } : {}),
    },
    addons: additions.addons.map(eksctlAddon),
    // the permissions that AWS recommends for vpc-cni and the storage drivers, without IRSA
    addonsConfig: { autoApplyPodIdentityAssociations: true },
    ...(plan.nodeGroups.length > 0 ? { managedNodeGroups: plan.nodeGroups.map(managedNodeGroup) } : {}),
    ...(plan.secretsKey === undefined ? {} : { secretsEncryption: { keyARN: plan.secretsKey } }),
    // without a retention the logs are kept, and paid for, for ever
    cloudWatch: { clusterLogging: { enableTypes: ['*'], logRetentionInDays: 90 } },
    zonalShiftConfig: { enabled: true },
  };
}

/** Named admins replace the hidden one, whoever created the cluster, whom no list shows. */
function accessConfig(plan: ConfigPlan, entries: readonly AccessEntry[]): AccessConfig {
  return {
    authenticationMode: 'API',
    bootstrapClusterCreatorAdminPermissions: plan.admins.length === 0,
    ...(entries.length > 0 ? { accessEntries: entries.map(copied) } : {}),
  };
}

/** Edits work on the finished object, and must not reach what it was made of. */
function copied<T>(value: T): T {
  return canonical(value) ?? value;
}

/** The entries of the named admins. */
export function adminEntries(context: ClusterContext, plan: ConfigPlan): AccessEntry[] {
  return plan.admins.map((arn) => adminEntry(arn, context.facts.region));
}
