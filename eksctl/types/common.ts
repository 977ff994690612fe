/** An ARN in any partition: 'arn:aws:iam::111122223333:role/admin'. eksctl parses it where it reads the file. */
export type ARN = string;

/** A document that eksctl passes on as it is: an IAM policy, the kubelet's configuration, Bottlerocket's settings. */
export type InlineDocument = { readonly [key: string]: unknown };

/** Texts by key: labels, tags, claims. Numbers and truth values need quotes in YAML. */
export type Texts = { readonly [key: string]: string };

/** One of several alternatives: what only the others have must be absent. */
export type OneOf<T, Keys extends PropertyKey = T extends T ? keyof T : never> = T extends T
  ? T & { readonly [K in Exclude<Keys, keyof T>]?: undefined }
  : never;

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
