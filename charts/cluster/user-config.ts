import type { AccessEntry, Addon as EksctlAddon, PodIdentityAssociation } from '../../eksctl/types';
import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import type { Check } from '../core/check';
import type { Addon } from '../core/requirements';
import { configurationOf } from './addons';
import type { ClusterConfigPart } from './made-cluster-config';
import type { ClusterProps } from './props';

/** The user's `config`, split by how it is merged. */
export interface UserConfig {
  /** Merged over the ClusterConfig that the props produce. */
  readonly over: ClusterConfigPart;
  /** Merged with the additions of workloads, so that a contradiction is found. */
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
}

/** Splits `config`; `withProps` reads the fields that have a prop. */
export function userConfig(config: ClusterConfigPart | undefined): UserConfig {
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
 * The props, completed from `config`: the manifests are made from the props, so a field of `config` that has a prop is
 * copied there. Given in both places, the values must be equal.
 */
export function withProps(check: Check, name: string, props: ClusterProps): ClusterProps {
  const { config } = props;
  if (config === undefined) {
    return props;
  }
  if (!isObject(config)) {
    check.fail(
      'type',
      'config',
      `config must be an object, but is ${describe(config)}`,
      'write sections of a ClusterConfig, such as { cloudWatch: { ... } }',
    );
  }
  const { autoModeConfig, availabilityZones, kubernetesNetworkConfig, metadata, vpc } = config;
  const taken = <T>(prop: string, given: T | undefined, key: string, own: T | undefined): T | undefined => {
    if (given !== undefined && own !== undefined && JSON.stringify(given) !== JSON.stringify(own)) {
      check.fail(
        'forbidden',
        `config.${key}`,
        `config.${key} must equal ${prop}, ${describe(given)}, but is ${describe(own)}`,
        `remove '${key}' from config`,
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

/** The fields that are not merged with those of workloads; an invalid configuration stays, for the rules to report. */
function restOf(addon: EksctlAddon): EksctlAddon {
  return configurationOf(addon).configuration ? without(addon, 'configurationValues') : addon;
}

function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}
