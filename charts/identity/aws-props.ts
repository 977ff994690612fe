import type { Arn } from '../../eks/values';
import type { WellKnownPolicies } from '../../eksctl/types/common';
import type { AwsGrant } from './grants/grant';
import type { AwsStatement } from './statement';

/**
 * A policy that eksctl writes: of the Cluster Autoscaler, the AWS Load Balancer Controller, cert-manager, the EBS and EFS
 * drivers, ExternalDNS, and of software that builds images in ECR.
 *
 * @see https://docs.aws.amazon.com/eks/latest/eksctl/iamserviceaccounts.html
 */
export type WellKnownPolicy = keyof WellKnownPolicies;

/** How a workload takes its role. */
export interface AwsIdentityWay {
  /**
   * 'pod-identity' by EKS Pod Identity, or 'irsa' by an annotation of the ServiceAccount (IAM roles for service accounts),
   * for pods on Fargate, on Windows and on clusters without the agent. Secrets of AWS that the
   * driver mounts need Pod Identity; `SecretSource.externalSecrets` needs neither.
   *
   * @default 'pod-identity'; 'irsa' with `placement.computeType` and on Windows
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  readonly by?: 'pod-identity' | 'irsa';
  /**
   * The ARN of a role that EKS Pod Identity takes on from the workload's own, in this or another account: the pods have its
   * permissions alone. The workload's own role may then do nothing but take it on, so `allow` and `managedPolicies` are refused. The
   * steps say what the target role has to trust, once the association has its ID. Refused with IRSA; a program that needs both
   * roles assumes one by itself, see `Aws.role`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
   */
  readonly targetRole?: Arn;
  /**
   * False leaves out the tags that EKS Pod Identity adds to the session: cluster, namespace, service account and pod. Policies
   * that compare them then match nothing; needed where a session has more tags than the policies of the account let pass.
   * Refused with IRSA, which adds none.
   *
   * @default true
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
   */
  readonly sessionTags?: boolean;
}
/** An existing role, with its own permissions. */
export interface AwsRole extends AwsIdentityWay {
  /** The ARN of the role, which must trust pods.eks.amazonaws.com; with IRSA the cluster's provider, see the steps. */
  readonly role: Arn;
  readonly account?: never;
  readonly allow?: never;
  readonly managedPolicies?: never;
  readonly wellKnownPolicies?: never;
  readonly permissionsBoundary?: never;
}
/** Permissions of a role that eksctl creates. */
export interface AwsPermissions extends AwsIdentityWay {
  /** What it may do: grants on resources, such as `Aws.sqs('mail').consume()`, and statements of a policy. @default - none */
  readonly allow?: readonly (AwsGrant | AwsStatement)[];
  /** Names or ARNs of AWS managed policies; those of administrators, as 'AdministratorAccess', are refused. @default - none */
  readonly managedPolicies?: readonly string[];
  /** Policies that eksctl writes for controllers. Another name is refused. @default - none */
  readonly wellKnownPolicies?: readonly WellKnownPolicy[];
  /** The ARN of a policy that limits the role, as some organizations require of every role. @default - no limit */
  readonly permissionsBoundary?: Arn;
  /**
   * The AWS account of the cluster, 12 digits: of resources that grants have by name, and with IRSA of the role whose ARN the
   * ServiceAccount has. Refused where neither is.
   *
   * @default - required for IRSA; policies have '*' as the account of resources by name
   */
  readonly account?: string;
  readonly role?: never;
}
/**
 * Permissions of a workload in AWS, granted to its own role by EKS Pod Identity, or by IRSA.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export type AwsAccess = AwsRole | AwsPermissions;
