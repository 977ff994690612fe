import { eksctlAddonNames } from '../../eks/addons';
import { hasOwnVpc } from '../../eksctl/rules/read';
import type { ClusterConfig } from '../../eksctl/types';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterFeature } from '../core/requirements';
import { configurationOf } from './addons';
import { planArchitectures } from './auto-mode-plan';
import { planFacts } from './checks';
import { familyOf, loadBalancerSubnets, maxNodes, nodeFacts } from './described';
import { type ClusterPlan, FACT_KEYS, planSizes, type Sizes } from './plan';
import type { DescribedClusterProps, ExistingClusterProps } from './props';

const EXISTING_KEYS: KeyTable<ExistingClusterProps> = {
  ...FACT_KEYS,
  compute: true,
  addons: true,
  features: true,
  architectures: true,
  zones: true,
};
const DESCRIBED_KEYS: KeyTable<DescribedClusterProps> = {
  addons: true,
  features: true,
  loadBalancerSubnets: true,
  instanceTypes: true,
  systemPods: true,
};
const FEATURES: readonly ClusterFeature[] = ['ebs', 'load-balancer', 'metrics', 'network-policy', 'pod-identity'];

/** A cluster that exists, as its props describe it. */
export function planExisting(
  check: Check,
  name: string,
  props: ExistingClusterProps,
  described?: ClusterConfig,
  sizes: Sizes = {},
): ClusterPlan {
  check.keys<ExistingClusterProps>('props', props ?? null, EXISTING_KEYS);
  const ipFamily = familyOf(described ?? {});
  const facts = planFacts(check, props, false, ipFamily);
  const compute = props.compute ?? 'node-groups';
  check.oneOf('compute', compute, ['node-groups', 'auto']);
  for (const addon of props.addons ?? []) {
    check.text('the name of an add-on', addon);
  }
  for (const feature of props.features ?? []) {
    check.oneOf('a feature', feature, FEATURES);
  }
  planArchitectures(check, 'an architecture', props.architectures ?? []);
  return {
    context: {
      facts: {
        name,
        made: false,
        region: props.region,
        version: props.version,
        compute,
        addons: props.addons && new Set(props.addons),
        features: props.features && new Set(props.features),
        architectures: props.architectures && new Set(props.architectures),
        zones: props.zones === undefined ? undefined : check.integer('zones', props.zones, 1),
      },
      loadBalancerSubnets: facts.subnets ?? (described && loadBalancerSubnets(described, facts.vpc)),
      ipFamily,
      vpcCidr: ipFamily === 'IPv6' ? described?.vpc?.ipv6Cidr : facts.vpcCidr,
      dns: facts.dns,
      apiServer: facts.apiServer,
      maxNodes: described && maxNodes(described),
    },
    config: undefined,
    described,
    sizes: planSizes(check, sizes),
    problems: facts.problems,
  };
}

/** A cluster that exists, as the ClusterConfig describes it from which it was made. */
export function planDescribed(
  check: Check,
  name: string,
  config: ClusterConfig,
  props: DescribedClusterProps,
): ClusterPlan {
  check.keys<DescribedClusterProps>('props', props, DESCRIBED_KEYS);
  const { metadata, vpc, kubernetesNetworkConfig } = config;
  if (metadata.name !== name) {
    check.fail(`the file describes the cluster '${metadata.name}'`, `write '${metadata.name}' as the id`);
  }
  if (metadata.version === undefined) {
    check.fail('the file says no version', "write metadata.version: '1.35' in it, as the cluster has it");
  }
  if (hasOwnVpc(config) && vpc?.cidr === undefined) {
    check.fail('the file names a VPC without its range', 'write vpc.cidr: 10.0.0.0/16 in it');
  }
  const { architectures, zones } = nodeFacts(config, undefined);
  const described: ExistingClusterProps = {
    region: metadata.region,
    version: metadata.version,
    compute: config.autoModeConfig?.enabled ? 'auto' : 'node-groups',
    addons: [...new Set([...addonsOf(config), ...(props.addons ?? [])])],
    features: [...new Set([...featuresOf(config), ...(props.features ?? [])])],
    ...(architectures ? { architectures: [...architectures] } : {}),
    ...(zones === undefined ? {} : { zones }),
    ...(vpc?.cidr === undefined ? {} : { vpcCidr: vpc.cidr }),
    ...(kubernetesNetworkConfig?.serviceIPv4CIDR === undefined
      ? {}
      : { serviceIPv4CIDR: kubernetesNetworkConfig.serviceIPv4CIDR }),
    ...(props.loadBalancerSubnets === undefined ? {} : { loadBalancerSubnets: props.loadBalancerSubnets }),
  };
  return planExisting(check, name, described, config, props);
}

/** Those of the file, and those that eksctl adds by itself. */
function addonsOf({ addons = [], addonsConfig, autoModeConfig, metadata }: ClusterConfig): string[] {
  const added = eksctlAddonNames(autoModeConfig?.enabled === true, metadata.region);
  return [...addons.map(({ name }) => name), ...(addonsConfig?.disableDefaultAddons ? [] : added)];
}

function featuresOf(config: ClusterConfig): ClusterFeature[] {
  const addons = new Set(addonsOf(config));
  const auto = config.autoModeConfig?.enabled === true;
  const cni = config.addons?.find(({ name }) => name === 'vpc-cni');
  const controller = [...(config.iam?.podIdentityAssociations ?? []), ...(config.iam?.serviceAccounts ?? [])].some(
    ({ wellKnownPolicies }) => wellKnownPolicies?.awsLoadBalancerController,
  );
  const has: Readonly<Record<ClusterFeature, boolean>> = {
    ebs: auto || addons.has('aws-ebs-csi-driver'),
    'load-balancer': auto || controller,
    metrics: addons.has('metrics-server'),
    'network-policy': String(cni && configurationOf(cni).configuration?.enableNetworkPolicy) === 'true',
    'pod-identity': auto || addons.has('eks-pod-identity-agent'),
  };
  return FEATURES.filter((feature) => has[feature]);
}
