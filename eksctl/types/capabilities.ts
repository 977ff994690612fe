import type { AccessPolicy } from './access';
import type { ARN, InlineDocument, OneOf, Texts } from './common';

/** Software that EKS runs outside of the cluster: Argo CD, ACK or kro. */
export type Capability = OneOf<ArgoCDCapability | ControllerCapability>;

/** Argo CD, which asks for settings. */
export interface ArgoCDCapability extends CapabilityBase {
  /** Its settings. */
  readonly configuration: CapabilityConfiguration;
  /** Argo CD. */
  readonly type: 'ARGOCD';
}

/** ACK or kro. */
export interface ControllerCapability extends CapabilityBase {
  /** AWS Controllers for Kubernetes, or Kube Resource Orchestrator. */
  readonly type: 'ACK' | 'KRO';
}

/** What every capability has. */
export interface CapabilityBase {
  /** A name of yours, once in the cluster. */
  readonly name: string;
  /** Its rights in the cluster. @default - those that EKS gives */
  readonly accessPolicies?: readonly AccessPolicy[];
  /** An IAM policy for the role that eksctl makes. @default - none */
  readonly attachPolicy?: InlineDocument;
  /** Existing policies for the role that eksctl makes. @default - none */
  readonly attachPolicyARNs?: readonly ARN[];
  /** What becomes of the objects it made when it is deleted; EKS knows only that they stay. @default RETAIN */
  readonly deletePropagationPolicy?: 'RETAIN';
  /** A policy that limits the role that eksctl makes. @default - no limit */
  readonly permissionsBoundary?: ARN;
  /** An existing role. @default - eksctl makes one */
  readonly roleArn?: ARN;
  /** Tags of the capability. @default - none */
  readonly tags?: Texts;
}

/** Settings by kind of capability. */
export interface CapabilityConfiguration {
  /** Those of Argo CD. */
  readonly argocd: ArgoCDConfiguration;
}

/** Settings of the managed Argo CD. */
export interface ArgoCDConfiguration {
  /** The IAM Identity Center that knows its users. */
  readonly awsIdc: ArgoCDAWSIDC;
  /** Where it keeps its objects. @default - 'argocd' */
  readonly namespace?: string;
  /** From where its interface can be reached. @default - the internet */
  readonly networkAccess?: ArgoCDNetworkAccess;
  /** Who may do what in it. @default - nobody */
  readonly rbacRoleMappings?: readonly ArgoCDRoleMapping[];
}

/** An IAM Identity Center. */
export interface ArgoCDAWSIDC {
  /** Its instance: 'arn:aws:sso:::instance/ssoins-0123'. */
  readonly idcInstanceArn: ARN;
  /** Its region. @default - that of the cluster */
  readonly idcRegion?: string;
}

/** From where Argo CD's interface can be reached. */
export interface ArgoCDNetworkAccess {
  /** VPC endpoints; the internet is shut out then. @default - none */
  readonly vpceIds?: readonly string[];
}

/** Users and groups with one role in Argo CD. */
export interface ArgoCDRoleMapping {
  /** Who has it. */
  readonly identities: readonly SSOIdentity[];
  /** What they may do. */
  readonly role: 'ADMIN' | 'EDITOR' | 'VIEWER';
}

/** A user or group of IAM Identity Center. */
export interface SSOIdentity {
  /** Its id there. */
  readonly id: string;
  /** Which of the two. */
  readonly type: 'SSO_GROUP' | 'SSO_USER';
}
