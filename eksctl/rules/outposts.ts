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

/** What a cluster on Outposts cannot have: the place, whether it is there, and its name. */
function excluded(config: UnvalidatedConfig): (readonly [string, boolean, string])[] {
  return [
    [
      'accessConfig.bootstrapClusterCreatorAdminPermissions',
      config.accessConfig?.bootstrapClusterCreatorAdminPermissions === false,
      'a cluster without rights of its creator',
    ],
    ['kubernetesNetworkConfig.ipFamily', isIPv6(config), 'IPv6'],
    ['addons', count(config.addons) > 0, 'EKS add-ons'],
    ['identityProviders', count(config.identityProviders) > 0, 'identity providers'],
    ['fargateProfiles', count(config.fargateProfiles) > 0, 'Fargate'],
    ['karpenter', isSet(config.karpenter), 'Karpenter'],
    ['secretsEncryption', isNonEmptyString(config.secretsEncryption?.keyARN), 'encryption of secrets by KMS'],
    ['availabilityZones', count(config.availabilityZones) > 0, 'zones other than that of the Outpost'],
    ['localZones', count(config.localZones) > 0, 'local zones'],
    ['gitops', isSet(config.gitops), 'GitOps'],
    ['iam.withOIDC', hasOidc(config), 'an OIDC provider'],
    ['vpc.autoAllocateIPv6', config.vpc?.autoAllocateIPv6 === true, 'IPv6 addresses'],
    ['vpc.publicAccessCIDRs', count(config.vpc?.publicAccessCIDRs) > 0, 'a public endpoint'],
  ];
}

/** A control plane, or nodes, on AWS Outposts. */
export const OUTPOST_RULES = [
  clusterRule('A19a', 'eksctl', 'outpost.controlPlaneOutpostARN is the ARN of an Outpost', ({ outpost }, report) => {
    if (isSet(outpost) && parseArn(outpost.controlPlaneOutpostARN)?.service !== 'outposts') {
      report.error(
        'outpost.controlPlaneOutpostARN',
        `${describe(outpost.controlPlaneOutpostARN ?? undefined)} is no Outpost`,
        "write for example 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0abc'",
      );
    }
  }),
  clusterRule('A19b', 'eksctl', 'much of EKS is not there on Outposts', (config, report) => {
    for (const [path, there, name] of isSet(config.outpost) ? excluded(config) : []) {
      if (there) {
        report.error(path, `Outposts do not have ${name}`, `delete '${path}'`);
      }
    }
  }),
  clusterRule('A19c', 'eksctl', 'placements on Outposts fit to where etcd runs', ({ outpost }, report) => {
    if (!isSet(outpost)) {
      return;
    }
    const own = isNonEmptyString(outpost.etcdInstanceType);
    const needs = "write 'outpost.etcdInstanceType', for example 'm5.large'";
    if (isSet(outpost.etcdPlacement) && !own) {
      report.error('outpost.etcdPlacement', 'etcd has no instances of its own', needs);
    }
    if (isNonEmptyString(outpost.controlPlanePlacement?.spreadLevel) && !own) {
      report.error(
        'outpost.controlPlanePlacement.spreadLevel',
        'the control plane is spread only beside an etcd of its own',
        needs,
      );
    }
    if (isNonEmptyString(outpost.controlPlanePlacement?.groupName) && own) {
      report.error(
        'outpost.controlPlanePlacement.groupName',
        'a placement group is only for etcd beside the control plane',
        "delete 'groupName', or 'outpost.etcdInstanceType'",
      );
    }
  }),
  clusterRule('A19d', 'eksctl', 'etcd on instances of its own needs access entries', (config, report) => {
    if (
      isSet(config.outpost) &&
      isNonEmptyString(config.outpost.etcdInstanceType) &&
      authenticationModeOf(config) === 'CONFIG_MAP'
    ) {
      report.error(
        'accessConfig.authenticationMode',
        "'CONFIG_MAP' does not go with outpost.etcdInstanceType",
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
          `'${outpostARN}' is another Outpost than '${groups[0]![0].outpostARN}'`,
          `write '${groups[0]![0].outpostARN}'`,
        );
      }
    }
  }),
  clusterRule('A19f', 'eksctl', 'a private cluster has no nodes on Outposts', (config, report) => {
    for (const [{ outpostARN }, path] of present(config.nodeGroups, 'nodeGroups')) {
      if (isNonEmptyString(outpostARN) && !isSet(config.outpost) && isPrivate(config)) {
        report.error(
          `${path}.outpostARN`,
          'the cluster is private, and Outposts need the internet',
          "delete 'outpostARN'",
        );
      }
    }
  }),
  clusterRule(
    'C7',
    'eksctl',
    'nodes come onto an Outpost after the creation of a cluster in the region',
    (config, report) => {
      for (const [{ outpostARN }, path] of present(config.nodeGroups, 'nodeGroups')) {
        if (isNonEmptyString(outpostARN) && !isOnOutposts(config)) {
          report.error(
            `${path}.outpostARN`,
            'eksctl makes it only once the cluster is there',
            "take the group out, and run 'eksctl create nodegroup' afterwards",
          );
        }
      }
    },
  ),
  clusterRule('C8', 'eksctl', 'node groups of a cluster on Outposts need subnets that exist', (config, report) => {
    if (isOnOutposts(config) && !hasSubnets(config) && allGroups(config).length > 0) {
      report.error(
        'vpc.subnets',
        'node groups are asked for, and the new VPC has no route to the Outpost yet',
        "name the subnets in 'vpc.subnets'",
      );
    }
  }),
];
