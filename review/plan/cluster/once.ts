import type { Section } from './draft';

/** Fields that only the creation of a cluster reads, and what a running one does about a change. */
const IGNORED: Readonly<Record<string, string>> = {
  availabilityZones: 'subnets are made with the cluster; a node group chooses among them by its own availabilityZones',
  localZones: 'subnets are made with the cluster; make those of a local zone yourself and name them in the node group',
  'accessConfig.bootstrapClusterCreatorAdminPermissions':
    'only the creation of a cluster reads it; an access entry gives and takes the permissions of an administrator',
  'addonsConfig.autoApplyPodIdentityAssociations':
    'only the creation of an add-on reads it; set useDefaultPodIdentityAssociations at an add-on that exists',
  'addonsConfig.disableDefaultAddons': 'only the creation of a cluster reads it; delete an add-on by its name',
  'autoModeConfig.permissionsBoundaryARN': 'the role of the nodes keeps the boundary that it was made with',
  'iam.fargatePodExecutionRoleARN': 'profiles that exist keep their role; only a new profile takes this one',
  'iam.fargatePodExecutionRolePermissionsBoundary': 'the role keeps the boundary that it was made with',
  'iam.serviceRolePermissionsBoundary':
    'the role of the cluster keeps the boundary that it was made with; `aws iam put-role-permissions-boundary` changes it',
  'iam.vpcResourceControllerPolicy':
    'the role of the cluster keeps its policies; `aws iam attach-role-policy` and `detach-role-policy` change them',
  'metadata.annotations': 'nothing in a running cluster reads them',
  'privateCluster.additionalEndpointServices':
    'the endpoints are made with the cluster; `aws ec2 create-vpc-endpoint` adds one',
  'privateCluster.skipEndpointCreation': 'the endpoints are made with the cluster',
  'remoteNetworkConfig.iam': 'the role of hybrid nodes is made with the cluster',
  'remoteNetworkConfig.vpcGatewayID':
    'routes to the gateway are made with the cluster; add them to the route tables yourself',
  'vpc.autoAllocateIPv6': 'subnets are made with the cluster',
  'vpc.extraCIDRs': 'the security group of the control plane gets its rules with the cluster; add a rule yourself',
  'vpc.extraIPv6CIDRs': 'the security group of the control plane gets its rules with the cluster; add a rule yourself',
  'vpc.hostnameType':
    'subnets are made with the cluster; only instances that start after a change of a subnet follow it',
  'vpc.manageSharedNodeSecurityGroupRules': 'the rules between nodes are made with the cluster',
  'vpc.nat': 'gateways and routes are made with the cluster; eksctl has no command that changes them',
  'vpc.sharedNodeSecurityGroup': 'node groups that exist keep their security groups; only new ones take this one',
};

/** Fields whose new value only another cluster can have. */
const NEW_CLUSTER: Readonly<Record<string, string>> = {
  'kubernetesNetworkConfig.ipFamily': 'the family of addresses is fixed for the life of a cluster',
  'kubernetesNetworkConfig.serviceIPv4CIDR': 'the range of Services is fixed for the life of a cluster',
  'kubernetesNetworkConfig.serviceIPv6CIDR': 'EKS chooses the range of Services when it makes the cluster',
  'iam.serviceRoleARN': 'EKS keeps the role that a cluster was made with',
  outpost: 'a control plane stays where it was made',
  'privateCluster.enabled': 'the network without internet is made with the cluster',
  'vpc.id': 'a cluster stays in the VPC that it was made in',
  'vpc.cidr': 'the first range of a VPC is fixed',
  'vpc.ipv6Cidr': 'the range of a VPC is fixed when it is made',
  'vpc.ipv6Pool': 'the range of a VPC is fixed when it is made',
};

/** What only the creation of a cluster reads. */
export const once: Section = ({ changes }, draft) => {
  for (const [path, text] of Object.entries(IGNORED)) {
    draft.ignored(changes.under(path), text);
  }
  for (const [path, text] of Object.entries(NEW_CLUSTER)) {
    draft.newCluster(changes.under(path), text);
  }
};
