import { asObject, isObject } from '../../../kube/loose';
import { aws, eksctl, ofCluster } from './commands';
import type { Context, Draft, Section } from './draft';
import { at } from './members';

const MINUTES = [3, 15] as const;

/** Where the control plane is reached, and where it stands in its VPC. */
export const network: Section = (context, draft) => {
  endpoints(context, draft);
  controlPlane(context, draft);
  subnets(context, draft);
  securityGroup(context, draft);
  remoteNetworks(context, draft);
};

function endpoints({ changes, old, new: next, target }: Context, draft: Draft): void {
  const access = changes.under('vpc.clusterEndpoints');
  if (access.length > 0) {
    const { privateAccess, publicAccess } = asObject(at(next, 'vpc.clusterEndpoints'));
    const closed = publicAccess === false;
    const opened = !closed && at(old, 'vpc.clusterEndpoints.publicAccess') === false;
    draft.step('settings', {
      id: 'network/endpoints',
      command: eksctl(
        'utils',
        'update-cluster-vpc-config',
        ...ofCluster(target),
        `--private-access=${privateAccess === true}`,
        `--public-access=${publicAccess !== false}`,
        '--approve',
      ),
      text: `Make the Kubernetes API reachable from ${closed ? 'the VPC only' : privateAccess === true ? 'the internet and within the VPC' : 'the internet only'}`,
      fields: access,
      minutes: MINUTES,
      ...(closed
        ? {
            disturbs:
              'kubectl, eksctl and pipelines outside the VPC lose the API, and so do nodes that reach it by its public address',
          }
        : {}),
      risk: closed || opened ? 'danger' : 'notice',
    });
  }
  const ranges = changes.under('vpc.publicAccessCIDRs');
  if (ranges.length > 0) {
    const cidrs = textList(at(next, 'vpc.publicAccessCIDRs'));
    const everyone = cidrs.length === 0 || cidrs.includes('0.0.0.0/0');
    draft.step('settings', {
      id: 'network/public-access-cidrs',
      command: eksctl(
        'utils',
        'update-cluster-vpc-config',
        ...ofCluster(target),
        '--public-access-cidrs',
        cidrs.join(',') || '0.0.0.0/0',
        '--approve',
      ),
      text: `Let ${cidrs.join(', ') || 'every address'} reach the public address of the Kubernetes API`,
      fields: ranges,
      minutes: MINUTES,
      ...(everyone
        ? {}
        : { disturbs: 'clients with other addresses lose the API, and so do nodes that reach it from there' }),
      risk: 'danger',
    });
  }
}

function controlPlane({ changes, new: next, target }: Context, draft: Draft): void {
  const lists = [
    [
      'controlPlaneSubnetIDs',
      '--control-plane-subnet-ids',
      'the subnets of the control plane',
      '; EKS asks for two zones',
    ],
    [
      'controlPlaneSecurityGroupIDs',
      '--control-plane-security-group-ids',
      'the security groups of the control plane',
      '; their rules must admit the nodes',
    ],
  ] as const;
  for (const [key, option, what, limit] of lists) {
    const fields = changes.under(`vpc.${key}`);
    const ids = textList(at(next, `vpc.${key}`));
    if (fields.length > 0 && ids.length === 0) {
      draft.ignored(fields, `${what} stay where nothing is written`);
    } else if (fields.length > 0) {
      draft.step('settings', {
        id: `network/${key}`,
        command: eksctl('utils', 'update-cluster-vpc-config', ...ofCluster(target), option, ids.join(','), '--approve'),
        text: `Change ${what}${limit}`,
        fields,
        minutes: MINUTES,
        disturbs: 'connections between nodes and the control plane are made anew',
        risk: 'danger',
      });
    }
  }
  const egress = changes.under('vpc.controlPlaneEgressMode');
  if (egress.length > 0) {
    draft.step('settings', {
      id: 'network/egress',
      command: eksctl(
        'utils',
        'update-cluster-vpc-config',
        ...ofCluster(target),
        '--control-plane-egress-mode',
        String(at(next, 'vpc.controlPlaneEgressMode') ?? 'AWS_MANAGED'),
        '--approve',
      ),
      text: 'Change how the control plane reaches webhooks and identity providers',
      fields: egress,
      minutes: MINUTES,
      disturbs: 'with CUSTOMER_ROUTED and without routes, webhooks are not reached',
      risk: 'danger',
    });
  }
}

function subnets({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('vpc.subnets');
  if (fields.length === 0) {
    return;
  }
  const each = ['private', 'public'].flatMap((kind) => Object.values(asObject(at(next, `vpc.subnets.${kind}`))));
  const ids = each.flatMap((subnet) => (isObject(subnet) && typeof subnet.id === 'string' ? [subnet.id] : []));
  if (ids.length === 0 || ids.length < each.length) {
    draft.ignored(fields, 'eksctl makes subnets with the cluster only');
  } else if (
    changes.under('vpc.controlPlaneSubnetIDs').length > 0 ||
    at(next, 'vpc.controlPlaneSubnetIDs') !== undefined
  ) {
    draft.ignored(fields, 'the control plane uses controlPlaneSubnetIDs; node groups that exist keep their subnets');
  } else {
    draft.step('settings', {
      id: 'network/subnets',
      command: eksctl(
        'utils',
        'update-cluster-vpc-config',
        ...ofCluster(target),
        '--control-plane-subnet-ids',
        ids.join(','),
        '--approve',
      ),
      text: 'Move the control plane to these subnets; node groups that exist keep theirs',
      fields,
      minutes: MINUTES,
      disturbs: 'connections between nodes and the control plane are made anew',
      risk: 'danger',
    });
  }
}

function securityGroup({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('vpc.securityGroup');
  const id = at(next, 'vpc.securityGroup');
  if (fields.length > 0 && typeof id !== 'string') {
    draft.newCluster(fields, 'eksctl makes the security group of the control plane with the cluster only');
  } else if (fields.length > 0) {
    draft.step('settings', {
      id: 'network/security-group',
      command: eksctl(
        'utils',
        'update-cluster-vpc-config',
        ...ofCluster(target),
        '--control-plane-security-group-ids',
        String(id),
        '--approve',
      ),
      text: 'Change the security group of the control plane; its rules must admit the nodes',
      fields,
      minutes: MINUTES,
      disturbs: 'connections between nodes and the control plane are made anew',
      risk: 'danger',
    });
  }
}

/** By the API: eksctl changes them in `upgrade cluster` only, which upgrades a cluster whose file has no version. */
function remoteNetworks({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = ['remoteNodeNetworks', 'remotePodNetworks'].flatMap((key) =>
    changes.under(`remoteNetworkConfig.${key}`),
  );
  if (fields.length === 0) {
    return;
  }
  const { remoteNodeNetworks, remotePodNetworks } = asObject(at(next, 'remoteNetworkConfig'));
  draft.step('settings', {
    id: 'network/remote-networks',
    command: aws(target, 'eks', 'update-cluster-config', {
      name: target.cluster,
      'remote-network-config': {
        remoteNodeNetworks: remoteNodeNetworks ?? [],
        remotePodNetworks: remotePodNetworks ?? [],
      },
    }),
    text: 'Change the networks of hybrid nodes and their pods',
    fields,
    minutes: MINUTES,
    disturbs: 'hybrid nodes outside these networks lose the control plane',
    risk: 'danger',
  });
}

/** The texts of a list. */
export const textList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
