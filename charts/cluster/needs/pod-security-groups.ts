import { isAtLeast } from '../../../kube/versions';
import type { ClusterFacts, Requirement, Step } from '../../core/requirements';
import { because, type Derivation } from './derivation';
import { addonDefaults } from './settings';

/** Auto Mode has them from this version on: https://docs.aws.amazon.com/eks/latest/userguide/auto-sgp.html */
const IN_AUTO_MODE = '1.36';

/**
 * Security groups of pods, which the network plugin gives when it is told so.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html
 */
export const podSecurityGroups: Derivation = {
  may: ({ apiVersion, kind }) => kind === 'SecurityGroupPolicy' && apiVersion.startsWith('vpcresources.k8s.aws/'),
  needs: (manifest) => {
    const reason = because(manifest, 'gives pods security groups').because;
    return [
      plugin(reason),
      // in the mode 'strict' the policies of the network would not hold for these pods
      addonDefaults('vpc-cni', reason, () => ({ env: { POD_SECURITY_GROUP_ENFORCING_MODE: 'standard' } })),
      step(reason),
    ];
  },
};

function plugin(because: string): Requirement {
  return {
    id: 'pod-security-groups',
    because,
    check: (cluster) => {
      if (cluster.compute === 'auto') {
        return isAtLeast(cluster.version, IN_AUTO_MODE)
          ? { status: 'met' }
          : {
              status: 'unmet',
              message: `cluster '${cluster.name}' runs EKS Auto Mode with Kubernetes ${cluster.version}, which has no security groups of single pods`,
              fix: `upgrade it to ${IN_AUTO_MODE} or later, or give all pods of a NodeClass security groups by podSecurityGroupSelectorTerms`,
            };
      }
      return cluster.made
        ? {
            status: 'provided',
            addition: {
              kind: 'addon',
              addon: { name: 'vpc-cni', configuration: { env: { ENABLE_POD_ENI: 'true' } } },
            },
          }
        : { status: 'met' };
    },
  };
}

function step(because: string): Requirement {
  return {
    id: 'pod-security-groups/step',
    because,
    check: (cluster) => ({ status: 'provided', addition: { kind: 'step', step: stepOf(cluster) } }),
  };
}

function stepOf({ name, region, made, compute }: ClusterFacts): Step {
  const shared = `aws eks describe-cluster --name ${name} --region ${region} --query cluster.resourcesVpcConfig.clusterSecurityGroupId --output text`;
  const onNodes = compute === 'node-groups';
  return {
    title: 'Security groups of pods',
    text: [
      'The groups that the SecurityGroupPolicies name must let in the probes from the nodes, and out to CoreDNS on port 53 (UDP and TCP), whose own group must let these in. Nodes and CoreDNS have the group that the command prints.',
      ...(onNodes
        ? [
            'Pods get such groups on instance types with branch network interfaces, which most Nitro types have and types of the t family do not. A role of your own for the cluster needs the policy AmazonEKSVPCResourceController.',
          ]
        : []),
      ...(onNodes && !made
        ? [
            'Switch them on as in the second command, or by `env.ENABLE_POD_ENI` in the configuration of the add-on vpc-cni.',
          ]
        : []),
    ].join(' '),
    commands: [
      shared,
      ...(onNodes && !made
        ? [
            'kubectl set env daemonset/aws-node -n kube-system ENABLE_POD_ENI=true POD_SECURITY_GROUP_ENFORCING_MODE=standard',
          ]
        : []),
    ],
  };
}
