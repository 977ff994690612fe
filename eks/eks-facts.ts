/**
 * Facts about EKS that rules look up, collected on 2026-08-22 from the EKS release calendar, the EKS user guide, the
 * compatibility matrix of Karpenter and the code of eksctl v0.230.0. Facts only: no rule compares a date with today, or
 * the same program would give another result tomorrow.
 */
export const FACTS_DATE = '2026-08-22';

/** A Kubernetes version of EKS: its days, and the oldest Karpenter that supports it. */
export interface VersionFacts {
  readonly released: string;
  readonly standardSupportUntil: string;
  readonly extendedSupportUntil: string;
  readonly karpenter: string;
}

/** The versions that EKS takes for a new cluster, oldest first. */
export const KUBERNETES_VERSIONS = {
  '1.31': facts('2024-09-26', '2025-11-26', '2026-11-26', '1.0.5'),
  '1.32': facts('2025-01-25', '2026-03-23', '2027-03-23', '1.2.0'),
  '1.33': facts('2025-05-28', '2026-07-29', '2027-07-29', '1.5.0'),
  '1.34': facts('2025-10-06', '2026-12-02', '2027-12-02', '1.6.0'),
  '1.35': facts('2026-01-28', '2027-03-27', '2028-03-27', '1.9.0'),
  '1.36': facts('2026-06-02', '2027-08-02', '2028-08-02', '1.13.0'),
} as const;

function facts(
  released: string,
  standardSupportUntil: string,
  extendedSupportUntil: string,
  karpenter: string,
): VersionFacts {
  return { released, standardSupportUntil, extendedSupportUntil, karpenter };
}

/** What eksctl takes for a missing version. */
export const EKSCTL_DEFAULT_VERSION = '1.34';

/** An EKS add-on. */
export interface AddonFacts {
  /** Who publishes it. */
  readonly owner: 'aws' | 'community';
  /** Where its pods find their AWS permissions: 'namespace/service-account'. */
  readonly serviceAccount?: string;
  /** Does nothing useful without AWS permissions; the managed policy that grants them, where AWS has one. */
  readonly needs?: { readonly policy?: string; readonly byNodes?: string; readonly byOidc?: true };
  /** Is part of the nodes in EKS Auto Mode. */
  readonly inAutoMode?: true;
  /** Add-ons that must run before it. */
  readonly requires?: readonly string[];
}

/**
 * By name. `needs.byNodes` is the policy of a node group (`iam.withAddonPolicies`) that serves as well; `needs.byOidc`
 * says that eksctl makes a role by itself when `iam.withOIDC` is on.
 */
export const ADDONS: Readonly<Record<string, AddonFacts>> = {
  'vpc-cni': { owner: 'aws', serviceAccount: 'kube-system/aws-node', inAutoMode: true },
  coredns: { owner: 'aws', inAutoMode: true },
  'kube-proxy': { owner: 'aws', inAutoMode: true },
  'aws-ebs-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/ebs-csi-controller-sa',
    needs: { policy: 'service-role/AmazonEBSCSIDriverPolicy', byNodes: 'ebs', byOidc: true },
    inAutoMode: true,
  },
  'aws-efs-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/efs-csi-controller-sa',
    needs: { policy: 'service-role/AmazonEFSCSIDriverPolicy', byNodes: 'efs', byOidc: true },
  },
  'aws-fsx-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/fsx-csi-controller-sa',
    needs: { policy: 'AmazonFSxFullAccess', byNodes: 'fsx' },
  },
  'aws-mountpoint-s3-csi-driver': { owner: 'aws', serviceAccount: 'kube-system/s3-csi-driver-sa', needs: {} },
  'snapshot-controller': { owner: 'aws' },
  'eks-node-monitoring-agent': { owner: 'aws', inAutoMode: true },
  'eks-pod-identity-agent': { owner: 'aws', inAutoMode: true },
  'amazon-cloudwatch-observability': {
    owner: 'aws',
    serviceAccount: 'amazon-cloudwatch/cloudwatch-agent',
    needs: { policy: 'CloudWatchAgentServerPolicy', byNodes: 'cloudWatch' },
  },
  'aws-guardduty-agent': { owner: 'aws' },
  adot: { owner: 'aws', requires: ['cert-manager'] },
  'aws-network-flow-monitoring-agent': { owner: 'aws' },
  'amazon-sagemaker-hyperpod-taskgovernance': { owner: 'aws' },
  'aws-privateca-connector-for-kubernetes': { owner: 'aws', requires: ['cert-manager'] },
  'aws-secrets-store-csi-driver-provider': { owner: 'aws' },
  'metrics-server': { owner: 'community' },
  'kube-state-metrics': { owner: 'community' },
  'prometheus-node-exporter': { owner: 'community' },
  'cert-manager': { owner: 'community' },
  'external-dns': {
    owner: 'community',
    serviceAccount: 'external-dns/external-dns',
    needs: { policy: 'AmazonRoute53FullAccess', byNodes: 'externalDNS' },
  },
  'fluent-bit': { owner: 'community', serviceAccount: 'fluent-bit/fluent-bit' },
  'sriov-network-metrics-exporter': { owner: 'community' },
};

/** What eksctl refuses beside Auto Mode: its default add-ons, except those that Auto Mode lacks. */
export const NOT_WITH_AUTO_MODE: readonly string[] = ['vpc-cni', 'kube-proxy', 'coredns'];

/** The regions that eksctl v0.230.0 knows; it refuses every other. */
export const EKSCTL_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-isoe-west-1',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-iso-west-1',
  'us-isob-east-1',
  'us-isob-west-1',
  'us-isof-east-1',
  'us-isof-south-1',
  'us-west-1',
  'us-west-2',
];

/** The scaling tiers of a provisioned control plane. */
export const CONTROL_PLANE_TIERS: readonly string[] = ['standard', 'tier-xl', 'tier-2xl', 'tier-4xl', 'tier-8xl'];

/** The days for which CloudWatch keeps a log, as eksctl knows them. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653,
];
