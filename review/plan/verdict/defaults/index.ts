import { ADMISSION_DEFAULTS } from './admission';
import { CLUSTER_DEFAULTS } from './cluster';
import type { Default } from './default';
import { NETWORK_DEFAULTS } from './network';
import { POD_DEFAULTS } from './pods';
import { SCALING_DEFAULTS } from './scaling';
import { VOLUME_DEFAULTS } from './volumes';
import { WORKLOAD_DEFAULTS } from './workloads';

/** What the API server fills in, by the name of the struct. */
export const DEFAULTS: ReadonlyMap<string, Default> = new Map(
  Object.entries({
    ...ADMISSION_DEFAULTS,
    ...CLUSTER_DEFAULTS,
    ...NETWORK_DEFAULTS,
    ...POD_DEFAULTS,
    ...SCALING_DEFAULTS,
    ...VOLUME_DEFAULTS,
    ...WORKLOAD_DEFAULTS,
  }),
);
