import type { ARN, OneOf, Texts } from './common';

/** Who may use the Kubernetes API. */
export interface AccessConfig {
  /** Rights by principal. Refused with CONFIG_MAP. @default - none but the nodes' and the creator's */
  readonly accessEntries?: readonly AccessEntry[];
  /** Where EKS looks rights up. Can only move towards API. eksctl does not check it. @default API_AND_CONFIG_MAP */
  readonly authenticationMode?: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  /** Whoever creates the cluster becomes its administrator; only said at creation. @default true */
  readonly bootstrapClusterCreatorAdminPermissions?: boolean;
}

/** The rights of one IAM principal; one entry a principal. */
export interface AccessEntry {
  /** The role or user; never a session. */
  readonly principalARN: ARN;
  /** Ready-made rights. Refused for the types of nodes. @default - none */
  readonly accessPolicies?: readonly AccessPolicy[];
  /** Groups for RBAC; 'system:' is refused by EKS. Refused for the types of nodes. @default - none */
  readonly kubernetesGroups?: readonly string[];
  /** The name for RBAC. Refused for the types of nodes. @default - made of the principal's ARN */
  readonly kubernetesUsername?: string;
  /** STANDARD for people and machines; the others let nodes join. @default STANDARD */
  readonly type?: 'EC2' | 'EC2_LINUX' | 'EC2_WINDOWS' | 'FARGATE_LINUX' | 'HYBRID_LINUX' | 'STANDARD';
}

/** A ready-made set of rights. */
export interface AccessPolicy {
  /** Where they hold. */
  readonly accessScope: AccessScope;
  /** 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy'. */
  readonly policyARN: ARN;
}

/** Where a policy's rights hold. */
export type AccessScope = OneOf<
  | {
      /** Everywhere. */
      readonly type: 'cluster';
    }
  | {
      /** In some namespaces. */
      readonly type: 'namespace';
      /** One or more; 'team-*' takes all that begin so. */
      readonly namespaces: readonly string[];
    }
>;

/** A line of the aws-auth ConfigMap: a principal, a whole account, or a service of AWS. */
export type IAMIdentityMapping = OneOf<IAMPrincipalMapping | IAMAccountMapping | IAMServiceMapping>;

/** A role or user, by the names that RBAC knows. */
export interface IAMPrincipalMapping {
  /** The role or user. */
  readonly arn: ARN;
  /** Groups for RBAC. @default - none */
  readonly groups?: readonly string[];
  /** Refuses a second line for the same principal. @default false */
  readonly noDuplicateARNs?: boolean;
  /** The name for RBAC. @default - none */
  readonly username?: string;
}

/** Every principal of an account, under its own ARN as name. */
export interface IAMAccountMapping {
  /** The account: '111122223333', in quotes in YAML. */
  readonly account: string;
}

/** A service of AWS that works inside a namespace. */
export interface IAMServiceMapping {
  /** The namespace. */
  readonly namespace: string;
  /** 'emr-containers'. */
  readonly serviceName: string;
}

/** A source of users beside IAM. */
export interface IdentityProvider extends OIDCIdentityProvider {
  /** OpenID Connect is the only kind. */
  readonly type: 'oidc';
}

/** An OpenID Connect provider; EKS takes one a cluster. */
export interface OIDCIdentityProvider {
  /** The id under which the provider knows the cluster. */
  readonly clientID: string;
  /** Its address, 'https://...'; must be reachable from the internet. */
  readonly issuerURL: string;
  /** A name of yours. */
  readonly name: string;
  /** The claim that holds the groups. @default - none */
  readonly groupsClaim?: string;
  /** What is put before each group: 'oidc:'. @default - nothing */
  readonly groupsPrefix?: string;
  /** Claims that a token must have, with their values. @default - none */
  readonly requiredClaims?: Texts;
  /** Tags of the association. @default - none */
  readonly tags?: Texts;
  /** The claim that holds the user's name. @default - 'sub' */
  readonly usernameClaim?: string;
  /** What is put before the name; '-' for nothing. @default - the issuer and '#', unless the claim is 'email' */
  readonly usernamePrefix?: string;
}
