import type {
  AccessEntry,
  ClusterConfig,
  ClusterMeta,
  Addon as EksctlAddon,
  PodIdentityAssociation,
} from '../../eksctl/types';
import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import type { Addon } from '../core/requirements';
import { configurationOf } from './addons';
import type { ClusterProps } from './props';

/** Sections of a ClusterConfig in eksctl's spelling; a whole file fits, too. */
export type ClusterConfigPart = Partial<Omit<ClusterConfig, 'metadata'>> & { readonly metadata?: Partial<ClusterMeta> };

/** What the user wrote of the ClusterConfig, taken apart. */
export interface OwnConfig {
  /** What lies over the config that the props make. */
  readonly over: ClusterConfigPart;
  /** What workloads add to as well, so that a contradiction between the two is seen. */
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
}

/** Without what says the same as a prop, see `withProps`. */
export function ownConfig(config: ClusterConfigPart | undefined): OwnConfig {
  const { addons, iam, accessConfig, ...rest } = config ?? {};
  return {
    over: {
      ...rest,
      ...(addons ? { addons: addons.map(restOf) } : {}),
      ...(iam ? { iam: without(iam, 'podIdentityAssociations') } : {}),
      ...(accessConfig ? { accessConfig: without(accessConfig, 'accessEntries') } : {}),
    },
    addons: (addons ?? []).map((addon) => ({ name: addon.name, ...configurationOf(addon) })),
    associations: iam?.podIdentityAssociations ?? [],
    entries: accessConfig?.accessEntries ?? [],
  };
}

/**
 * The props, with what a given config says in their place: the manifests are made from the props, so whatever has one
 * must be there. Said twice it must be the same.
 */
export function withProps(check: Check, name: string, props: ClusterProps): ClusterProps {
  const { config } = props;
  if (config === undefined) {
    return props;
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    check.fail(`config is ${describe(config)}`, 'write sections of a ClusterConfig, such as { cloudWatch: { ... } }');
  }
  const { autoModeConfig, availabilityZones, kubernetesNetworkConfig, metadata, vpc } = config;
  const taken = <T>(prop: string, given: T | undefined, key: string, own: T | undefined): T | undefined => {
    if (given !== undefined && own !== undefined && JSON.stringify(given) !== JSON.stringify(own)) {
      check.fail(
        `${prop} is ${describe(given)}, but config says ${key}: ${describe(own)}`,
        `leave '${key}' out of config`,
      );
    }
    return given ?? own;
  };
  taken('the id', name, 'metadata.name', metadata?.name);
  const pools = autoModeConfig?.nodePools;
  const auto = autoModeConfig?.enabled ? (pools && pools.length > 0 ? { nodePools: pools } : true) : undefined;
  return {
    ...props,
    region: taken('region', props.region, 'metadata.region', metadata?.region),
    version: taken('version', props.version, 'metadata.version', metadata?.version),
    tags: taken('tags', props.tags, 'metadata.tags', metadata?.tags),
    availabilityZones: taken('availabilityZones', props.availabilityZones, 'availabilityZones', availabilityZones),
    vpcCidr: taken('vpcCidr', props.vpcCidr, 'vpc.cidr', vpc?.cidr),
    publicAccessCIDRs: taken(
      'publicAccessCIDRs',
      props.publicAccessCIDRs,
      'vpc.publicAccessCIDRs',
      vpc?.publicAccessCIDRs,
    ),
    serviceIPv4CIDR: taken(
      'serviceIPv4CIDR',
      props.serviceIPv4CIDR,
      'kubernetesNetworkConfig.serviceIPv4CIDR',
      kubernetesNetworkConfig?.serviceIPv4CIDR,
    ),
    ...(props.nodeGroups === undefined && props.autoMode === undefined && auto !== undefined ? { autoMode: auto } : {}),
  } as ClusterProps;
}

/** What is not merged with the wishes of workloads; a configuration that cannot be read stays, for the rules to refuse. */
function restOf(addon: EksctlAddon): EksctlAddon {
  return configurationOf(addon).configuration ? without(addon, 'configurationValues') : addon;
}

function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}
