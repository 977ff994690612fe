import type { Arn } from '../../../eks/values';
import type { NodeClass as NodeClassManifest } from '../../core/k8s';
import type { Customize } from '../../core/values';

/** Chooses by id, or by tags that all have to be there. */
export type SelectorTerm =
  | { readonly id: string; readonly tags?: never }
  | {
      /** Key and value, neither empty; '*' takes any value. */
      readonly tags: Readonly<Record<string, string>>;
      readonly id?: never;
    };
/** A security group also by its name. */
export type SecurityGroupTerm =
  | (SelectorTerm & { readonly name?: never })
  | { readonly name: string; readonly id?: never; readonly tags?: never };
/** Reserved capacity, by id, or by tags and the account that owns it. */
export type ReservationTerm =
  | { readonly id: string; readonly owner?: never; readonly tags?: never }
  | { readonly tags: Readonly<Record<string, string>>; readonly owner?: string; readonly id?: never };

/** The disk of a node: images, logs, emptyDir. */
export interface NodeStorage {
  /** From '1Gi' to '59000Gi'. @default '80Gi', as EKS */
  readonly size?: string;
  /** 3000 to 16000. @default 3000, as EKS */
  readonly iops?: number;
  /** MiB/s, 125 to 1000. @default 125, as EKS */
  readonly throughput?: number;
  /** KMS key: id, ARN or alias. @default - a key that AWS owns */
  readonly kmsKey?: string;
}

/** Props of a NodeClass. */
export interface NodeClassProps {
  /** Of the nodes: 'arn:aws:iam::111122223333:role/nodes'. It gets the access entry that lets its nodes join. Another role is another NodeClass: it cannot be changed. */
  readonly role: Arn;
  /** An instance profile with that role, named instead of it. @default - EKS makes one of the role */
  readonly instanceProfile?: string;
  /** Subnets of the nodes; any term that matches counts. @default - the private ones that eksctl makes for this cluster; must be said for a VPC of its own and for an existing cluster */
  readonly subnets?: readonly SelectorTerm[];
  /** Security groups of the nodes. @default - the one that EKS makes for this cluster */
  readonly securityGroups?: readonly SecurityGroupTerm[];
  /** Subnets of the pods; takes podSecurityGroups. @default - those of the nodes */
  readonly podSubnets?: readonly SelectorTerm[];
  /** Security groups of the pods; takes podSubnets. @default - those of the nodes */
  readonly podSecurityGroups?: readonly SecurityGroupTerm[];
  /** The disk. @default - 80 GiB, as EKS */
  readonly storage?: NodeStorage;
  /** What pods may do that no policy speaks of: 'DefaultDeny' also where no tenant isolates. @default 'DefaultAllow', as EKS */
  readonly networkPolicy?: 'DefaultAllow' | 'DefaultDeny';
  /** Whether nodes log what policies let through and refuse. @default false, as EKS */
  readonly networkPolicyLogs?: boolean;
  /** 'Disabled' keeps a pod's own address on its way out of the VPC. @default 'Random', as EKS */
  readonly snatPolicy?: 'Random' | 'Disabled';
  /** Whether nodes get a public address. @default - as their subnet says */
  readonly publicIp?: boolean;
  /** Addresses of pods: blocks of 16 ('Auto'), or one by one ('32') where few pods run on a node. @default 'Auto', as EKS */
  readonly ipv4PrefixSize?: 'Auto' | '32';
  /** A proxy for what nodes call: its URL of at most 255 characters, and up to 50 names that are called without it. @default - none */
  readonly proxy?: { readonly https: string; readonly bypass?: readonly string[] };
  /** Certificates that nodes trust: PEM by name. @default - none */
  readonly certificates?: Readonly<Record<string, string>>;
  /** Validated cryptography. @default false, as EKS */
  readonly fips?: boolean;
  /** Reserved capacity to use first. @default - none */
  readonly capacityReservations?: readonly ReservationTerm[];
  /** Of the instances and their volumes; not those by which EKS and Karpenter know theirs. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly customize?: Customize<{ nodeClass: NodeClassManifest }>;
}
