import type { ARN, InlineDocument, OneOf, Texts } from './common';
import type { NodeGroupIAM, NodeGroupSGs, NodeGroupSSH } from './node-access';
import type { Placement } from './outpost';

/** What managed and self-managed groups of nodes share. */
export interface NodeGroupBase {
  /** Once in the file, both kinds together. Letters, digits and '-'. Can never change: a new name is a new group. */
  readonly name: string;
  /** Volumes beside the first. @default - none */
  readonly additionalVolumes?: readonly VolumeMapping[];
  /** An image of yours, 'ami-00000123'; needs `amiFamily`. Self-managed groups also take 'auto' and 'auto-ssm'. @default - the newest that EKS publishes */
  readonly ami?: string;
  /** The operating system. AmazonLinux2 ends with Kubernetes 1.32. @default AmazonLinux2023 */
  readonly amiFamily?: AMIFamily;
  /** What the Auto Scaling group may not do by itself. @default - it may do everything */
  readonly asgSuspendProcesses?: readonly ASGProcess[];
  /** Zones of the nodes, some of the cluster's. Not with `subnets`. @default - all of the cluster's */
  readonly availabilityZones?: readonly string[];
  /** Settings of Bottlerocket; only with that family. @default - none */
  readonly bottlerocket?: NodeGroupBottlerocket;
  /** Capacity that was reserved before. @default - open reservations are used */
  readonly capacityReservation?: CapacityReservation;
  /** Nodes at the beginning; between `minSize` and `maxSize`. @default - `minSize`, or 2 */
  readonly desiredCapacity?: number;
  /** Refuses version 1 of the instance metadata service, which needs no token. @default true */
  readonly disableIMDSv1?: boolean;
  /** Keeps the instance metadata, and with it the node's role, from pods that do not use the host's network. Not with `iam.withAddonPolicies`. @default false */
  readonly disablePodIMDS?: boolean;
  /** Bandwidth to EBS of its own; newer instance types always have it. @default - that of the instance type */
  readonly ebsOptimized?: boolean;
  /** Elastic Fabric Adapters, as many as the type has; needs one zone or subnet. @default false */
  readonly efaEnabled?: boolean;
  /** Metrics of EC2 every minute in place of every five, for a price. @default false */
  readonly enableDetailedMonitoring?: boolean;
  /** The nodes' role. @default - eksctl makes one with what nodes need */
  readonly iam?: NodeGroupIAM;
  /** How instances are bought; only with `capacityReservation`. @default - on demand, or Spot */
  readonly instanceMarketOptions?: InstanceMarketOptions;
  /** The name of the instances, as tag. @default - made of the names of cluster and group */
  readonly instanceName?: string;
  /** Put before the instances' names. @default - nothing */
  readonly instancePrefix?: string;
  /** Labels of the nodes. Those of Kubernetes' own domains are refused, but for some. @default - only eksctl's own */
  readonly labels?: Texts;
  /** Pods a node may take. Refused with an image of your own on managed groups. @default - as many as the type has addresses */
  readonly maxPodsPerNode?: number;
  /** Most nodes. @default - `desiredCapacity`, or `minSize` */
  readonly maxSize?: number;
  /** Fewest nodes. @default - `desiredCapacity`, or 2 */
  readonly minSize?: number;
  /** The AWS Outpost of the nodes. Refused on managed groups. @default - in the region */
  readonly outpostARN?: ARN;
  /** A script in place of the one that lets the node join. Refused on Bottlerocket. @default - that of eksctl */
  readonly overrideBootstrapCommand?: string;
  /** An existing placement group; needs `groupName`. @default - none */
  readonly placement?: Placement;
  /** Commands that run before the node joins. Refused on Bottlerocket. @default - none */
  readonly preBootstrapCommands?: readonly string[];
  /** Nodes in private subnets, without an address in the internet. @default false */
  readonly privateNetworking?: boolean;
  /** Writes labels and taints as tags of the Auto Scaling group, for an autoscaler that starts from zero nodes. @default false */
  readonly propagateASGTags?: boolean;
  /** Security groups of the nodes. @default - the cluster's */
  readonly securityGroups?: NodeGroupSGs;
  /** SSH to the nodes. @default - none; a session through AWS Systems Manager is possible */
  readonly ssh?: NodeGroupSSH;
  /** Subnets of the nodes, by id or by name in `vpc.subnets`. Not with `availabilityZones`. @default - all that `privateNetworking` allows */
  readonly subnets?: readonly string[];
  /** Tags of group and instances. @default - only eksctl's own */
  readonly tags?: Texts;
  /** How many nodes an update takes at once. @default - one */
  readonly updateConfig?: NodeGroupUpdateConfig;
  /** Encrypts the first volume; needs `volumeSize` on self-managed groups. @default - not encrypted, unless the account encrypts by default */
  readonly volumeEncrypted?: boolean;
  /** Operations a second: gp3 3000 to 16000, io1 100 to 64000, io2 100 to 256000; no other type. @default - 3000 for gp3, 100 for io1 and io2 */
  readonly volumeIOPS?: number;
  /** Key of the first volume; needs `volumeEncrypted`. @default - the key that AWS manages */
  readonly volumeKmsKeyID?: string;
  /** Device name of the first volume: '/dev/xvda'. @default - that of the image; '/dev/xvdb' on Bottlerocket */
  readonly volumeName?: string;
  /** Size of the first volume in GiB. @default 80 */
  readonly volumeSize?: number;
  /** MiB a second, 125 to 1000; only gp3. @default 125 */
  readonly volumeThroughput?: number;
  /** Kind of the first volume. @default gp3; gp2 on an Outpost */
  readonly volumeType?: VolumeType;
}

/** Operating systems of nodes; eksctl reads them in any case. Older eksctl know fewer, newer ones more. */
export type AMIFamily =
  | 'AmazonLinux2023'
  | 'AmazonLinux2'
  | 'Bottlerocket'
  | 'BottlerocketFips'
  | 'Ubuntu2604'
  | 'Ubuntu2404'
  | 'Ubuntu2204'
  | 'Ubuntu2004'
  | 'UbuntuPro2604'
  | 'UbuntuPro2404'
  | 'UbuntuPro2204'
  | 'UbuntuPro2004'
  | 'WindowsServer2025CoreContainer'
  | 'WindowsServer2025FullContainer'
  | 'WindowsServer2022CoreContainer'
  | 'WindowsServer2022FullContainer'
  | 'WindowsServer2019CoreContainer'
  | 'WindowsServer2019FullContainer'
  | (string & {});

/** What an Auto Scaling group does by itself. */
export type ASGProcess =
  | 'AddToLoadBalancer'
  | 'AlarmNotification'
  | 'AZRebalance'
  | 'HealthCheck'
  | 'InstanceRefresh'
  | 'Launch'
  | 'ReplaceUnhealthy'
  | 'ScheduledActions'
  | 'Terminate';

/** Kinds of EBS volumes: gp for general use, io for many operations, sc and st for magnetic disks. */
export type VolumeType = 'gp2' | 'gp3' | 'io1' | 'io2' | 'sc1' | 'st1' | (string & {});

/** A volume beside the first. eksctl checks nothing of it. */
export interface VolumeMapping {
  /** A snapshot that it is made of. @default - empty */
  readonly snapshotID?: string;
  /** Encrypts it. @default - not encrypted, unless the account encrypts by default */
  readonly volumeEncrypted?: boolean;
  /** Operations a second; gp3, io1 and io2. @default - 3000 for gp3, 100 for io1 and io2 */
  readonly volumeIOPS?: number;
  /** Its key. @default - the key that AWS manages */
  readonly volumeKmsKeyID?: string;
  /** Its device name: '/dev/sdb'. */
  readonly volumeName?: string;
  /** GiB. @default 80 */
  readonly volumeSize?: number;
  /** MiB a second, 125 to 1000; only gp3. @default 125 */
  readonly volumeThroughput?: number;
  /** Its kind. @default gp3 */
  readonly volumeType?: VolumeType;
}

/** Settings of Bottlerocket. */
export interface NodeGroupBottlerocket {
  /** A container with root's rights for people who log in. @default - on when `ssh.allow` is */
  readonly enableAdminContainer?: boolean;
  /** Bottlerocket's own settings as a tree: { kernel: { sysctl: ... } }. Those that eksctl writes itself are refused. @default - none */
  readonly settings?: InlineDocument;
}

/** Whether reserved capacity is used: by preference, or one reservation. */
export type CapacityReservation = OneOf<
  | {
      /** 'open' takes any that fits, 'none' leaves them to others. @default open */
      readonly capacityReservationPreference?: 'none' | 'open';
    }
  | {
      /** The reservation. */
      readonly capacityReservationTarget: CapacityReservationTarget;
    }
>;

/** One reservation, or a group of them. */
export type CapacityReservationTarget = OneOf<
  | {
      /** 'cr-00000123'. */
      readonly capacityReservationID: string;
    }
  | {
      /** A resource group of reservations. */
      readonly capacityReservationResourceGroupARN: ARN;
    }
>;

/** How instances are bought. */
export interface InstanceMarketOptions {
  /** Capacity blocks for machine learning, reserved for days. */
  readonly marketType?: 'capacity-block';
}

/** Chooses instance types by what they have; eksctl asks AWS and writes the result. */
export interface InstanceSelector {
  /** Only types that this regular expression matches: '^m[5-7]'. @default - all */
  readonly allow?: string;
  /** The processor; x86_64 and amd64 are the same. @default - any */
  readonly cpuArchitecture?: 'amd64' | 'arm64' | 'x86_64';
  /** No types that this regular expression matches. @default - none are left out */
  readonly deny?: string;
  /** Graphics processors; 0 for types without. @default - any number */
  readonly gpus?: number;
  /** Memory as text: '8', '8GiB'. GiB without a unit. @default - any */
  readonly memory?: string;
  /** Inferentia or Trainium devices; 0 for types without. @default - any number */
  readonly neuron_devices?: number;
  /** Processors. @default - any number */
  readonly vCPUs?: number;
}

/** How many nodes an update takes at once: a number, or a share. Nodes that are taken drain first. */
export type NodeGroupUpdateConfig = OneOf<
  | {
      /** A number, 1 to `maxSize`. @default 1 */
      readonly maxUnavailable: number;
    }
  | {
      /** A share of the nodes, 1 to 100. */
      readonly maxUnavailablePercentage: number;
    }
>;

/** Keeps pods away that do not tolerate it. */
export interface NodeGroupTaint {
  /** What happens to other pods: not placed, placed last, or also sent away. */
  readonly effect: 'NoExecute' | 'NoSchedule' | 'PreferNoSchedule';
  /** Like a label's key: 'dedicated'. */
  readonly key: string;
  /** Like a label's value. @default - empty */
  readonly value?: string;
}
