import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import {
  allGroups,
  authenticationModeOf,
  clusterRule,
  count,
  hasOidc,
  hasSubnets,
  isIPv6,
  isOnOutposts,
  isPrivate,
  present,
} from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

/** What is not supported on Outposts: the path, whether it is set, and its name. */
function excluded(config: UnvalidatedConfig): (readonly [string, boolean, string])[] {
  return [
    [
      'accessConfig.bootstrapClusterCreatorAdminPermissions',
      config.accessConfig?.bootstrapClusterCreatorAdminPermissions === false,
      'disabling the permissions of the cluster creator',
    ],
    ['kubernetesNetworkConfig.ipFamily', isIPv6(config), 'IPv6'],
    ['addons', count(config.addons) > 0, 'EKS add-ons'],
    ['identityProviders', count(config.identityProviders) > 0, 'identity providers'],
    ['fargateProfiles', count(config.fargateProfiles) > 0, 'Fargate'],
    ['karpenter', isSet(config.karpenter), 'Karpenter'],
    ['secretsEncryption', isNonEmptyString(config.secretsEncryption?.keyARN), 'encryption of secrets with KMS'],
    ['availabilityZones', count(config.availabilityZones) > 0, 'availability zones'],
    ['localZones', count(config.localZones) > 0, 'local zones'],
    ['gitops', isSet(config.gitops), 'GitOps'],
    ['iam.withOIDC', hasOidc(config), 'OIDC providers'],
    ['vpc.autoAllocateIPv6', config.vpc?.autoAllocateIPv6 === true, 'IPv6 addresses'],
    ['vpc.publicAccessCIDRs', count(config.vpc?.publicAccessCIDRs) > 0, 'the public endpoint'],
  ];
}

/** A control plane, or nodes, on AWS Outposts. */
export const OUTPOST_RULES = [
  clusterRule('A19a', 'eksctl', 'outpost.controlPlaneOutpostARN is the ARN of an Outpost', ({ outpost }, report) => {
    if (isSet(outpost) && parseArn(outpost.controlPlaneOutpostARN)?.service !== 'outposts') {
      report.error(
        'outpost.controlPlaneOutpostARN',
        `must be the ARN of an Outpost, but is ${describe(outpost.controlPlaneOutpostARN ?? undefined)}`,
        "write for example 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0abc'",
      );
    }
  }),
  clusterRule('A19b', 'eksctl', 'features that are not supported on Outposts are not set', (config, report) => {
    for (const [path, there, name] of isSet(config.outpost) ? excluded(config) : []) {
      if (there) {
        report.error(path, `Outposts do not support ${name}`, `delete '${path}'`);
      }
    }
  }),
  clusterRule('A19c', 'eksctl', 'placements on Outposts match the etcd instances', ({ outpost }, report) => {
    if (!isSet(outpost)) {
      return;
    }
    const own = isNonEmptyString(outpost.etcdInstanceType);
    const fix = "set 'outpost.etcdInstanceType', for example to 'm5.large'";
    if (isSet(outpost.etcdPlacement) && !own) {
      report.error('outpost.etcdPlacement', "requires 'outpost.etcdInstanceType'", fix);
    }
    if (isNonEmptyString(outpost.controlPlanePlacement?.spreadLevel) && !own) {
      report.error('outpost.controlPlanePlacement.spreadLevel', "requires 'outpost.etcdInstanceType'", fix);
    }
    if (isNonEmptyString(outpost.controlPlanePlacement?.groupName) && own) {
      report.error(
        'outpost.controlPlanePlacement.groupName',
        "cannot be combined with 'outpost.etcdInstanceType'",
        "delete 'groupName', or 'outpost.etcdInstanceType'",
      );
    }
  }),
  clusterRule('A19d', 'eksctl', 'etcdInstanceType requires access entries', (config, report) => {
    if (
      isSet(config.outpost) &&
      isNonEmptyString(config.outpost.etcdInstanceType) &&
      authenticationModeOf(config) === 'CONFIG_MAP'
    ) {
      report.error(
        'accessConfig.authenticationMode',
        "must not be 'CONFIG_MAP' with outpost.etcdInstanceType",
        "write 'API'",
      );
    }
  }),
  clusterRule('A19e', 'eksctl', 'all node groups are on one Outpost', ({ nodeGroups }, report) => {
    const groups = present(nodeGroups, 'nodeGroups').filter(([{ outpostARN }]) => isNonEmptyString(outpostARN));
    for (const [{ outpostARN }, path] of groups) {
      if (outpostARN !== groups[0]![0].outpostARN) {
        report.error(
          `${path}.outpostARN`,
          `must be the same Outpost for all groups, but is '${outpostARN}'`,
          `write '${groups[0]![0].outpostARN}'`,
        );
      }
    }
  }),
  clusterRule('A19f', 'eksctl', 'a private cluster has no nodes on Outposts', (config, report) => {
    for (const [{ outpostARN }, path] of present(config.nodeGroups, 'nodeGroups')) {
      if (isNonEmptyString(outpostARN) && !isSet(config.outpost) && isPrivate(config)) {
        report.error(`${path}.outpostARN`, 'not allowed in a private cluster', "delete 'outpostARN'");
      }
    }
  }),
  clusterRule(
    'C7',
    'eksctl',
    'nodes on Outposts are added after a cluster in the region is created',
    (config, report) => {
      for (const [{ outpostARN }, path] of present(config.nodeGroups, 'nodeGroups')) {
        if (isNonEmptyString(outpostARN) && !isOnOutposts(config)) {
          report.error(
            `${path}.outpostARN`,
            'not allowed when a cluster in the region is created',
            'remove the group, and run `eksctl create nodegroup` later',
          );
        }
      }
    },
  ),
  clusterRule('C8', 'eksctl', 'node groups of a cluster on Outposts require existing subnets', (config, report) => {
    if (isOnOutposts(config) && !hasSubnets(config) && allGroups(config).length > 0) {
      report.error(
        'vpc.subnets',
        'required for node groups on Outposts: a new VPC has no route to the Outpost',
        "set 'vpc.subnets'",
      );
    }
  }),
];
