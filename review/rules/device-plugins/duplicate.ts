import { DEVICES } from '../../../eks/devices';
import type { ResolvedNodeGroup } from '../../../eksctl/resolved-node-group';
import { title } from '../../../kube/inventory';
import { containersOf } from '../../../kube/pod-resources';
import type { ClusterSide } from '../../cluster-side';
import { clusterRule } from '../../rule';

/** Device plugins by the names of their images. */
const PLUGINS = [
  { what: 'the NVIDIA device plugin', image: /(?:^|\/)k8s-device-plugin(?:[:@]|$)/, resource: 'nvidia.com/gpu' },
  {
    what: 'the Neuron device plugin',
    image: /(?:^|\/)neuron-device-plugin(?:[:@]|$)/,
    resource: 'aws.amazon.com/neuron',
  },
  {
    what: 'the EFA device plugin',
    image: /(?:^|\/)(?:aws-efa-k8s-device-plugin|eks\/aws-efa[^/]*)(?:[:@]|$)/,
    resource: undefined,
  },
] as const;

/** A second copy of a device plugin, beside the one that eksctl installs or the nodes bring. */
export const rule = clusterRule({
  id: 'device-plugins/duplicate',
  title: 'a device plugin that the nodes bring is not installed once more',
  severity: 'warning',
  why: 'Two plugins register the same resource with the kubelet, and the later one takes it over. After a restart of one of them nodes can report no devices, and pods that ask for one stay pending.',
  source: 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: gpu, instanceType: g5.xlarge }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: plugin, namespace: kube-system }
spec:
  selector: { matchLabels: { app: plugin } }
  template:
    metadata: { labels: { app: plugin } }
    spec:
      containers:
        - { name: plugin, image: 'nvcr.io/nvidia/k8s-device-plugin:v0.17.0' }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: plugin, namespace: kube-system }
spec:
  selector: { matchLabels: { app: plugin } }
  template:
    metadata: { labels: { app: plugin } }
    spec:
      containers:
        - { name: plugin, image: 'nvcr.io/nvidia/k8s-device-plugin:v0.17.0' }
`,
  check: (cluster, inventory, report) => {
    for (const pod of inventory.pods.filter(({ manifest }) => manifest.kind === 'DaemonSet')) {
      const images = containersOf(pod.spec).map(({ image }) => image ?? '');
      for (const { what, image, resource } of PLUGINS) {
        const first = images.some((name) => image.test(name)) && installed(cluster, resource);
        if (first) {
          report(pod, { message: `${title(pod)} is a second copy of ${what}: ${first}`, fix: 'remove it' });
        }
      }
    }
  },
});

/** Why the plugin is there already; undefined where it is not. */
function installed({ config, groups }: ClusterSide, resource: string | undefined): string | undefined {
  if (resource === undefined) {
    const efa = [...(config.managedNodeGroups ?? []), ...(config.nodeGroups ?? [])].some((group) => group.efaEnabled);
    return efa ? 'eksctl installs it for the groups with efaEnabled' : undefined;
  }
  const group = groups.find((candidate) => brings(candidate, resource));
  if (group) {
    return `${broughtBy(group)} for ${group.path} '${group.name}'`;
  }
  return config.autoModeConfig?.enabled === true ? 'nodes of EKS Auto Mode bring it' : undefined;
}

function brings({ instanceTypes, amiFamily }: ResolvedNodeGroup, resource: string): boolean {
  const device = DEVICES[resource];
  const families = resource === 'nvidia.com/gpu' ? /^(?:AmazonLinux|Bottlerocket)/i : /./;
  return device !== undefined && families.test(amiFamily) && instanceTypes.some(device.on);
}

function broughtBy({ amiFamily }: ResolvedNodeGroup): string {
  return /^bottlerocket/i.test(amiFamily) ? 'the image of Bottlerocket brings it' : 'eksctl installs it';
}
