import { isQualifiedName } from './names';

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];

/** Whether a resource is of Kubernetes, and not of a device plugin. */
export const isStandard = (name: string): boolean => STANDARD.includes(name) || isHugePages(name);
export const isHugePages = (name: string): boolean => name.startsWith('hugepages-');

/** Whether a container may name a resource: of Kubernetes, or with the name of a device: 'nvidia.com/gpu'. */
export const isResourceName = (name: string): boolean =>
  isStandard(name) || (name.includes('/') && isQualifiedName(name) && !isNative(name) && !/^requests\./.test(name));

/** Whether a resource is a device, which is given whole. */
export const isHardwareResource = (name: string): boolean => name.includes('/') && !isNative(name);

/** Kubernetes keeps its own domain for itself. */
const isNative = (name: string): boolean => /(^|\.)kubernetes\.io\//.test(name);

/** Whether more of a resource can be promised than there is, so that a limit may be above its request. */
export const isOvercommitted = (name: string): boolean => STANDARD.includes(name) || isNative(name);
