import { partitionOf } from './arn';
import { type Controller, described } from './controller';
import { GATEWAY_API } from './gateway-api';
import type { Region } from './values';

const RELEASES = {
  repository: 'https://istio-release.storage.googleapis.com/charts',
  namespace: 'istio-system',
} as const;

/** https://istio.io/latest/docs/setup/install/helm/ */
export const ISTIO = {
  name: 'Istio',
  chart: 'istiod',
  ...RELEASES,
  before: [{ chart: 'base', release: 'istio-base', ...RELEASES }],
  after: [GATEWAY_API.name],
  groups: ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io'],
  gateways: {
    controllers: ['istio.io/gateway-controller', 'istio.io/mesh-controller'],
    classes: ['istio', 'istio-waypoint'],
  },
} as const satisfies Controller;

/** Sidecars without an init container that Pod Security refuses: https://istio.io/latest/docs/setup/additional-setup/cni/ */
export const ISTIO_CNI = {
  name: 'Istio CNI',
  chart: 'istiod',
  ...RELEASES,
  before: [{ chart: 'cni', release: 'istio-cni', ...RELEASES }],
  values: () => ({ 'pilot.cni.enabled': 'true' }),
  after: ['Istio'],
} as const satisfies Controller;

/** Without sidecars, by a proxy of each node: https://istio.io/latest/docs/ambient/install/helm/ */
export const ISTIO_AMBIENT = {
  name: 'Istio ambient mode',
  chart: 'ztunnel',
  ...RELEASES,
  before: [
    { chart: 'istiod', ...RELEASES, values: () => ({ profile: 'ambient' }) },
    { chart: 'cni', release: 'istio-cni', ...RELEASES, values: () => ({ profile: 'ambient' }) },
  ],
  after: ['Istio', 'Istio CNI'],
} as const satisfies Controller;

/** Of VPC Lattice: https://www.gateway-api-controller.eks.aws.dev/latest/guides/deploy/ */
export const LATTICE = {
  name: 'AWS Gateway API Controller',
  chart: 'aws-gateway-controller-chart',
  release: 'gateway-api-controller',
  repository: 'oci://public.ecr.aws/aws-application-networking-k8s',
  namespace: 'aws-application-networking-system',
  after: [GATEWAY_API.name],
  // it would ask the instance metadata as well
  values: (cluster) => ({
    clusterName: cluster.name,
    awsRegion: cluster.region,
    clusterVpcId: described(cluster, 'vpcId'),
    'serviceAccount.create': 'true',
    'serviceAccount.name': 'gateway-api-controller',
  }),
  texts: () => ({ awsAccountId: '"$(aws sts get-caller-identity --query Account --output text)"' }),
  // requests come from addresses of VPC Lattice
  commands: (cluster) => [
    `aws ec2 authorize-security-group-ingress --region ${cluster.region} --group-id ${described(cluster, 'clusterSecurityGroupId')} \\
  --ip-permissions "IpProtocol=-1,PrefixListIds=[{PrefixListId=$(aws ec2 describe-managed-prefix-lists --region ${cluster.region} \\
  --filters Name=prefix-list-name,Values=com.amazonaws.${cluster.region}.vpc-lattice --query 'PrefixLists[0].PrefixListId' --output text)}]"`,
  ],
  groups: ['application-networking.k8s.aws'],
  gateways: {
    controllers: ['application-networking.k8s.aws/gateway-api-controller'],
    classes: ['amazon-vpc-lattice'],
  },
  permissions: {
    serviceAccountName: 'gateway-api-controller',
    statements: ({ region }) => [
      {
        Effect: 'Allow',
        Action: [
          'vpc-lattice:*',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeTags',
          'ec2:DescribeVpcs',
          'firehose:TagDeliveryStream',
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:DescribeLogGroups',
          'logs:DescribeResourcePolicies',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
          's3:GetBucketPolicy',
          's3:PutBucketPolicy',
          'tag:GetResources',
          'tag:TagResources',
          'tag:UntagResources',
        ],
        Resource: '*',
      },
      serviceLinkedRole(region, 'vpc-lattice.amazonaws.com', 'AWSServiceRoleForVpcLattice'),
      serviceLinkedRole(region, 'delivery.logs.amazonaws.com', 'AWSServiceRoleForLogDelivery'),
    ],
  },
} as const satisfies Controller;

function serviceLinkedRole(region: Region, service: string, role: string): object {
  return {
    Effect: 'Allow',
    Action: 'iam:CreateServiceLinkedRole',
    Resource: `arn:${partitionOf(region)}:iam::*:role/aws-service-role/${service}/${role}`,
    Condition: { StringLike: { 'iam:AWSServiceName': service } },
  };
}

/**
 * Addresses of VPC Lattice, as of 2026-11: names of services resolve to them, and targets are called from them. They are the
 * managed prefix lists `com.amazonaws.<region>.vpc-lattice` and `com.amazonaws.<region>.ipv6.vpc-lattice`.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
 */
export const LATTICE_RANGES = { IPv4: '169.254.171.0/24', IPv6: 'fd00:ec2:80::/64' } as const;

/**
 * The label of a namespace whose pods are ready only when VPC Lattice finds them healthy. Pods that no route leads to get no
 * gate.
 *
 * @see https://www.gateway-api-controller.eks.aws.dev/latest/guides/pod-readiness-gates/
 */
export const LATTICE_GATE = {
  label: 'application-networking.k8s.aws/pod-readiness-gate-inject',
  value: 'enabled',
} as const;
