/** The cluster's storage classes. */
export const STORAGE_CLASS = {
  /** The default of the cluster. Volumes are deleted with their claim. */
  standard: 'gp3',
  /** Volumes are retained when their claim is deleted. */
  retain: 'gp3-retain',
} as const;

/** The cluster's priority classes. */
export const PRIORITY_CLASS = {
  agent: 'workload-agent',
  critical: 'workload-critical',
  standard: 'workload-standard',
  batch: 'workload-batch',
} as const;

/** The class of Ingresses for ALBs. The Cluster creates it in Auto Mode, the chart of the controller on node groups. */
export const INGRESS_CLASS = 'alb';

/** The class of Ingresses that share a load balancer in Auto Mode, which knows groups by their class alone. */
export const groupClass = (group: string): string => `${INGRESS_CLASS}-${group}`;

/** The classes of Gateways by the kind of their load balancer, which the Cluster creates on node groups. */
export const GATEWAY_CLASS = { alb: 'aws-alb', nlb: 'aws-nlb' } as const;
