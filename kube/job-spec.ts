import type { JobSpec } from '../imports/kubernetes';
import type { Inventory, InventoryObject } from './inventory';

/** A Job, or what a CronJob or a ScaledJob of KEDA makes. */
export interface JobObject {
  readonly object: InventoryObject;
  readonly spec: Partial<JobSpec>;
  /** 'spec', 'spec.jobTemplate.spec' of a CronJob, 'spec.jobTargetRef' of a ScaledJob. */
  readonly field: string;
}

const jobs = (inventory: Inventory): readonly JobObject[] => [
  ...inventory.ofKind('Job', 'batch').map((object) => ({
    object,
    spec: (object.manifest.spec ?? {}) as Partial<JobSpec>,
    field: 'spec',
  })),
  ...inventory.ofKind('CronJob', 'batch').map((object) => ({
    object,
    spec: (object.manifest.spec?.jobTemplate as { readonly spec?: JobSpec } | undefined)?.spec ?? {},
    field: 'spec.jobTemplate.spec',
  })),
  ...inventory.ofKind('ScaledJob', 'keda.sh').map((object) => ({
    object,
    spec: (object.manifest.spec?.jobTargetRef ?? {}) as Partial<JobSpec>,
    field: 'spec.jobTargetRef',
  })),
];

/** Every Job, and what CronJobs and ScaledJobs make. */
export const jobsIn = (inventory: Inventory): readonly JobObject[] => inventory.view(jobs);
