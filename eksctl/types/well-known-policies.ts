/** Permissions of software that many clusters run, as eksctl knows them. */
export interface WellKnownPolicies {
  /** Cluster Autoscaler: changes the size of groups. @default false */
  readonly autoScaler?: boolean;
  /** AWS Load Balancer Controller: makes ALBs and NLBs. @default false */
  readonly awsLoadBalancerController?: boolean;
  /** cert-manager: proves domains by records of Route 53. @default false */
  readonly certManager?: boolean;
  /** The EBS CSI driver: makes and attaches volumes. @default false */
  readonly ebsCSIController?: boolean;
  /** The EFS CSI driver: makes access points. @default false */
  readonly efsCSIController?: boolean;
  /** ExternalDNS: writes records of Route 53. @default false */
  readonly externalDNS?: boolean;
  /** Everything in ECR, for software that builds images. @default false */
  readonly imageBuilder?: boolean;
}
