import { partitionOf } from './arn';
import type { Region } from './values';

/** Equal pods of an add-on or a controller: the sum of their containers. */
export interface SystemPods {
  /** Of their Deployment or DaemonSet. */
  readonly name: string;
  /** Of a Deployment. @default - a DaemonSet: one on each node */
  readonly replicas?: number;
  /** Asked for by each, in thousandths of a core. @default 0, as where a chart leaves it out */
  readonly cpu?: number;
  /** Asked for by each, in MiB. @default 0 */
  readonly memory?: number;
  /** @default - none: every workload with a priority of its own displaces them */
  readonly priority?: 'system-node-critical' | 'system-cluster-critical';
  /** They use the node's own address. @default false */
  readonly hostNetwork?: boolean;
}

/** What is known of an EKS add-on. */
export interface AddonSpec {
  /** Who publishes it. */
  readonly owner: 'aws' | 'community';
  /** Where its pods find their AWS permissions: 'namespace/service-account'. */
  readonly serviceAccount?: string;
  /**
   * Does nothing useful without AWS permissions. `policy` is the managed policy that grants them, where AWS has one;
   * `byNodes` the policy of a node group (`iam.withAddonPolicies`) that serves as well; `byOidc` says that eksctl makes a
   * role by itself when `iam.withOIDC` is on.
   */
  readonly needs?: { readonly policy?: string; readonly byNodes?: string; readonly byOidc?: true };
  /** EKS recommends permissions for its service account, which eksctl gives by pod identity where it is asked to. */
  readonly recommends?: true;
  /** Is part of the nodes in EKS Auto Mode. */
  readonly inAutoMode?: true;
  /** eksctl installs it by itself, and refuses it beside Auto Mode where Auto Mode has it. */
  readonly byEksctl?: true;
  /** This library writes it for every cluster that does not have it by Auto Mode. */
  readonly base?: true;
  /** Add-ons that must run before it. */
  readonly requires?: readonly string[];
  /** The CSI driver that it installs. */
  readonly driver?: string;
  /** API groups whose custom resources it brings. */
  readonly groups?: readonly string[];
  /** What it runs, with the defaults of its chart. @default - not known */
  readonly pods?: readonly SystemPods[];
}

const NODE = 'system-node-critical';
const CLUSTER = 'system-cluster-critical';

/** By name; those that every cluster has in the order in which they are written. */
export const ADDONS: Readonly<Record<string, AddonSpec>> = {
  'vpc-cni': {
    owner: 'aws',
    serviceAccount: 'kube-system/aws-node',
    recommends: true,
    inAutoMode: true,
    byEksctl: true,
    base: true,
    pods: [{ name: 'aws-node', cpu: 50, priority: NODE, hostNetwork: true }],
  },
  'kube-proxy': {
    owner: 'aws',
    inAutoMode: true,
    byEksctl: true,
    base: true,
    pods: [{ name: 'kube-proxy', cpu: 100, priority: NODE, hostNetwork: true }],
  },
  coredns: {
    owner: 'aws',
    inAutoMode: true,
    byEksctl: true,
    base: true,
    pods: [{ name: 'coredns', replicas: 2, cpu: 100, memory: 70, priority: CLUSTER }],
  },
  'eks-pod-identity-agent': {
    owner: 'aws',
    inAutoMode: true,
    base: true,
    pods: [{ name: 'eks-pod-identity-agent', priority: NODE, hostNetwork: true }],
  },
  'eks-node-monitoring-agent': {
    owner: 'aws',
    inAutoMode: true,
    base: true,
    pods: [{ name: 'eks-node-monitoring-agent', cpu: 10, memory: 30, priority: NODE, hostNetwork: true }],
  },
  // without it neither a HorizontalPodAutoscaler nor `kubectl top` works
  'metrics-server': {
    owner: 'community',
    byEksctl: true,
    base: true,
    pods: [{ name: 'metrics-server', replicas: 2, cpu: 100, memory: 200, priority: CLUSTER }],
  },
  'aws-ebs-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/ebs-csi-controller-sa',
    needs: { policy: 'service-role/AmazonEBSCSIDriverPolicy', byNodes: 'ebs', byOidc: true },
    recommends: true,
    inAutoMode: true,
    driver: 'ebs.csi.aws.com',
    pods: [
      { name: 'ebs-csi-node', cpu: 30, memory: 120, priority: NODE },
      { name: 'ebs-csi-controller', replicas: 2, cpu: 60, memory: 240, priority: CLUSTER },
    ],
  },
  'aws-efs-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/efs-csi-controller-sa',
    needs: { policy: 'service-role/AmazonEFSCSIDriverPolicy', byNodes: 'efs', byOidc: true },
    recommends: true,
    driver: 'efs.csi.aws.com',
  },
  'aws-fsx-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/fsx-csi-controller-sa',
    needs: { policy: 'AmazonFSxFullAccess', byNodes: 'fsx' },
    driver: 'fsx.csi.aws.com',
  },
  'aws-mountpoint-s3-csi-driver': {
    owner: 'aws',
    serviceAccount: 'kube-system/s3-csi-driver-sa',
    needs: {},
    driver: 's3.csi.aws.com',
  },
  'snapshot-controller': { owner: 'aws', groups: ['snapshot.storage.k8s.io'] },
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
  'aws-secrets-store-csi-driver-provider': {
    owner: 'aws',
    driver: 'secrets-store.csi.k8s.io',
    groups: ['secrets-store.csi.x-k8s.io'],
    pods: [
      { name: 'secrets-store-csi-driver', cpu: 70, memory: 140 },
      { name: 'secrets-store-csi-driver-provider-aws', cpu: 50, memory: 100 },
    ],
  },
  'kube-state-metrics': { owner: 'community' },
  'prometheus-node-exporter': { owner: 'community' },
  'cert-manager': { owner: 'community', groups: ['cert-manager.io'] },
  'external-dns': {
    owner: 'community',
    serviceAccount: 'external-dns/external-dns',
    needs: { policy: 'AmazonRoute53FullAccess', byNodes: 'externalDNS' },
    recommends: true,
  },
  'fluent-bit': { owner: 'community', serviceAccount: 'fluent-bit/fluent-bit' },
  'sriov-network-metrics-exporter': { owner: 'community' },
};

const ROWS = Object.entries(ADDONS);
const named = (has: (spec: AddonSpec) => unknown): readonly string[] =>
  ROWS.filter(([, spec]) => has(spec)).map(([name]) => name);

/** What is known of an add-on; undefined for a name that is not in the table. */
export function addonSpec(name: string): AddonSpec | undefined {
  return Object.hasOwn(ADDONS, name) ? ADDONS[name] : undefined;
}

/** What EKS Auto Mode brings in the nodes themselves. */
export const AUTO_MODE_ADDONS: ReadonlySet<string> = new Set(named(({ inAutoMode }) => inAutoMode));

/** What eksctl refuses beside Auto Mode. */
export const NOT_WITH_AUTO_MODE: readonly string[] = named(({ byEksctl, inAutoMode }) => byEksctl && inAutoMode);

/** Community add-ons are not offered in China and GovCloud; eksctl leaves metrics-server out there as well. */
export function isOffered(name: string, region: Region): boolean {
  return addonSpec(name)?.owner !== 'community' || partitionOf(region) === 'aws';
}

const installable = (which: readonly string[], auto: boolean, region: Region): string[] =>
  which.filter((name) => isOffered(name, region) && !(auto && AUTO_MODE_ADDONS.has(name)));

/** Every cluster's add-ons, in the order in which they are written. */
export function baseAddonNames(auto: boolean, region: Region): string[] {
  return installable(
    named(({ base }) => base),
    auto,
    region,
  );
}

/** Those that eksctl adds by itself. */
export function eksctlAddonNames(auto: boolean, region: Region): string[] {
  return installable(
    named(({ byEksctl }) => byEksctl),
    auto,
    region,
  );
}

const BY_DRIVER = new Map(
  ROWS.flatMap(([name, { driver }]) => (driver === undefined ? [] : [[driver, name] as const])),
);
const BY_GROUP = new Map(ROWS.flatMap(([name, { groups = [] }]) => groups.map((group) => [group, name] as const)));

/** The add-on that installs a CSI driver. */
export function addonOfDriver(driver: string): string | undefined {
  return BY_DRIVER.get(driver);
}

/** The add-on that brings the custom resources of an API group. */
export function addonOfGroup(group: string): string | undefined {
  return BY_GROUP.get(group);
}
