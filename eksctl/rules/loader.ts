import { NOT_WITH_AUTO_MODE } from '../../eks/addons';
import { describe } from '../../kube/describe';
import {
  allGroups,
  clusterRule,
  count,
  hasSubnets,
  isAutoMode,
  isOnOutposts,
  isPrivate,
  keys,
  nulls,
  present,
} from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';

/** What eksctl asks as it reads the file. */
export const LOADER_RULES = [
  clusterRule('L2', 'eksctl', 'metadata.name and metadata.region are set', ({ metadata }, report) => {
    if (!isNonEmptyString(metadata?.name)) {
      report.error('metadata.name', 'the cluster has no name', "write for example 'prod'");
    }
    if (!isNonEmptyString(metadata?.region)) {
      report.error('metadata.region', 'the cluster has no region', "write for example 'us-west-2'");
    }
  }),
  clusterRule('L3', 'eksctl', 'lists of objects hold no null', (config, report) => {
    const places = [
      ...nulls(config.nodeGroups, 'nodeGroups'),
      ...nulls(config.managedNodeGroups, 'managedNodeGroups'),
      ...nulls(config.addons, 'addons'),
      ...nulls(config.iam?.serviceAccounts, 'iam.serviceAccounts'),
      ...nulls(config.iamIdentityMappings, 'iamIdentityMappings'),
    ];
    for (const place of places) {
      report.error(place, 'the entry is null', 'write the entry, or delete its line');
    }
  }),
  clusterRule('L4', 'eksctl', 'privateCluster.enabled decides the endpoints by itself', (config, report) => {
    const endpoints = config.vpc?.clusterEndpoints;
    if (isPrivate(config) && (isSet(endpoints?.publicAccess) || isSet(endpoints?.privateAccess))) {
      report.error(
        'vpc.clusterEndpoints',
        `a private cluster has the private endpoint only, and here stands ${describe(endpoints)}`,
        "delete 'vpc.clusterEndpoints'",
      );
    }
  }),
  clusterRule('L5', 'eksctl', 'vpc.subnets and availabilityZones exclude each other', (config, report) => {
    if (hasSubnets(config) && count(config.availabilityZones) > 0) {
      report.error(
        'availabilityZones',
        'the zones are those of vpc.subnets, and are said here again',
        "delete 'availabilityZones'",
      );
    }
  }),
  clusterRule('L6', 'eksctl', 'gitops.flux says its provider and flags', ({ gitops }, report) => {
    if (isSet(gitops?.flux) && !isNonEmptyString(gitops.flux.gitProvider)) {
      report.error('gitops.flux.gitProvider', 'Flux has no Git provider', "write 'github' or 'gitlab'");
    }
    if (isSet(gitops?.flux) && keys(gitops.flux.flags).length === 0) {
      report.error('gitops.flux.flags', 'Flux has no flags', "write at least { owner: 'my-org', repository: 'fleet' }");
    }
  }),
  clusterRule(
    'L7',
    'eksctl',
    'a control plane on Outposts has no managed groups and a private endpoint',
    (config, report) => {
      if (!isOnOutposts(config)) {
        return;
      }
      if (count(config.managedNodeGroups) > 0) {
        report.error('managedNodeGroups', 'Outposts have no managed node groups', "write them as 'nodeGroups'");
      }
      const endpoints = config.vpc?.clusterEndpoints;
      if (endpoints?.publicAccess === true) {
        report.error(
          'vpc.clusterEndpoints.publicAccess',
          'Outposts have no public endpoint',
          'delete it, or write false',
        );
      }
      if (endpoints?.privateAccess === false) {
        report.error(
          'vpc.clusterEndpoints.privateAccess',
          'Outposts have the private endpoint only',
          'delete it, or write true',
        );
      }
    },
  ),
  clusterRule('L8a', 'eksctl', 'Auto Mode has no node groups at creation', (config, report) => {
    for (const list of ['nodeGroups', 'managedNodeGroups'] as const) {
      if (isAutoMode(config) && count(config[list]) > 0) {
        report.error(
          list,
          `Auto Mode makes its nodes itself, and ${count(config[list])} groups are asked for at creation`,
          `delete '${list}', or write autoModeConfig.enabled: false`,
        );
      }
    }
  }),
  clusterRule('L8b', 'eksctl', 'Auto Mode has the core network add-ons built in', (config, report) => {
    if (!isAutoMode(config) || count(config.fargateProfiles) > 0 || isSet(config.remoteNetworkConfig)) {
      return;
    }
    for (const [{ name }, path] of present(config.addons, 'addons')) {
      if (isNonEmptyString(name) && NOT_WITH_AUTO_MODE.includes(name)) {
        report.error(path, `Auto Mode has '${name}' built in`, `delete the add-on '${name}'`);
      }
    }
  }),
  clusterRule(
    'L9',
    'eksctl',
    'a cluster without the vpc-cni has no nodes and nothing that needs them',
    (config, report) => {
      const named = present(config.addons, 'addons').some(([addon]) => addon.name === 'vpc-cni');
      if (config.addonsConfig?.disableDefaultAddons !== true || isAutoMode(config) || named) {
        return;
      }
      const places = [
        ...allGroups(config).flatMap(([group, path]) =>
          (group.desiredCapacity ?? 0) > 0 ? [`${path}.desiredCapacity`] : [],
        ),
        ...(count(config.fargateProfiles) > 0 ? ['fargateProfiles'] : []),
        ...(isSet(config.karpenter) ? ['karpenter'] : []),
        ...(isSet(config.gitops?.flux) ? ['gitops.flux'] : []),
        ...(count(config.iam?.serviceAccounts) > 0 ? ['iam.serviceAccounts'] : []),
        ...(count(config.iam?.podIdentityAssociations) > 0 ? ['iam.podIdentityAssociations'] : []),
      ];
      for (const place of places) {
        report.error(
          place,
          'addonsConfig.disableDefaultAddons leaves the cluster without a network for pods',
          "add { name: 'vpc-cni' } to 'addons', or add this after the cluster is there",
        );
      }
    },
  ),
];
