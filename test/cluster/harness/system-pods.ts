import type { V1PodSpec } from '@kubernetes/client-node';
import type { Kube } from './kube';
import type { ClusterConfig } from './nodes';

/** What a program of the cluster itself asks of its nodes; the sum of its containers. */
interface SystemPods {
  readonly name: string;
  /** Of a Deployment; a DaemonSet has one on each node. */
  readonly replicas?: number;
  /** In thousandths. @default 0, as where a chart leaves it out */
  readonly cpu?: number;
  /** In MiB. @default 0 */
  readonly memory?: number;
  readonly priority?: 'system-node-critical' | 'system-cluster-critical';
}

const NODE = 'system-node-critical';
const CLUSTER = 'system-cluster-critical';

/** By add-on of EKS, with the defaults of its chart. */
const OF_ADDON: Readonly<Record<string, readonly SystemPods[]>> = {
  'vpc-cni': [{ name: 'aws-node', cpu: 50, priority: NODE }],
  'kube-proxy': [{ name: 'kube-proxy', cpu: 100, priority: NODE }],
  coredns: [{ name: 'coredns', replicas: 2, cpu: 100, memory: 70, priority: CLUSTER }],
  'eks-pod-identity-agent': [{ name: 'eks-pod-identity-agent', priority: NODE }],
  'eks-node-monitoring-agent': [{ name: 'eks-node-monitoring-agent', cpu: 10, memory: 30, priority: NODE }],
  'metrics-server': [{ name: 'metrics-server', replicas: 2, cpu: 100, memory: 200, priority: CLUSTER }],
  'aws-ebs-csi-driver': [
    { name: 'ebs-csi-node', cpu: 30, memory: 120, priority: NODE },
    { name: 'ebs-csi-controller', replicas: 2, cpu: 60, memory: 240, priority: CLUSTER },
  ],
  'aws-secrets-store-csi-driver-provider': [
    { name: 'secrets-store-csi-driver', cpu: 70, memory: 140 },
    { name: 'secrets-store-csi-driver-provider-aws', cpu: 50, memory: 100 },
  ],
};

/** By Helm release that the steps install. */
const OF_RELEASE: Readonly<Record<string, readonly SystemPods[]>> = {
  'aws-load-balancer-controller': [{ name: 'aws-load-balancer-controller', replicas: 2, priority: CLUSTER }],
  'cluster-autoscaler': [{ name: 'cluster-autoscaler', replicas: 1, priority: CLUSTER }],
};

interface WithAddons extends ClusterConfig {
  readonly addons?: readonly { readonly name: string }[];
}

/** The pods of the add-ons in a ClusterConfig and of the releases in the steps beside it, as stand-ins that take their room. */
export async function installSystemPods(kube: Kube, config: WithAddons, steps: string): Promise<void> {
  const releases = [...steps.matchAll(/^helm upgrade --install (\S+)/gm)].map(([, name]) => name!);
  const wanted = [
    ...(config.addons ?? []).map(({ name }) => [OF_ADDON[name], `add-on ${name}`] as const),
    ...releases.map((name) => [OF_RELEASE[name], `release ${name}`] as const),
  ];
  for (const [pods, what] of wanted) {
    if (!pods) {
      throw new Error(`what ${what} takes of the nodes is not in harness/system-pods.ts`);
    }
    await Promise.all(pods.map((each) => install(kube, each)));
  }
}

async function install(kube: Kube, pods: SystemPods): Promise<void> {
  const { name, replicas, cpu = 0, memory = 0, priority } = pods;
  const labels = { 'app.kubernetes.io/name': name };
  const spec: V1PodSpec = {
    priorityClassName: priority,
    tolerations: replicas === undefined ? [{ operator: 'Exists' }] : undefined,
    containers: [{ name: 'all', image: name, resources: { requests: { cpu: `${cpu}m`, memory: `${memory}Mi` } } }],
  };
  const namespace = 'kube-system';
  const common = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } };
  if (replicas === undefined) {
    await kube.apps.createNamespacedDaemonSet({ namespace, body: { metadata: { name }, spec: common } });
  } else {
    await kube.apps.createNamespacedDeployment({
      namespace,
      body: { metadata: { name }, spec: { replicas, ...common } },
    });
  }
}
