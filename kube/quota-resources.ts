import { apiResources } from './api/resources';
import { isQualifiedName } from './names';
import { nearest } from './text';

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

/** Whether it is measured in bytes. */
export const isBytes = (name: string): boolean =>
  /(^|\.)(memory|ephemeral-storage)$|(^|\/)requests\.storage$|hugepages-/.test(name);

/** What is wrong with a resource in a quota, which counts nothing then; undefined where nothing is. */
export function faultOfQuotaResource(name: string): { readonly why: string; readonly fix: string } | undefined {
  if (!isQuotaResource(name)) {
    const near = nearest(name, QUOTA_RESOURCES);
    return {
      why: '',
      fix: near
        ? `did you mean '${near}'?`
        : "write for example 'requests.cpu', 'count/jobs.batch' or 'requests.nvidia.com/gpu'",
    };
  }
  const [, counted] = /^count\/(.+)$/.exec(name) ?? [];
  if (counted !== undefined) {
    return faultOfCount(counted);
  }
  return name.includes('/') && !/^requests\.|\.storageclass\.storage\.k8s\.io\//.test(name)
    ? { why: ': of a device, requests alone are counted', fix: `write 'requests.${name}'` }
    : undefined;
}

/** 'jobs.batch': a plural with its group. Of groups that Kubernetes does not have, nothing is known. */
function faultOfCount(counted: string): { readonly why: string; readonly fix: string } | undefined {
  const dot = counted.indexOf('.');
  const [plural, group] = dot < 0 ? [counted, ''] : [counted.slice(0, dot), counted.slice(dot + 1)];
  const all = apiResources();
  const names = all.get(group);
  if (names?.has(plural) !== false) {
    return undefined;
  }
  const everywhere = [...all].flatMap(([of, resources]) =>
    [...resources.keys()].map((one) => (of === '' ? one : `${one}.${of}`)),
  );
  const elsewhere = everywhere.find((one) => one.startsWith(`${plural}.`) || one.startsWith(`${plural}s.`));
  const near = elsewhere ?? nearest(counted, everywhere);
  return {
    why: ', and there is no such resource',
    fix: near ? `did you mean 'count/${near}'?` : 'write a plural with its group, such as count/jobs.batch',
  };
}
