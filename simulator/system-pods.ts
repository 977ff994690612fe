import type { PodSpec } from '../imports/kubernetes';
import type { SpecManifest } from '../kube/pod-footprint';

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

/** Pods by the name of the EKS add-on or Helm release that brings them. */
export type SystemPodTable = Readonly<Record<string, readonly SystemPods[]>>;

const NODE = 'system-node-critical';
const CLUSTER = 'system-cluster-critical';

/** What the add-ons and releases that this library installs take, with the defaults of their charts. */
export const SYSTEM_PODS: SystemPodTable = {
  'vpc-cni': [{ name: 'aws-node', cpu: 50, priority: NODE, hostNetwork: true }],
  'kube-proxy': [{ name: 'kube-proxy', cpu: 100, priority: NODE, hostNetwork: true }],
  coredns: [{ name: 'coredns', replicas: 2, cpu: 100, memory: 70, priority: CLUSTER }],
  'eks-pod-identity-agent': [{ name: 'eks-pod-identity-agent', priority: NODE, hostNetwork: true }],
  'eks-node-monitoring-agent': [
    { name: 'eks-node-monitoring-agent', cpu: 10, memory: 30, priority: NODE, hostNetwork: true },
  ],
  'metrics-server': [{ name: 'metrics-server', replicas: 2, cpu: 100, memory: 200, priority: CLUSTER }],
  'aws-ebs-csi-driver': [
    { name: 'ebs-csi-node', cpu: 30, memory: 120, priority: NODE },
    { name: 'ebs-csi-controller', replicas: 2, cpu: 60, memory: 240, priority: CLUSTER },
  ],
  'aws-secrets-store-csi-driver-provider': [
    { name: 'secrets-store-csi-driver', cpu: 70, memory: 140 },
    { name: 'secrets-store-csi-driver-provider-aws', cpu: 50, memory: 100 },
  ],
  'aws-load-balancer-controller': [{ name: 'aws-load-balancer-controller', replicas: 2, priority: CLUSTER }],
  'cluster-autoscaler': [{ name: 'cluster-autoscaler', replicas: 1, priority: CLUSTER }],
};

/** What runs on a cluster beside the app, as manifests; and the names of which nobody knows what they bring. */
export function systemPodsOf(
  names: readonly string[],
  told: SystemPodTable = {},
): { readonly manifests: readonly SystemManifest[]; readonly unknown: readonly string[] } {
  const each = [...new Set([...names, ...Object.keys(told)])].map(
    (name) => [name, told[name] ?? (Object.hasOwn(SYSTEM_PODS, name) ? SYSTEM_PODS[name] : undefined)] as const,
  );
  return {
    manifests: each.flatMap(([, pods]) => (pods ?? []).map(systemManifest)),
    unknown: each.filter(([, pods]) => pods === undefined).map(([name]) => name),
  };
}

/** A Deployment or DaemonSet. */
export type SystemManifest = SpecManifest & { readonly spec: Record<string, unknown> };

/** A stand-in that takes the room of such pods. */
export function systemManifest(pods: SystemPods): SystemManifest {
  const { name, replicas, cpu, memory, priority, hostNetwork } = pods;
  const requests = { ...(cpu ? { cpu: `${cpu}m` } : {}), ...(memory ? { memory: `${memory}Mi` } : {}) };
  const labels = { 'app.kubernetes.io/name': name };
  const spec: PodSpec = {
    ...(priority ? { priorityClassName: priority } : {}),
    ...(hostNetwork ? { hostNetwork } : {}),
    ...(replicas === undefined ? { tolerations: [{ operator: 'Exists' }] } : {}),
    containers: [{ name: 'all', image: name, resources: { requests } }],
  };
  const number = replicas === undefined ? {} : { replicas };
  return {
    apiVersion: 'apps/v1',
    kind: replicas === undefined ? 'DaemonSet' : 'Deployment',
    metadata: { name, namespace: 'kube-system' },
    spec: { ...number, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}
