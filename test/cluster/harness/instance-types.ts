import { knownInstanceSpec } from '../../../eks/instance-specs';
import { allocatable } from '../../../simulator/allocatable';

/** What a node of an instance type has for pods. */
export interface Allocatable {
  readonly cpuMilli: number;
  readonly memoryMi: number;
  readonly pods: number;
  /** Volumes that can be attached. */
  readonly volumes: number;
  readonly ephemeralStorageMi: number;
}

/** As the library works it out; undefined for a type that it does not know. */
export function allocatableOf(type: string): Allocatable | undefined {
  const known = knownInstanceSpec(type);
  if (!known) {
    return undefined;
  }
  const { cpu, memory, pods, volumes, ephemeralStorage } = allocatable(known);
  return { cpuMilli: cpu, memoryMi: memory, pods, volumes, ephemeralStorageMi: ephemeralStorage };
}
