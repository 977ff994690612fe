import type { Arn } from '../../../eks/values';
import type { Quantity } from '../../../kube/values';
import type { Customize } from '../../core/values';
import type { NodeStorage, SecurityGroupTerm, SelectorTerm } from '../auto-mode/node-class-props';
import type { Ec2NodeClassManifest } from './objects';

/** Selects images by id, by tags, by name and owner, or by a parameter of Systems Manager. */
export interface AmiTerm {
  /** 'ami-0123456789abcdef0'. */
  readonly id?: string;
  /** Name of the image, with '*' for any text. */
  readonly name?: string;
  /** Account of the image, 'self' or 'amazon'; beside `name` or `tags`. @default - your account and Amazon */
  readonly owner?: string;
  /** Tags of the image, all of which must match. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Name or ARN of a parameter whose value is the id of an image. */
  readonly ssmParameter?: string;
}
/** Images of your own. */
export interface OwnAmi {
  /** How nodes are set up: what the user data is merged with. */
  readonly family: 'AL2023' | 'Bottlerocket' | 'Windows2019' | 'Windows2022' | 'Windows2025' | 'Custom';
  /** One matching term is enough; the newest image is used. */
  readonly terms: readonly [AmiTerm, ...AmiTerm[]];
}
/** Settings of the kubelet; what is left out is computed for the instance type. */
export interface NodeKubelet {
  /** Pods of a node, 1 or more. @default - by the addresses that the instance type has */
  readonly maxPods?: number;
  /** Pods for each CPU core, 1 or more. @default - not limited by cores */
  readonly podsPerCore?: number;
  /** Reserved for the system: { cpu: '100m', memory: '200Mi' }. @default - computed by Karpenter */
  readonly systemReserved?: NodeReserved;
  /** Reserved for the kubelet and the container runtime. @default - computed by Karpenter */
  readonly kubeReserved?: NodeReserved;
}
/** Resources of a node that pods do not get. */
export interface NodeReserved {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
  readonly ephemeralStorage?: Quantity;
}

/** Props of an Ec2NodeClass. */
export interface Ec2NodeClassProps {
  /**
   * The image: an alias such as 'al2023@latest', 'bottlerocket@v1.49.0' or 'windows2022@latest', or images of your own. With
   * '@latest' nodes are replaced when AWS publishes an image; a version keeps them as they are.
   *
   * @default 'al2023@latest', as the class 'default'
   * @see https://karpenter.sh/docs/concepts/nodeclasses/
   */
  readonly ami?: string | OwnAmi;
  /**
   * ARN of the role of the nodes. It gets the access entry that nodes need to join, and the controller may pass it on.
   *
   * @default - 'KarpenterNodeRole-' and the name of the cluster, which a step makes; required with Windows, whose nodes join
   * in another way, and for a cluster that exists
   */
  readonly role?: Arn;
  /** Subnets of the nodes; one matching term is enough. @default - the private subnets that eksctl creates for this cluster; required for an existing VPC and for an existing cluster */
  readonly subnets?: readonly SelectorTerm[];
  /** Security groups of the nodes. @default - the one that EKS creates for this cluster */
  readonly securityGroups?: readonly SecurityGroupTerm[];
  /** The disk for images, logs and emptyDir volumes; encrypted gp3. @default - 80 GiB */
  readonly storage?: NodeStorage;
  /** Settings of the kubelet. @default - computed by Karpenter */
  readonly kubelet?: NodeKubelet;
  /** Network hops from which the instance metadata answers, 1-64: with 2, pods reach it, and so the role of the node. IMDSv2 is required. @default 1 */
  readonly metadataHopLimit?: number;
  /** Text that Karpenter merges into its own user data: a shell script or a NodeConfig, TOML for Bottlerocket, PowerShell for Windows. Literals that look like secrets are refused. @default - none */
  readonly userData?: string;
  /** Joins the instance's own NVMe disks to one, for emptyDir volumes and images. @default - they are not used */
  readonly instanceStorePolicy?: 'RAID0';
  /** Whether nodes get a public address. @default - as set in their subnet */
  readonly publicIp?: boolean;
  /** Whether metrics of the instances have a period of one minute, which costs extra. @default false */
  readonly detailedMonitoring?: boolean;
  /** Tags of the instances and their volumes; tags that EKS and Karpenter use are refused. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Edits the finished object. @default - none */
  readonly customize?: Customize<{ ec2NodeClass: Ec2NodeClassManifest }>;
}
