import type { ARN, InlineDocument, OneOf } from './common';

/** The nodes' role: one of yours, or one that eksctl makes. */
export type NodeGroupIAM = OneOf<NodeGroupExistingRole | NodeGroupMadeRole>;

/** A role, or an instance profile, that exists. */
export interface NodeGroupExistingRole {
  /** An instance profile; refused on managed groups. @default - made of the role */
  readonly instanceProfileARN?: ARN;
  /** A role that lets nodes join and pull images. @default - that of the profile */
  readonly instanceRoleARN?: ARN;
}

/** A role that eksctl makes. */
export interface NodeGroupMadeRole {
  /** Another IAM policy for it. @default - none */
  readonly attachPolicy?: InlineDocument;
  /** Existing policies, in place of those that eksctl attaches by itself: name those that nodes need as well. @default - what nodes need */
  readonly attachPolicyARNs?: readonly ARN[];
  /** Its name. @default - made by CloudFormation */
  readonly instanceRoleName?: string;
  /** A policy that limits it. @default - no limit */
  readonly instanceRolePermissionsBoundary?: ARN;
  /** Permissions of software on the nodes, which every pod there then has. Not with `disablePodIMDS`. @default - none */
  readonly withAddonPolicies?: NodeGroupIAMAddonPolicies;
}

/** Permissions of software on the nodes. Every pod there has them: pod identity gives them to one service account. */
export interface NodeGroupIAMAddonPolicies {
  /** An old name of `awsLoadBalancerController`. @default false */
  readonly albIngress?: boolean;
  /** AWS App Mesh. @default false */
  readonly appMesh?: boolean;
  /** AWS App Mesh, its preview. @default false */
  readonly appMeshPreview?: boolean;
  /** Cluster Autoscaler: changes the size of groups. @default false */
  readonly autoScaler?: boolean;
  /** AWS Load Balancer Controller: makes ALBs and NLBs. @default false */
  readonly awsLoadBalancerController?: boolean;
  /** cert-manager: proves domains by records of Route 53. @default false */
  readonly certManager?: boolean;
  /** The CloudWatch agent: writes metrics and logs. @default false */
  readonly cloudWatch?: boolean;
  /** The EBS CSI driver: makes and attaches volumes. @default false */
  readonly ebs?: boolean;
  /** The EFS CSI driver: makes access points. @default false */
  readonly efs?: boolean;
  /** ExternalDNS: writes records of Route 53. @default false */
  readonly externalDNS?: boolean;
  /** The FSx CSI driver: makes file systems. @default false */
  readonly fsx?: boolean;
  /** Everything in ECR, for software that builds images. @default false */
  readonly imageBuilder?: boolean;
  /** AWS X-Ray: writes traces. @default false */
  readonly xRay?: boolean;
}

/** Security groups of the nodes. */
export interface NodeGroupSGs {
  /** Existing ones, beside the others. @default - none */
  readonly attachIDs?: readonly string[];
  /** One of the group's own; self-managed only, `true` is refused on managed groups. @default true on self-managed groups */
  readonly withLocal?: boolean;
  /** The one that all nodes share; self-managed only, `true` is refused on managed groups. @default true on self-managed groups */
  readonly withShared?: boolean;
}

/** SSH to the nodes, with one key. */
export type NodeGroupSSH = NodeGroupSSHAccess & NodeGroupSSHKey;

/** Whether SSH works, and from where. */
export interface NodeGroupSSHAccess {
  /** Opens port 22. @default - true when a key is given */
  readonly allow?: boolean;
  /** Sessions through AWS Systems Manager; always on, so false is refused. @default true */
  readonly enableSsm?: boolean;
  /** Who may connect. @default - everybody who reaches the node */
  readonly sourceSecurityGroupIds?: readonly string[];
}

/** Where the public key comes from. */
export type NodeGroupSSHKey = OneOf<
  | {
      /** The key itself: 'ssh-ed25519 AAAA...'. */
      readonly publicKey?: string;
    }
  | {
      /** The name of a key pair in EC2. */
      readonly publicKeyName?: string;
    }
  | {
      /** A file where eksctl runs. @default '~/.ssh/id_rsa.pub' with `allow` */
      readonly publicKeyPath?: string;
    }
>;
