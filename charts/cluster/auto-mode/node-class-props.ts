import type { Arn } from '../../../eks/values';
import type { NodeClass as NodeClassManifest } from '../../core/k8s';
import type { Customize } from '../../core/values';

/** Selects by id, or by tags, all of which must match. */
export type SelectorTerm =
  | { readonly id: string; readonly tags?: never }
  | {
      /** 1 to 20 keys and values, not empty; '*' matches any value. */
      readonly tags: Readonly<Record<string, string>>;
      readonly id?: never;
    };
/** Selects a security group by id, tags, or name. */
export type SecurityGroupTerm =
  | (SelectorTerm & { readonly name?: never })
  | { readonly name: string; readonly id?: never; readonly tags?: never };
/** Selects reserved capacity by id, or by tags and the account that owns it. */
export type ReservationTerm =
  | { readonly id: string; readonly owner?: never; readonly tags?: never }
  | { readonly tags: Readonly<Record<string, string>>; readonly owner?: string; readonly id?: never };

/** The disk of a node, for images, logs and emptyDir volumes. */
export interface NodeStorage {
  /** Whole GiB, from '1Gi' to '59000Gi'. @default '80Gi', as EKS */
  readonly size?: string;
  /** I/O operations per second, 3000 to 16000. @default 3000, as EKS */
  readonly iops?: number;
  /** In MiB/s, 125 to 1000. @default 125, as EKS */
  readonly throughput?: number;
  /** KMS key: id, ARN or alias. @default - a key that AWS owns */
  readonly kmsKey?: string;
}

/** Props of a NodeClass. */
export interface NodeClassProps {
  /** ARN of the role of the nodes: 'arn:aws:iam::111122223333:role/nodes'. It gets the access entry that nodes need to join. It cannot be changed; use another NodeClass for another role. */
  readonly role: Arn;
  /** Name of an instance profile with that role. @default - EKS creates one */
  readonly instanceProfile?: string;
  /** Subnets of the nodes; one matching term is enough. @default - the private subnets that eksctl creates for this cluster; required for an existing VPC and for an existing cluster */
  readonly subnets?: readonly SelectorTerm[];
  /** Security groups of the nodes. @default - the one that EKS creates for this cluster */
  readonly securityGroups?: readonly SecurityGroupTerm[];
  /** Subnets of the pods; requires `podSecurityGroups`. @default - those of the nodes */
  readonly podSubnets?: readonly SelectorTerm[];
  /** Security groups of the pods; requires `podSubnets`. @default - those of the nodes */
  readonly podSecurityGroups?: readonly SecurityGroupTerm[];
  /** The disk. @default - 80 GiB, as EKS */
  readonly storage?: NodeStorage;
  /** Traffic of pods that no NetworkPolicy selects; 'DefaultDeny' also denies it in tenants without isolation. @default 'DefaultAllow', as EKS */
  readonly networkPolicy?: 'DefaultAllow' | 'DefaultDeny';
  /** Whether nodes log connections that policies allow and deny. @default false, as EKS */
  readonly networkPolicyLogs?: boolean;
  /** Source address of pod traffic that leaves the VPC; 'Disabled' keeps the pod's address. @default 'Random', as EKS */
  readonly snatPolicy?: 'Random' | 'Disabled';
  /** Whether nodes get a public address. @default - as set in their subnet */
  readonly publicIp?: boolean;
  /** Pod addresses are allocated in blocks of 16 ('Auto'), or one by one ('32') for nodes with few pods. @default 'Auto', as EKS */
  readonly ipv4PrefixSize?: 'Auto' | '32';
  /** Proxy for outgoing connections of nodes: a URL of at most 255 characters, and up to 50 hosts that bypass it. @default - none */
  readonly proxy?: { readonly https: string; readonly bypass?: readonly string[] };
  /** Certificates that nodes trust, in PEM, by name. Private keys are refused. @default - none */
  readonly certificates?: Readonly<Record<string, string>>;
  /** Whether nodes use FIPS-validated cryptographic modules. @default false, as EKS */
  readonly fips?: boolean;
  /** Capacity reservations to use first. @default - none */
  readonly capacityReservations?: readonly ReservationTerm[];
  /** Tags of the instances and their volumes; tags that EKS and Karpenter use are refused. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Edits the finished object. @default - none */
  readonly customize?: Customize<{ nodeClass: NodeClassManifest }>;
}
