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

/** What eksctl checks when it loads the file. */
export const LOADER_RULES = [
  clusterRule('L2', 'eksctl', 'metadata.name and metadata.region are set', ({ metadata }, report) => {
    if (!isNonEmptyString(metadata?.name)) {
      report.error('metadata.name', 'required', "write for example 'prod'");
    }
    if (!isNonEmptyString(metadata?.region)) {
      report.error('metadata.region', 'required', "write for example 'us-west-2'");
    }
  }),
  clusterRule('L3', 'eksctl', 'lists of objects contain no null', (config, report) => {
    const places = [
      ...nulls(config.nodeGroups, 'nodeGroups'),
      ...nulls(config.managedNodeGroups, 'managedNodeGroups'),
      ...nulls(config.addons, 'addons'),
      ...nulls(config.iam?.serviceAccounts, 'iam.serviceAccounts'),
      ...nulls(config.iamIdentityMappings, 'iamIdentityMappings'),
    ];
    for (const place of places) {
      report.error(place, 'must not be null', 'write the entry, or delete the line');
    }
  }),
  clusterRule('L4', 'eksctl', 'clusterEndpoints is not set in a private cluster', (config, report) => {
    const endpoints = config.vpc?.clusterEndpoints;
    if (isPrivate(config) && (isSet(endpoints?.publicAccess) || isSet(endpoints?.privateAccess))) {
      report.error(
        'vpc.clusterEndpoints',
        `not allowed in a private cluster, but is ${describe(endpoints)}`,
        "delete 'vpc.clusterEndpoints'",
      );
    }
  }),
  clusterRule('L5', 'eksctl', 'vpc.subnets and availabilityZones are mutually exclusive', (config, report) => {
    if (hasSubnets(config) && count(config.availabilityZones) > 0) {
      report.error(
        'availabilityZones',
        "cannot be combined with 'vpc.subnets', which determine the zones",
        "delete 'availabilityZones'",
      );
    }
  }),
  clusterRule('L6', 'eksctl', 'gitops.flux has gitProvider and flags', ({ gitops }, report) => {
    if (isSet(gitops?.flux) && !isNonEmptyString(gitops.flux.gitProvider)) {
      report.error('gitops.flux.gitProvider', 'required', "write 'github' or 'gitlab'");
    }
    if (isSet(gitops?.flux) && keys(gitops.flux.flags).length === 0) {
      report.error('gitops.flux.flags', 'required', "write at least { owner: 'my-org', repository: 'fleet' }");
    }
  }),
  clusterRule(
    'L7',
    'eksctl',
    'a control plane on Outposts has no managed groups, and only the private endpoint',
    (config, report) => {
      if (!isOnOutposts(config)) {
        return;
      }
      if (count(config.managedNodeGroups) > 0) {
        report.error('managedNodeGroups', 'not available on Outposts', "write 'nodeGroups' instead");
      }
      const endpoints = config.vpc?.clusterEndpoints;
      if (endpoints?.publicAccess === true) {
        report.error(
          'vpc.clusterEndpoints.publicAccess',
          'must not be true on Outposts, which have no public endpoint',
          'delete it, or write false',
        );
      }
      if (endpoints?.privateAccess === false) {
        report.error(
          'vpc.clusterEndpoints.privateAccess',
          'must not be false on Outposts, which have only the private endpoint',
          'delete it, or write true',
        );
      }
    },
  ),
  clusterRule('L8a', 'eksctl', 'a cluster with Auto Mode is created without node groups', (config, report) => {
    for (const list of ['nodeGroups', 'managedNodeGroups'] as const) {
      if (isAutoMode(config) && count(config[list]) > 0) {
        report.error(
          list,
          `must be empty when a cluster with Auto Mode is created, but has ${count(config[list])} groups`,
          `delete '${list}', or write \`autoModeConfig.enabled: false\``,
        );
      }
    }
  }),
  clusterRule('L8b', 'eksctl', 'network add-ons that Auto Mode includes are not listed', (config, report) => {
    if (!isAutoMode(config) || count(config.fargateProfiles) > 0 || isSet(config.remoteNetworkConfig)) {
      return;
    }
    for (const [{ name }, path] of present(config.addons, 'addons')) {
      if (isNonEmptyString(name) && NOT_WITH_AUTO_MODE.includes(name)) {
        report.error(path, `Auto Mode includes '${name}'`, `delete the add-on '${name}'`);
      }
    }
  }),
  clusterRule(
    'L9',
    'eksctl',
    'a cluster without the vpc-cni has no nodes, and nothing that requires nodes',
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
          'not allowed without pod networking, which addonsConfig.disableDefaultAddons removes',
          "add { name: 'vpc-cni' } to 'addons', or add this after the cluster exists",
        );
      }
    },
  ),
];
