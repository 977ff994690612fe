import { AUTO_MODE_ADDONS, addonOfGroup, isOffered } from '../../eks/addons';
import { AUTO_MODE_GROUPS, CONTROLLERS, type Controller, controllerOfGroup } from '../../eks/controllers';
import { GATEWAY_API } from '../../eks/gateway-api';
import { groupOf } from '../../kube/kinds';
import { isAtLeast } from '../../kube/versions';
import {
  type ClusterAddition,
  type ClusterFacts,
  type ClusterFeature,
  type Requirement,
  type RequirementResult,
  Requirements,
} from '../core/requirements';
import { prerequisiteOf } from './controllers';
import { gatewayDefinitions } from './needs/gateways';

const MET: RequirementResult = { status: 'met' };

/** How a cluster meets a requirement; pure. Requirements check the facts, and this adds what EKS, its add-ons and known controllers provide. */
export function satisfy(requirement: Requirement, cluster: ClusterFacts): RequirementResult {
  const { kind, name = '' } = requirement.need ?? {};
  if (kind === 'api') {
    return satisfyApi(requirement, name, cluster);
  }
  const controller =
    kind === 'controller' ? Object.entries<Controller>(CONTROLLERS).find(([key]) => key === name) : undefined;
  if (controller) {
    return provided({ kind: 'prerequisite', prerequisite: prerequisiteOf(controller[1], cluster) });
  }
  if (kind === 'device-class') {
    return satisfyDeviceClass(requirement, name, cluster);
  }
  const result = requirement.check(cluster);
  if (cluster.compute !== 'auto' || result.status === 'met') {
    return result;
  }
  // these run inside the nodes of Auto Mode, not as add-ons, so that the list of add-ons does not show them
  if (
    !cluster.made &&
    (kind === 'addon' ? AUTO_MODE_ADDONS.has(name) : kind === 'feature' && ['ebs', 'pod-identity'].includes(name))
  ) {
    return MET;
  }
  if (
    result.status === 'provided' &&
    result.addition.kind === 'addon' &&
    AUTO_MODE_ADDONS.has(result.addition.addon.name)
  ) {
    const { name, version, configuration } = result.addition.addon;
    return version === undefined && configuration === undefined
      ? MET
      : {
          status: 'unmet',
          message: `add-on '${name}' is built into Auto Mode, where it has neither a version nor a configuration`,
          fix: 'require the add-on without them, or use node groups',
        };
  }
  return result;
}

/** For known controllers the step has the command that installs them. */
function satisfyApi(requirement: Requirement, resource: string, cluster: ClusterFacts): RequirementResult {
  const group = groupOf(resource);
  const ofKarpenter = cluster.karpenter !== undefined && /^karpenter\.(?:sh|k8s\.aws)$/.test(group);
  if (ofKarpenter || (AUTO_MODE_GROUPS.has(group) && cluster.compute === 'auto')) {
    return MET;
  }
  const addon = addonOfGroup(group);
  if (addon !== undefined && (!cluster.made || isOffered(addon, cluster.region))) {
    const result = Requirements.addon(addon, requirement).check(cluster);
    // the custom resources may come from a chart as well, which the list of add-ons does not show
    return result.status === 'unmet' ? { status: 'unknown' } : result;
  }
  if (group === GATEWAY_API.group) {
    return provided({ kind: 'prerequisite', prerequisite: gatewayDefinitions(cluster) });
  }
  const controller = controllerOfGroup(group);
  return controller
    ? provided({ kind: 'prerequisite', prerequisite: prerequisiteOf(controller, cluster) })
    : requirement.check(cluster);
}

/** Auto Mode has the driver of NVIDIA in its nodes, from this version on. */
const AUTO_MODE_CLAIMS = '1.36';

/** Drivers of devices: those of Auto Mode, those that are known, or a step. */
function satisfyDeviceClass(requirement: Requirement, name: string, cluster: ClusterFacts): RequirementResult {
  const driver = Object.values<Controller>(CONTROLLERS).find(({ deviceClasses }) => deviceClasses?.includes(name));
  if (cluster.compute !== 'auto') {
    return driver
      ? provided({ kind: 'prerequisite', prerequisite: prerequisiteOf(driver, cluster) })
      : requirement.check(cluster);
  }
  const isBuiltIn = driver === CONTROLLERS.nvidiaClaims;
  if (isBuiltIn && isAtLeast(cluster.version, AUTO_MODE_CLAIMS)) {
    return MET;
  }
  return driver === undefined
    ? { status: 'unknown' }
    : {
        status: 'unmet',
        message: isBuiltIn
          ? `cluster '${cluster.name}' runs EKS Auto Mode with Kubernetes ${cluster.version}, whose nodes have no driver for claims of '${name}'`
          : `cluster '${cluster.name}' runs EKS Auto Mode, which does not support the driver of '${name}'`,
        fix: `${isBuiltIn ? `upgrade it to ${AUTO_MODE_CLAIMS} or later, or ` : ''}ask for the devices in resources.devices`,
      };
}

/** How a cluster that is made here gets a feature; empty if it is built in. */
export function featureAdditions(feature: ClusterFeature, cluster: ClusterFacts): ClusterAddition[] {
  if (feature === 'metrics') {
    return isOffered('metrics-server', cluster.region)
      ? [addon('metrics-server')]
      : [{ kind: 'prerequisite', prerequisite: prerequisiteOf(CONTROLLERS.metricsServer, cluster) }];
  }
  if (cluster.compute === 'auto') {
    return [];
  }
  switch (feature) {
    case 'network-policy':
      // a string: the schema of the add-on allows no boolean
      return [{ kind: 'addon', addon: { name: 'vpc-cni', configuration: { enableNetworkPolicy: 'true' } } }];
    case 'pod-identity':
      return [addon('eks-pod-identity-agent')];
    case 'ebs':
      return [addon('aws-ebs-csi-driver')];
    case 'load-balancer':
      return [{ kind: 'prerequisite', prerequisite: prerequisiteOf(CONTROLLERS.loadBalancer, cluster) }];
  }
}

/** How to find out whether an existing cluster meets a requirement. */
export function howToTell({ need }: Requirement, cluster: ClusterFacts): string {
  const { kind, name = '' } = need ?? {};
  const place = `--cluster ${cluster.name} --region ${cluster.region}`;
  switch (kind) {
    case 'addon':
      return `look for '${name}' in \`eksctl get addon ${place}\` and list it in 'addons'`;
    case 'feature':
      return `${FEATURE_TEST[name] ?? `find out whether it has '${name}'`} and list it in 'features'`;
    case 'zones':
      return "look at `kubectl get nodes -L topology.kubernetes.io/zone` and set 'zones'";
    case 'architecture':
      return "look at `kubectl get nodes -L kubernetes.io/arch` and list them in 'architectures'";
    case 'api':
      return `look for '${name.split('/').pop()}' in \`kubectl api-resources\``;
    default:
      return 'find out before the manifests are applied';
  }
}

const FEATURE_TEST: Readonly<Record<string, string>> = {
  ebs: 'look for ebs.csi.aws.com (Auto Mode: built in) in `kubectl get csidrivers`',
  'load-balancer': "look for 'alb' in `kubectl get ingressclasses`",
  metrics: 'try `kubectl top nodes`',
  'network-policy':
    'look for enableNetworkPolicy in the configuration of vpc-cni (Auto Mode: ConfigMap kube-system/amazon-vpc-cni)',
  'pod-identity': 'look for the DaemonSet eks-pod-identity-agent in kube-system (Auto Mode: built in)',
};

function addon(name: string): ClusterAddition {
  return { kind: 'addon', addon: { name } };
}

function provided(addition: ClusterAddition): RequirementResult {
  return { status: 'provided', addition };
}
