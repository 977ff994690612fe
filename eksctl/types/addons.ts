import type { ARN, InlineDocument, Texts, WellKnownPolicies } from './common';
import type { PodIdentityAssociation } from './iam';

/**
 * An EKS add-on. Permissions come from pod identity (`podIdentityAssociations` or `useDefaultPodIdentityAssociations`),
 * or by IRSA from one of `serviceAccountRoleARN`, `attachPolicyARNs`, `attachPolicy`, `wellKnownPolicies`; never both.
 */
export interface Addon {
  /** 'vpc-cni', 'aws-ebs-csi-driver'. */
  readonly name: string;
  /** IRSA: an IAM policy for the role that eksctl makes. @default - none */
  readonly attachPolicy?: InlineDocument;
  /** IRSA: existing policies for the role that eksctl makes. @default - none */
  readonly attachPolicyARNs?: readonly ARN[];
  /** The add-on's settings: JSON or YAML as text, such as '{"enableNetworkPolicy":"true"}'. @default - those of the add-on */
  readonly configurationValues?: string;
  /** Where the add-on is installed. Can never change. @default - where the add-on's maker says */
  readonly namespaceConfig?: AddonNamespaceConfig;
  /** Filter of add-on lists by owner; `eksctl utils describe-addon-versions` uses it. @default - all */
  readonly owners?: readonly string[];
  /** IRSA: a policy that limits the role that eksctl makes. @default - no limit */
  readonly permissionsBoundary?: ARN;
  /** Permissions by pod identity; neither tags nor `wellKnownPolicies` in there. Refused for eks-pod-identity-agent. @default - none */
  readonly podIdentityAssociations?: readonly PodIdentityAssociation[];
  /** Filter of add-on lists by publisher. @default - all */
  readonly publishers?: readonly string[];
  /** What an update does with settings that were changed in the cluster. @default - none: the update fails */
  readonly resolveConflicts?: 'none' | 'overwrite' | 'preserve';
  /** IRSA: an existing role. @default - none */
  readonly serviceAccountRoleARN?: ARN;
  /** Tags of the add-on. @default - none */
  readonly tags?: Texts;
  /** Filter of add-on lists by type. @default - all */
  readonly types?: readonly string[];
  /** Permissions by pod identity as AWS recommends for this add-on. @default false */
  readonly useDefaultPodIdentityAssociations?: boolean;
  /** 'latest', 'v1.2.3', or a build such as 'v1.2.3-eksbuild.1'. @default - the one that EKS takes by default for the Kubernetes version */
  readonly version?: string;
  /** IRSA: ready-made permissions for the role that eksctl makes. @default - none */
  readonly wellKnownPolicies?: WellKnownPolicies;
}

/** Where an add-on is installed. */
export interface AddonNamespaceConfig {
  /** At most 63 lower-case letters, digits and '-', beginning with a letter. */
  readonly namespace: string;
}

/** What holds for all add-ons. */
export interface AddonsConfig {
  /** Every add-on gets by pod identity what AWS recommends for it. @default false */
  readonly autoApplyPodIdentityAssociations?: boolean;
  /** Only the add-ons that are listed; a cluster without vpc-cni can take no nodes. @default false */
  readonly disableDefaultAddons?: boolean;
}
