import type { ARN, OneOf } from './common';

/** EKS Hybrid Nodes: machines outside AWS that join the cluster. Refused with IPv6 and with CONFIG_MAP. */
export interface RemoteNetworkConfig {
  /** Networks of the machines: one entry. Empty together with an empty `remotePodNetworks`, it takes hybrid nodes away again. */
  readonly remoteNodeNetworks: readonly RemoteNetwork[];
  /** How machines prove who they are. @default - AWS Systems Manager */
  readonly iam?: RemoteNodesIAM;
  /** Networks of the pods there: at most one entry. @default - none */
  readonly remotePodNetworks?: readonly RemoteNetwork[];
  /** The gateway that leads there. Refused with `vpc.id`. @default - routes are yours */
  readonly vpcGatewayID?: VPCGateway;
}

/** A transit gateway 'tgw-00000123' or a virtual private gateway 'vgw-00000123'. */
export type VPCGateway = string;

/** Networks outside AWS. */
export interface RemoteNetwork {
  /** Ranges of addresses: ['10.80.0.0/16']. eksctl does not look into them. */
  readonly cidrs: readonly string[];
}

/** How machines outside AWS prove who they are. Upper or lower case is the same. */
export type RemoteNodesIAM = OneOf<RemoteNodesBySSM | RemoteNodesByIRA>;

/** By activations of AWS Systems Manager. */
export interface RemoteNodesBySSM {
  /** AWS Systems Manager. @default ssm */
  readonly provider?: 'SSM' | 'ssm';
  /** An existing role of the machines; what else it takes is yours to set up then. @default - eksctl makes one */
  readonly roleARN?: ARN;
}

/** By certificates and IAM Roles Anywhere. */
export interface RemoteNodesByIRA {
  /** Certificates of the authority that signs the machines' certificates, as PEM text. */
  readonly caBundleCert: string;
  /** IAM Roles Anywhere. */
  readonly provider: 'IRA' | 'ira';
  /** An existing role of the machines; what else it takes is yours to set up then. @default - eksctl makes one */
  readonly roleARN?: ARN;
}
