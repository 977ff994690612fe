import { CLUSTER_NETWORK_POLICIES, DOMAIN_POLICIES } from '../../../eks/compute-modes';
import { groupOf } from '../../../kube/kinds';
import { asList, asObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { type Requirement, Requirements } from '../../core/requirements';
import { domainsRequirement } from '../../network/domains';
import { because, type Derivation } from './derivation';

const { group, kind, clusterKind, field } = DOMAIN_POLICIES;

/** Policies of AWS beside those of Kubernetes: by domain names, and of the whole cluster. */
export const networkPolicies: Derivation = {
  may: (object) => (object.kind === kind || object.kind === clusterKind) && groupOf(object.apiVersion) === group,
  needs: (manifest) => {
    const byNames = manifest.kind === kind || hasNames(manifest);
    const reason = because(manifest, 'is a network policy');
    return [
      Requirements.feature('network-policy', reason),
      ...(byNames ? [domainsRequirement(because(manifest, 'has domain names').because)] : []),
      ...(manifest.kind === clusterKind ? [newPlugin(reason.because)] : []),
    ];
  },
};

function hasNames({ spec }: Manifest): boolean {
  const peers = asList(spec?.egress).flatMap((rule) => asList(asObject(rule).to));
  return peers.some((peer) => asObject(peer)[field] !== undefined);
}

/** In Auto Mode EKS keeps the plugin new. */
function newPlugin(because: string): Requirement {
  const { plugin } = CLUSTER_NETWORK_POLICIES;
  return {
    id: 'cluster-network-policies',
    because,
    check: ({ name, region, compute }) =>
      compute === 'auto'
        ? { status: 'met' }
        : {
            status: 'provided',
            addition: {
              kind: 'step',
              step: {
                title: 'Network policies of the whole cluster',
                text: `Nodes hold them with version ${plugin} of the VPC CNI or later, which the command prints. With an earlier one they are accepted, and do nothing.`,
                commands: [
                  `aws eks describe-addon --cluster-name ${name} --region ${region} --addon-name vpc-cni --query addon.addonVersion --output text`,
                ],
              },
            },
          },
  };
}
