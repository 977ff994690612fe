import { AUTO_MODE_ADDONS, addonOfGroup, isOffered } from '../../eks/addons';
import { AUTO_MODE_GROUPS, CONTROLLERS, controllerOfGroup } from '../../eks/controllers';
import { groupOf } from '../../kube/kinds';
import {
  type ClusterFacts,
  type ClusterFeature,
  type Provision,
  type Requirement,
  Requirements,
  type Verdict,
} from '../core/requirements';
import { prerequisiteOf } from './controllers';

const MET: Verdict = { status: 'met' };

/** The answer of a cluster to a requirement; pure. Core knows what can be asked, this what EKS has in store. */
export function verdictOf(requirement: Requirement, cluster: ClusterFacts): Verdict {
  const { kind, name = '' } = requirement.need ?? {};
  if (kind === 'api') {
    return apiVerdict(requirement, name, cluster);
  }
  const verdict = requirement.check(cluster);
  if (cluster.compute !== 'auto' || verdict.status === 'met') {
    return verdict;
  }
  // what runs in the nodes of Auto Mode is no add-on there, and nobody can say that it is missing
  if (
    !cluster.made &&
    (kind === 'addon' ? AUTO_MODE_ADDONS.has(name) : kind === 'feature' && ['ebs', 'pod-identity'].includes(name))
  ) {
    return MET;
  }
  if (
    verdict.status === 'provide' &&
    verdict.provision.kind === 'addon' &&
    AUTO_MODE_ADDONS.has(verdict.provision.addon.name)
  ) {
    const { name, version, configuration } = verdict.provision.addon;
    return version === undefined && configuration === undefined
      ? MET
      : {
          status: 'unmet',
          problem: `add-on '${name}' is a part of Auto Mode, where it takes neither a version nor a configuration`,
          fix: 'ask for the add-on without them, or run on node groups',
        };
  }
  return verdict;
}

/** Known controllers are named with the command that installs them; others remain the step that core makes of them. */
function apiVerdict(requirement: Requirement, resource: string, cluster: ClusterFacts): Verdict {
  const group = groupOf(resource);
  if (AUTO_MODE_GROUPS.has(group) && cluster.compute === 'auto') {
    return MET;
  }
  const addon = addonOfGroup(group);
  if (addon !== undefined) {
    return Requirements.addon(addon, requirement).check(cluster);
  }
  const controller = controllerOfGroup(group);
  return controller
    ? provide({ kind: 'prerequisite', prerequisite: prerequisiteOf(controller, cluster) })
    : requirement.check(cluster);
}

/** How a cluster that is made gets a feature; nothing where Auto Mode has it. */
export function featureProvisions(feature: ClusterFeature, cluster: ClusterFacts): Provision[] {
  if (feature === 'metrics') {
    return isOffered('metrics-server', cluster.region)
      ? [addonProvision('metrics-server')]
      : [{ kind: 'prerequisite', prerequisite: prerequisiteOf(CONTROLLERS.metricsServer, cluster) }];
  }
  if (cluster.compute === 'auto') {
    return [];
  }
  switch (feature) {
    case 'network-policy':
      // a text: the schema of the add-on takes no boolean
      return [{ kind: 'addon', addon: { name: 'vpc-cni', configuration: { enableNetworkPolicy: 'true' } } }];
    case 'pod-identity':
      return [addonProvision('eks-pod-identity-agent')];
    case 'ebs':
      return [addonProvision('aws-ebs-csi-driver')];
    case 'load-balancer':
      return [{ kind: 'prerequisite', prerequisite: prerequisiteOf(CONTROLLERS.loadBalancer, cluster) }];
  }
}

/** What to look at when nobody knows whether a cluster meets a requirement. */
export function howToTell({ need }: Requirement, cluster: ClusterFacts): string {
  const { kind, name = '' } = need ?? {};
  const place = `--cluster ${cluster.name} --region ${cluster.region}`;
  switch (kind) {
    case 'addon':
      return `look for '${name}' in \`eksctl get addon ${place}\` and say so in 'addons'`;
    case 'feature':
      return `${FEATURE_TEST[name] ?? `find out whether it has '${name}'`} and say so in 'features'`;
    case 'zones':
      return "look at `kubectl get nodes -L topology.kubernetes.io/zone` and say so in 'zones'";
    case 'architecture':
      return "look at `kubectl get nodes -L kubernetes.io/arch` and say so in 'architectures'";
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

function addonProvision(name: string): Provision {
  return { kind: 'addon', addon: { name } };
}

function provide(provision: Provision): Verdict {
  return { status: 'provide', provision };
}
