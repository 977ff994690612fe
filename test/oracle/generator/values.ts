import { list, maybe, one, rarely } from './template';

// Values that stand at an edge of some rule, or are plainly right or wrong.

export const ROLE = 'arn:aws:iam::123456789012:role/team';
export const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundary';
export const POLICY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
export const OUTPOST = 'arn:aws:outposts:us-west-2:123456789012:outpost/op-0123456789abcdef0';
export const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
};

export const bool = one(true, false);
export const anArn = one(
  ROLE,
  ROLE,
  ROLE,
  'team',
  'arn:aws:iam',
  '',
  'arn:aws:iam::123456789012:role/',
  'arn:::::',
  ':::::x',
);
export const tags = { team: one('shop', 'Payments & more', '') };

export const ZONES = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
export const aZone = one('us-west-2a', 'us-west-2b', 'us-west-2c', 'us-west-2d', 'eu-west-1a', 'nowhere');

export const aCidr = one(
  '10.0.0.0/16',
  '192.168.0.0/16',
  '10.1.2.3/16',
  '203.0.113.7/32',
  '0.0.0.0/0',
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0/16',
  'banana',
  '',
  '010.0.0.0/16',
  '2001:db8::/56',
  '::1/128',
  '::ffff:10.0.0.0/104',
  '2001:db8::/129',
  '10.0.0.0/016',
  ' 10.0.0.0/16',
);

export const FAMILIES = [
  'AmazonLinux2',
  'AmazonLinux2023',
  'Bottlerocket',
  'BottlerocketFips',
  'Ubuntu2404',
  'UbuntuPro2204',
  'Ubuntu2604',
  'WindowsServer2022FullContainer',
  'WindowsServer2025CoreContainer',
];
export const aFamily = one(
  ...FAMILIES,
  ...FAMILIES,
  'amazonlinux2023',
  'BOTTLEROCKET',
  'amazonlinux2',
  'ubuntu2404',
  'Ubuntu1804',
  'Ubuntu2004',
  'WindowsServer20H2CoreContainer',
  'WindowsServer2019CoreContainer',
  'Flatcar',
  '',
);

export const TYPES = ['m5.large', 'm7g.large', 't3.medium', 'c6i.xlarge'];
export const aType = one(
  ...TYPES,
  't4g.small',
  'g5.xlarge',
  'g5g.xlarge',
  'p5.48xlarge',
  'inf1.xlarge',
  'inf2.xlarge',
  'trn1.2xlarge',
  'trn2.48xlarge',
  'x99.huge',
  'mixed',
  'dl1.24xlarge',
  'c7g.metal',
  'g5g.metal',
  '',
);

export const wellKnown = {
  autoScaler: rarely(bool),
  ebsCSIController: rarely(bool),
  externalDNS: rarely(bool),
  imageBuilder: rarely(true),
};

/** A permission of a pod, with each of its four ways. */
export const association = {
  namespace: one('shop', 'shop', 'shop', 'kube-system', '', 'Shop'),
  serviceAccountName: one('app', 'app', 'cart', 'cart', '', 'App_1'),
  createServiceAccount: rarely(bool),
  roleARN: maybe(one(ROLE, ROLE, 'team', '')),
  roleName: rarely('app'),
  permissionPolicy: rarely(one(DOCUMENT, {})),
  permissionPolicyARNs: rarely(list(one(POLICY, 'no-arn'), 0, 2)),
  wellKnownPolicies: rarely(wellKnown),
  permissionPolicyName: rarely(one('s3', '-', '', '___', 'é', 'a-b')),
  permissionsBoundaryARN: rarely(BOUNDARY),
  tags: rarely(tags),
  targetRoleARN: rarely(ROLE),
  disableSessionTags: rarely(bool),
};

export const ADDONS = [
  'vpc-cni',
  'coredns',
  'kube-proxy',
  'eks-pod-identity-agent',
  'metrics-server',
  'aws-ebs-csi-driver',
];
