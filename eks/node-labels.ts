import { EBS_DRIVER } from './compute-modes';

/** Labels that somebody gives to nodes, and who. */
export const HOST = 'kubernetes.io/hostname';
export const ZONE = 'topology.kubernetes.io/zone';
export const REGION = 'topology.kubernetes.io/region';
export const ARCH = 'kubernetes.io/arch';
export const OS = 'kubernetes.io/os';
export const INSTANCE_TYPE = 'node.kubernetes.io/instance-type';
/** Of nodes that Auto Mode or Karpenter makes. */
export const NODE_POOL = 'karpenter.sh/nodepool';
export const CAPACITY_TYPE = 'karpenter.sh/capacity-type';
/** Of nodes of managed groups. */
export const MANAGED_GROUP = 'eks.amazonaws.com/nodegroup';
export const MANAGED_CAPACITY = 'eks.amazonaws.com/capacityType';
/** How capacity is bought, by whoever makes the nodes. */
export const CAPACITY_LABELS = [MANAGED_CAPACITY, CAPACITY_TYPE] as const;
/** 'auto' on nodes of Auto Mode, 'fargate' and 'hybrid'. */
export const COMPUTE_TYPE = 'eks.amazonaws.com/compute-type';
/** What Auto Mode and Karpenter call the same facts of an instance. */
export const AUTO_PREFIX = 'eks.amazonaws.com/';
export const KARPENTER_PREFIX = 'karpenter.k8s.aws/';

/** Deprecated keys that nodes still carry: the first two by the kubelet, the others by the cloud provider. */
const DEPRECATED: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': ARCH,
  'beta.kubernetes.io/os': OS,
  'beta.kubernetes.io/instance-type': INSTANCE_TYPE,
  'failure-domain.beta.kubernetes.io/zone': ZONE,
  'failure-domain.beta.kubernetes.io/region': REGION,
};
/** The zone as the driver of EBS on node groups registers it. */
export const EBS_ZONE = `topology.${EBS_DRIVER['node-groups']}/zone`;
/** All keys that say the same as another: those, and the zone as the EBS drivers register it. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ...DEPRECATED,
  [EBS_ZONE]: ZONE,
  [`topology.${EBS_DRIVER.auto}/zone`]: ZONE,
};

/** The label that says the same today. */
export const todaysKey = (key: string): string => SYNONYMS[key] ?? key;

/** Labels of a node with their deprecated spellings beside them. */
export function withDeprecatedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  const deprecated = Object.entries(DEPRECATED).flatMap(([key, today]) =>
    labels[today] === undefined ? [] : [[key, labels[today]] as const],
  );
  return { ...Object.fromEntries(deprecated), ...labels };
}

/**
 * Whether a label is of the user's own making. Those in the domains of Kubernetes, AWS and makers of devices may be set
 * on a running node by a controller, of which the ClusterConfig says nothing.
 */
export function isOwnLabel(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  return !/(^|\.)(kubernetes\.io|k8s\.io|amazonaws\.com|k8s\.aws|amazon\.com|eksctl\.io|nvidia\.com|amd\.com|karpenter\.sh)$/.test(
    domain,
  );
}
