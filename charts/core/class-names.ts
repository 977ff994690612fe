/** The cluster's storage classes. */
export const STORAGE_CLASS = {
  /** Default of the cluster; volumes go with their claim. */
  standard: 'gp3',
  /** Volumes outlive their claim. */
  retain: 'gp3-retain',
} as const;

/** The cluster's priority classes. */
export const PRIORITY_CLASS = {
  agent: 'workload-agent',
  critical: 'workload-critical',
  standard: 'workload-standard',
  batch: 'workload-batch',
} as const;

/** The class of Ingresses that become ALBs; the cluster makes it in Auto Mode, the chart of the controller on node groups. */
export const INGRESS_CLASS = 'alb';
