import { DEVICES } from '../../eks/devices';
import type { NodeGroupFacts } from '../../eksctl/node-group-facts';
import { title } from '../../kube/objects';
import { containersOf } from '../../kube/pod-resources';
import type { FitFindings, FitInput, FitWarning } from './input';
import { podObjects } from './pods';

/** Plugins that make the devices of nodes known, by what their images are called. */
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
export function devicePluginFindings({ config, groups, objects }: FitInput): FitFindings {
  const auto = config.autoModeConfig?.enabled === true;
  const efa = [...(config.managedNodeGroups ?? []), ...(config.nodeGroups ?? [])].some((group) => group.efaEnabled);
  const warnings: FitWarning[] = [];
  for (const pod of podObjects(objects)) {
    const images = pod.manifest.kind === 'DaemonSet' ? containersOf(pod.spec).map(({ image }) => image ?? '') : [];
    for (const { what, image, resource } of PLUGINS) {
      if (!images.some((name) => image.test(name))) {
        continue;
      }
      const group = groups.find((g) => resource !== undefined && brings(g, resource));
      const first =
        resource === undefined
          ? efa && 'eksctl installs it for the groups with efaEnabled'
          : group
            ? `${broughtBy(group)} for ${group.path} '${group.name}'`
            : auto && 'nodes of EKS Auto Mode bring it';
      if (first) {
        warnings.push({
          construct: pod.construct,
          message: `${title(pod)} is a second copy of ${what}: ${first}. Leave it out`,
        });
      }
    }
  }
  return { errors: [], warnings };
}

function brings({ instanceTypes, amiFamily }: NodeGroupFacts, resource: string): boolean {
  const device = DEVICES[resource];
  const installed = resource === 'nvidia.com/gpu' ? /^(?:AmazonLinux|Bottlerocket)/i : /./;
  return device !== undefined && installed.test(amiFamily) && instanceTypes.some(device.on);
}

function broughtBy({ amiFamily }: NodeGroupFacts): string {
  return /^bottlerocket/i.test(amiFamily) ? 'the image of Bottlerocket brings it' : 'eksctl installs it';
}
