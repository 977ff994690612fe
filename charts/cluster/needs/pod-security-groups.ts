import { POD_SECURITY_GROUPS } from '../../../eks/pod-security-groups';
import { groupOf } from '../../../kube/kinds';
import { isAtLeast } from '../../../kube/versions';
import type { ClusterFacts, Requirement, Step } from '../../core/requirements';
import { because, type Derivation } from './derivation';
import { addonDefaults } from './settings';

const { group, kind, switch: SWITCH, mode: MODE, inAutoMode } = POD_SECURITY_GROUPS;

/** Security groups of pods, which the network plugin gives when it is told so. */
export const podSecurityGroups: Derivation = {
  may: (object) => object.kind === kind && groupOf(object.apiVersion) === group,
  needs: (manifest) => {
    const reason = because(manifest, 'gives pods security groups').because;
    return [
      plugin(reason),
      // in the mode 'strict' the policies of the network would not hold for these pods
      addonDefaults('vpc-cni', reason, () => ({ env: { [MODE]: 'standard' } })),
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
        return isAtLeast(cluster.version, inAutoMode)
          ? { status: 'met' }
          : {
              status: 'unmet',
              message: `cluster '${cluster.name}' runs EKS Auto Mode with Kubernetes ${cluster.version}, which has no security groups of single pods`,
              fix: `upgrade it to ${inAutoMode} or later, or give all pods of a NodeClass security groups by podSecurityGroupSelectorTerms`,
            };
      }
      return cluster.made
        ? {
            status: 'provided',
            addition: {
              kind: 'addon',
              addon: { name: 'vpc-cni', configuration: { env: { [SWITCH]: 'true' } } },
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
            'Pods get such groups on instance types with branch network interfaces, which most Nitro types have and types of the t family do not. Those of pods on Fargate must also let them talk to the control plane: the group that the command prints may be one of them. A role of your own for the cluster needs the policy AmazonEKSVPCResourceController.',
          ]
        : []),
      ...(onNodes && !made
        ? [`Switch them on as in the second command, or by env.${SWITCH} in the configuration of the add-on vpc-cni.`]
        : []),
    ].join(' '),
    commands: [
      shared,
      ...(onNodes && !made
        ? [`kubectl set env daemonset/aws-node -n kube-system ${SWITCH}=true ${MODE}=standard`]
        : []),
    ],
  };
}
