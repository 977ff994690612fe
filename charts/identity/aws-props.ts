import type { Arn } from '../../eks/values';
import type { AwsGrant } from './grants/grant';
import type { AwsStatement } from './statement';

/** How a workload takes its role. */
export interface AwsIdentityWay {
  /**
   * 'pod-identity' by EKS Pod Identity, or 'irsa' by an annotation of the ServiceAccount (IAM roles for service accounts),
   * for pods on Fargate, on Windows and on clusters without the agent. `Secret.fromSecretsManager` and `fromParameterStore` need Pod
   * Identity.
   *
   * @default 'pod-identity'; 'irsa' with `placement.computeType` and on Windows
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  readonly by?: 'pod-identity' | 'irsa';
}
/** An existing role, with its own permissions. */
export interface AwsRole extends AwsIdentityWay {
  /** The ARN of the role, which must trust pods.eks.amazonaws.com; with IRSA the cluster's provider, see the steps. */
  readonly role: Arn;
  readonly account?: never;
  readonly allow?: never;
  readonly managedPolicies?: never;
}
/** Permissions of a role that eksctl creates. */
export interface AwsPermissions extends AwsIdentityWay {
  /** What it may do: grants on resources, such as `Aws.sqs('mail').consume()`, and statements of a policy. @default - none */
  readonly allow?: readonly (AwsGrant | AwsStatement)[];
  /** Names or ARNs of AWS managed policies. @default - none */
  readonly managedPolicies?: readonly string[];
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
