/** What a node of an instance type has for pods, by the formulas of EKS' node bootstrap. */
export interface Allocatable {
  readonly cpuMilli: number;
  readonly memoryMi: number;
  readonly pods: number;
  /** Volumes that can be attached. */
  readonly volumes: number;
}

/** The types that the programs under test use; a test holds them against the data of EC2 where these are present. */
export const INSTANCE_TYPES: Readonly<Record<string, Allocatable>> = {
  'm5.large': { cpuMilli: 1930, memoryMi: 6903, pods: 29, volumes: 25 },
  'm5.xlarge': { cpuMilli: 3920, memoryMi: 14162, pods: 58, volumes: 25 },
  't3.medium': { cpuMilli: 1930, memoryMi: 3246, pods: 17, volumes: 25 },
};
