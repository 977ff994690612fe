import type { AccessConfig, IAMIdentityMapping, IdentityProvider } from './access';
import type { Addon, AddonsConfig } from './addons';
import type { Capability } from './capabilities';
import type { Texts } from './common';
import type {
  AutoModeConfig,
  ClusterCloudWatch,
  ControlPlaneScalingConfig,
  KubeAPIServerConfig,
  KubeControllerManagerConfig,
  KubeSchedulerConfig,
  SecretsEncryption,
  ZonalShiftConfig,
} from './control-plane';
import type { FargateProfile } from './fargate';
import type { ClusterIAM } from './iam';
import type { GitOps, Karpenter } from './installed';
import type { ManagedNodeGroup } from './managed-node-group';
import type { NodeGroup } from './node-group';
import type { Outpost } from './outpost';
import type { RemoteNetworkConfig } from './remote';
import type { ClusterVPC, KubernetesNetworkConfig, PrivateCluster } from './vpc';

/** A cluster as `eksctl create cluster -f` reads it. There is no `spec`: the sections stand beside `metadata`. */
export interface ClusterConfig {
  /** The format's version; eksctl knows this one. */
  readonly apiVersion: 'eksctl.io/v1alpha5';
  /** What the file is. */
  readonly kind: 'ClusterConfig';
  /** Name, region and Kubernetes version. */
  readonly metadata: ClusterMeta;
  /** Who may use the Kubernetes API. @default - access entries and the aws-auth ConfigMap, with the creator as administrator */
  readonly accessConfig?: AccessConfig;
  /** EKS add-ons. @default - vpc-cni, kube-proxy, coredns and metrics-server; of Auto Mode only the last */
  readonly addons?: readonly Addon[];
  /** What holds for all add-ons. @default - the default add-ons are installed, without permissions of their own */
  readonly addonsConfig?: AddonsConfig;
  /** Whether EKS runs the nodes. Say it either way, since eksctl has announced another default. @default - not switched on */
  readonly autoModeConfig?: AutoModeConfig;
  /** Zones of the cluster's subnets, two or more: ['us-west-2a', 'us-west-2b']. Not with `vpc.subnets`. @default - three that eksctl picks; two in us-east-1 */
  readonly availabilityZones?: readonly string[];
  /** Managed Argo CD, ACK or kro. @default - none */
  readonly capabilities?: readonly Capability[];
  /** The control plane's logs. @default - none are written */
  readonly cloudWatch?: ClusterCloudWatch;
  /** How much the control plane can do from the start. @default - EKS scales it by itself */
  readonly controlPlaneScalingConfig?: ControlPlaneScalingConfig;
  /** Pods that run without nodes. @default - none */
  readonly fargateProfiles?: readonly FargateProfile[];
  /** Flux, installed after the cluster. @default - none */
  readonly gitops?: GitOps;
  /** Roles of the cluster and of service accounts. @default - eksctl makes the roles of the cluster itself */
  readonly iam?: ClusterIAM;
  /** Entries of the aws-auth ConfigMap; access entries replace them. @default - none but the nodes' */
  readonly iamIdentityMappings?: readonly IAMIdentityMapping[];
  /** OpenID Connect providers whose users may use the Kubernetes API. @default - only IAM */
  readonly identityProviders?: readonly IdentityProvider[];
  /** Karpenter, installed by eksctl with Helm; needs `iam.withOIDC`. @default - not installed */
  readonly karpenter?: Karpenter;
  /** Settings of the API server. @default - those of EKS */
  readonly kubeAPIServerConfig?: KubeAPIServerConfig;
  /** Settings of the controller manager. @default - those of EKS */
  readonly kubeControllerManagerConfig?: KubeControllerManagerConfig;
  /** Settings of the scheduler. @default - those of EKS */
  readonly kubeSchedulerConfig?: KubeSchedulerConfig;
  /** Addresses of Services, IPv4 or IPv6. Can never change. @default - IPv4, in a range that EKS picks */
  readonly kubernetesNetworkConfig?: KubernetesNetworkConfig;
  /** AWS Local Zones with subnets of their own; only self-managed groups run there. Refused with IPv6 and with `vpc.id`. @default - none */
  readonly localZones?: readonly string[];
  /** Groups of nodes that EKS updates. Refused beside Auto Mode when the cluster is made. @default - none */
  readonly managedNodeGroups?: readonly ManagedNodeGroup[];
  /** Groups of nodes that only eksctl and an Auto Scaling group know. Refused beside Auto Mode when the cluster is made. @default - none */
  readonly nodeGroups?: readonly NodeGroup[];
  /** A control plane on an AWS Outpost; excludes most other sections. @default - in the region */
  readonly outpost?: Outpost;
  /** A cluster whose nodes have no way to the internet. Excludes `vpc.clusterEndpoints`. @default - nodes reach the internet */
  readonly privateCluster?: PrivateCluster;
  /** EKS Hybrid Nodes: networks of machines outside AWS. @default - none */
  readonly remoteNetworkConfig?: RemoteNetworkConfig;
  /** A KMS key of yours for Secrets. Cannot be taken back. @default - a key that AWS owns */
  readonly secretsEncryption?: SecretsEncryption;
  /** What happens when a version leaves standard support. @default - extended support, which costs more */
  readonly upgradePolicy?: UpgradePolicy;
  /** The network. @default - a VPC of its own, 192.168.0.0/16 */
  readonly vpc?: ClusterVPC;
  /** Whether AWS may move traffic away from a zone that fails. @default - not allowed */
  readonly zonalShiftConfig?: ZonalShiftConfig;
}

/** Not an ObjectMeta: labels and a namespace are refused. */
export interface ClusterMeta {
  /** The cluster's name: letters, digits and '-'. Can never change. */
  readonly name: string;
  /** 'us-west-2'. Can never change. */
  readonly region: string;
  /** Notes for people; eksctl ignores them. @default - none */
  readonly annotations?: Texts;
  /** Upgrades though EKS' upgrade insights find something that stands against it. @default - such an upgrade is refused */
  readonly forceUpdateVersion?: boolean;
  /** How long an upgrade may take before it is taken back. @default - 12 hours */
  readonly rollbackConfig?: RollbackConfig;
  /** Tags of what eksctl makes in AWS. @default - only eksctl's own */
  readonly tags?: Texts;
  /** The Kubernetes minor as text, '1.35', in quotes in YAML; 'latest' is the newest that EKS offers. @default - '1.34', the default of this eksctl */
  readonly version?: string;
}

/** When EKS gives up an upgrade of the control plane and goes back. */
export interface RollbackConfig {
  /** Minutes, 120 to 10080 (7 days); EKS cancels no sooner than this. @default 720 */
  readonly timeoutMinutes?: number;
}

/** What happens when a Kubernetes version leaves standard support after 14 months. */
export interface UpgradePolicy {
  /** STANDARD: EKS upgrades the cluster then. EXTENDED: it stays for another 12 months, at six times the price. @default EXTENDED */
  readonly supportType?: 'EXTENDED' | 'STANDARD';
}
