import type { ARN, InlineDocument, OneOf, Texts, WellKnownPolicies } from './common';

/** Roles of the cluster and of its service accounts. */
export interface ClusterIAM {
  /** An existing role of Fargate's own agents. @default - eksctl makes one */
  readonly fargatePodExecutionRoleARN?: ARN;
  /** A policy that limits the Fargate role that eksctl makes. @default - no limit */
  readonly fargatePodExecutionRolePermissionsBoundary?: ARN;
  /** Permissions by EKS Pod Identity. Needs the add-on eks-pod-identity-agent, unless Auto Mode brings it. @default - none */
  readonly podIdentityAssociations?: readonly PodIdentityAssociation[];
  /** Permissions by roles for service accounts (IRSA). Needs `withOIDC`. @default - none */
  readonly serviceAccounts?: readonly ClusterIAMServiceAccount[];
  /** An existing role of the control plane. @default - eksctl makes one */
  readonly serviceRoleARN?: ARN;
  /** A policy that limits the roles that eksctl makes for the control plane. @default - no limit */
  readonly serviceRolePermissionsBoundary?: ARN;
  /** Lets the control plane manage network interfaces of pods (security groups for pods, Windows). @default true */
  readonly vpcResourceControllerPolicy?: boolean;
  /** Makes the cluster an OpenID Connect provider of IAM, which IRSA needs. @default false */
  readonly withOIDC?: boolean;
}

/** Permissions of one service account by EKS Pod Identity: those of an existing role, or of a role that eksctl makes. */
export type PodIdentityAssociation = PodIdentitySubject & OneOf<PodIdentityOfRole | PodIdentityOfPolicies>;

/** Whom an association is for, and how. */
export interface PodIdentitySubject {
  /** The service account's namespace; also an add-on's association has to name it. */
  readonly namespace: string;
  /** The service account. One association for each. */
  readonly serviceAccountName: string;
  /** Whether eksctl makes the service account too. @default false */
  readonly createServiceAccount?: boolean;
  /** Leaves the session tags out that EKS adds (cluster, namespace, service account). @default - they are added */
  readonly disableSessionTags?: boolean;
  /** An IAM policy as JSON text that takes permissions away for this association. @default - none are taken away */
  readonly policy?: string;
  /** A name for the role that eksctl makes. @default - made by CloudFormation */
  readonly roleName?: string;
  /** Tags of the association and its role. Refused for an add-on's. @default - none */
  readonly tags?: Texts;
  /** A role of another account, taken on from the first one. @default - none */
  readonly targetRoleARN?: ARN;
}

/** Permissions of an existing role. */
export interface PodIdentityOfRole {
  /** The role; it must trust pods.eks.amazonaws.com. */
  readonly roleARN: ARN;
}

/** Permissions of a role that eksctl makes; at least one of the policies. */
export interface PodIdentityOfPolicies {
  /** An IAM policy. @default - none */
  readonly permissionPolicy?: InlineDocument;
  /** Existing policies. @default - none */
  readonly permissionPolicyARNs?: readonly ARN[];
  /** A name for `permissionPolicy`, with a letter or digit. @default - made by eksctl */
  readonly permissionPolicyName?: string;
  /** A policy that limits the role. @default - no limit */
  readonly permissionsBoundaryARN?: ARN;
  /** Ready-made permissions. Refused for an add-on's association. @default - none */
  readonly wellKnownPolicies?: WellKnownPolicies;
}

/** A service account with a role of its own (IRSA): one of `attachPolicy`, `attachPolicyARNs`, `attachRoleARN`, `wellKnownPolicies`. */
export interface ClusterIAMServiceAccount {
  /** The service account. */
  readonly metadata: ClusterIAMMeta;
  /** An IAM policy for the role that eksctl makes. @default - none */
  readonly attachPolicy?: InlineDocument;
  /** Existing policies for the role that eksctl makes. @default - none */
  readonly attachPolicyARNs?: readonly ARN[];
  /** An existing role; eksctl makes none then. @default - eksctl makes one */
  readonly attachRoleARN?: ARN;
  /** A policy that limits the role. @default - no limit */
  readonly permissionsBoundary?: ARN;
  /** A name for the role that eksctl makes. @default - made by CloudFormation */
  readonly roleName?: string;
  /** Makes only the role, and leaves the service account to others. @default false */
  readonly roleOnly?: boolean;
  /** Written by eksctl when it lists them; never write it. */
  readonly status?: ClusterIAMServiceAccountStatus;
  /** A pattern of service accounts that may take the role on, with '*', in place of the one of `metadata`. @default - that one only */
  readonly subjectPattern?: string;
  /** Tags of the role. @default - none */
  readonly tags?: Texts;
  /** Ready-made permissions. @default - none */
  readonly wellKnownPolicies?: WellKnownPolicies;
}

/** Name, namespace, labels and annotations of a service account. */
export interface ClusterIAMMeta {
  /** Its name; namespace and name together once. */
  readonly name: string;
  /** Its annotations. @default - only that of the role */
  readonly annotations?: Texts;
  /** Its labels. @default - only eksctl's own */
  readonly labels?: Texts;
  /** Its namespace, made if missing. @default 'default' */
  readonly namespace?: string;
}

/** What eksctl says of a service account that it made. */
export interface ClusterIAMServiceAccountStatus {
  /** Capabilities of CloudFormation that the stack was made with. */
  readonly capabilities?: readonly string[];
  /** The role. */
  readonly roleARN?: ARN;
  /** The CloudFormation stack that holds the role. */
  readonly stackName?: string;
  /** Tags of the stack. */
  readonly tags?: Texts;
}
