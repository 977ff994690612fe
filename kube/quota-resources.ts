import { isQualifiedName } from './names';

/** Computed by the requests and limits of pods. */
const COMPUTE = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
/** Counted. */
const COUNTS = [
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
];

/** What a ResourceQuota limits by a name without a slash. @see https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const QUOTA_RESOURCES: readonly string[] = [
  ...COMPUTE,
  ...COUNTS,
  'ephemeral-storage',
  'limits.ephemeral-storage',
  'requests.ephemeral-storage',
  'requests.storage',
];

/** Whether a ResourceQuota may limit it: one of those, huge pages, or a name with a slash: 'count/jobs.batch'. */
export const isQuotaResource = (name: string): boolean =>
  name.includes('/') ? isQualifiedName(name) : QUOTA_RESOURCES.includes(name) || /^(requests\.)?hugepages-/.test(name);

/** Whether it is counted in whole numbers. */
export const isCountOfQuota = (name: string): boolean =>
  COUNTS.includes(name) || (name.includes('/') && !/(^|\.)kubernetes\.io\/|^requests\./.test(name));

const OF_PODS = ['pods', ...COMPUTE];
/** What a quota of a scope may limit among the names without a slash. */
const BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  BestEffort: ['pods'],
  NotBestEffort: OF_PODS,
  Terminating: OF_PODS,
  NotTerminating: OF_PODS,
  PriorityClass: OF_PODS,
  CrossNamespacePodAffinity: OF_PODS,
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};

/** Whether a quota of a scope may limit a resource. */
export const fitsScope = (scope: string, name: string): boolean =>
  name.includes('/') || (BY_SCOPE[scope]?.includes(name) ?? true);
