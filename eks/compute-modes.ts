import { ADDONS } from './addons';

/** How a cluster gets its nodes. */
export type ComputeMode = 'auto' | 'node-groups';

type ByMode = Readonly<Record<ComputeMode, string>>;

/** The driver of EBS volumes: an add-on on node groups, a part of Auto Mode there; neither serves the other's volumes. */
export const EBS_DRIVER = {
  'node-groups': ADDONS['aws-ebs-csi-driver']!.driver!,
  auto: 'ebs.csi.eks.amazonaws.com',
} satisfies ByMode;
/** The name of the driver that was part of Kubernetes, which the add-on still serves. */
export const OLD_EBS_DRIVER = 'kubernetes.io/aws-ebs';

/** The controller of an IngressClass whose Ingresses become ALBs. */
export const ALB_CONTROLLER = {
  'node-groups': 'ingress.k8s.aws/alb',
  auto: 'eks.amazonaws.com/alb',
} satisfies ByMode;
/** The load balancer class of a Service that becomes an NLB. */
export const NLB_CLASS = {
  'node-groups': 'service.k8s.aws/nlb',
  auto: 'eks.amazonaws.com/nlb',
} satisfies ByMode;
/** The controllers of a GatewayClass whose Gateways become load balancers; those of Auto Mode since October 2026. */
export const GATEWAY_ALB_CONTROLLER = {
  'node-groups': 'gateway.k8s.aws/alb',
  auto: 'eks.amazonaws.com/gateway-alb',
} satisfies ByMode;
export const GATEWAY_NLB_CONTROLLER = {
  'node-groups': 'gateway.k8s.aws/nlb',
  auto: 'eks.amazonaws.com/gateway-nlb',
} satisfies ByMode;
/** The API group of TargetGroupBinding and IngressClassParams. */
export const LOAD_BALANCER_GROUP = {
  'node-groups': 'elbv2.k8s.aws',
  auto: 'eks.amazonaws.com',
} satisfies ByMode;

/** The version of TargetGroupBinding. */
export const TARGET_GROUP_BINDING = {
  'node-groups': 'elbv2.k8s.aws/v1beta1',
  auto: 'eks.amazonaws.com/v1',
} as const satisfies ByMode;
/** The label of a namespace whose pods get a readiness gate. */
export const READINESS_GATE = {
  'node-groups': 'elbv2.k8s.aws/pod-readiness-gate-inject',
  auto: 'eks.amazonaws.com/pod-readiness-gate-inject',
} satisfies ByMode;

const SERVED: readonly ByMode[] = [
  EBS_DRIVER,
  ALB_CONTROLLER,
  NLB_CLASS,
  GATEWAY_ALB_CONTROLLER,
  GATEWAY_NLB_CONTROLLER,
  LOAD_BALANCER_GROUP,
];

/** Whether a driver or provisioner makes EBS volumes, whatever the compute mode. */
export function isEbsDriver(name: string | undefined): boolean {
  return name === OLD_EBS_DRIVER || Object.values(EBS_DRIVER).includes(name ?? '');
}

/** Whether a PersistentVolume is an EBS volume; under this handle the driver mounts a disk that each node has by itself. */
export function isEbsVolume({
  driver,
  volumeHandle,
}: {
  readonly driver?: string;
  readonly volumeHandle?: string;
} = {}) {
  return isEbsDriver(driver) && volumeHandle?.startsWith('local-ebs:') !== true;
}

/** The name under which a driver is installed: that of old is another name of the add-on's. */
export function installedDriver(name: string): string {
  return name === OLD_EBS_DRIVER ? EBS_DRIVER['node-groups'] : name;
}

/** What a compute mode calls the same thing; undefined for a name that it serves itself, or that no mode knows. */
export function counterpartIn(mode: ComputeMode, name: string): string | undefined {
  if (mode === 'auto' && name === OLD_EBS_DRIVER) {
    return EBS_DRIVER.auto;
  }
  const other: ComputeMode = mode === 'auto' ? 'node-groups' : 'auto';
  return SERVED.find((names) => names[other] === name)?.[mode];
}

/**
 * Network policies by domain names, which are served in Auto Mode alone: the kind of a namespace, and the field by which
 * policies of the whole cluster have them. Nodes of other clusters leave them out.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
 */
export const DOMAIN_POLICIES = {
  group: 'networking.k8s.aws',
  kind: 'ApplicationNetworkPolicy',
  clusterKind: 'ClusterNetworkPolicy',
  field: 'domainNames',
} as const;

/**
 * Network policies of the whole cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export const CLUSTER_NETWORK_POLICIES = {
  /** The version of the network plugin of node groups from which on its nodes hold them. */
  plugin: '1.21.1',
} as const;
