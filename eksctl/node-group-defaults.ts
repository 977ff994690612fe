import { AMI_FAMILIES } from '../eks/ami-families';

/** The instance type of a group that names none, and that nothing else decides. */
export const DEFAULT_INSTANCE_TYPE = 'm5.large';
/** The image family of a group that names none. */
export const DEFAULT_AMI_FAMILY = AMI_FAMILIES[0];
/** GiB of the root volume. */
export const DEFAULT_VOLUME_SIZE = 80;
/** Nodes of a group that says nothing of its size. */
export const DEFAULT_NODES = 2;

/** The sizes of a node group as they are written. */
export interface WrittenSizes {
  readonly minSize?: number | null | undefined;
  readonly desiredCapacity?: number | null | undefined;
  readonly maxSize?: number | null | undefined;
}

/** Sizes as eksctl fills them in: what is missing follows what is there; a maximum that follows is at least 1. */
export function filledSizes({
  minSize,
  desiredCapacity,
  maxSize,
}: WrittenSizes): Record<'min' | 'desired' | 'max', number> {
  const min = minSize ?? desiredCapacity ?? DEFAULT_NODES;
  const desired = desiredCapacity ?? min;
  return { min, desired, max: maxSize ?? (desired || 1) };
}
