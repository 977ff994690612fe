import type { RuleCase } from './case';
import { fine, late, managed, selfManaged } from './node-group-case';

const policy = (...names: string[]) => ({
  iam: { attachPolicyARNs: names.map((name) => `arn:aws:iam::aws:policy/${name}`) },
});
const own = (...arns: string[]) => ({ iam: { attachPolicyARNs: arns } });
const JOIN = 'AmazonEKSWorkerNodePolicy';
const PULL = 'AmazonEC2ContainerRegistryPullOnly';
const CNI = 'AmazonEKS_CNI_Policy';
const CNI_ROLE = { name: 'vpc-cni', useDefaultPodIdentityAssociations: true };
const AGENT = { name: 'eks-pod-identity-agent' };
const PREFIXES = {
  addons: [{ name: 'vpc-cni', configurationValues: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}' }],
};
const IPV6 = {
  kubernetesNetworkConfig: { ipFamily: 'IPv6' },
  iam: { withOIDC: true },
  addons: [{ name: 'vpc-cni' }, { name: 'coredns' }, { name: 'kube-proxy' }],
};

/** A group with network adapters and taints, beside one for CoreDNS. */
const adapters = (taints: readonly object[], efaEnabled = true) => ({
  managedNodeGroups: [{ name: 'workers' }, { name: 'efa', instanceType: 'c5n.18xlarge', efaEnabled, taints }],
});

/** What the machines of a node group need, have room for, and support. */
export const MACHINE_CASES: readonly RuleCase[] = [
  late('X104', 'managed, another policy alone', managed(policy('AmazonS3ReadOnlyAccess'))),
  late('X104', 'self-managed, another policy alone', selfManaged(policy('AmazonS3ReadOnlyAccess'))),
  late('X104', 'managed, without pulling images', managed(policy(JOIN, CNI))),
  late('X104', 'without addresses of pods', managed(policy(JOIN, PULL))),
  late('X104', 'with policies of an account, as a warning', managed(own('arn:aws:iam::111122223333:policy/nodes'))),
  fine('X104', 'managed, all three', managed(policy(JOIN, PULL, CNI))),
  fine(
    'X104',
    'managed, ECR by imageBuilder',
    managed({
      iam: { ...policy(JOIN, CNI).iam, withAddonPolicies: { imageBuilder: true } },
    }),
  ),
  fine('X104', 'self-managed, to which eksctl adds ECR', selfManaged(policy(JOIN, CNI))),
  fine(
    'X104',
    'OIDC, with which eksctl makes a role for the vpc-cni',
    managed(policy(JOIN, PULL), { iam: { withOIDC: true } }),
  ),
  fine('X104', 'pod identity of the vpc-cni', managed(policy(JOIN, PULL), { addons: [CNI_ROLE, AGENT] })),
  fine(
    'X104',
    'an association of aws-node',
    managed(policy(JOIN, PULL), {
      addons: [AGENT],
      iam: {
        podIdentityAssociations: [
          { namespace: 'kube-system', serviceAccountName: 'aws-node', roleARN: 'arn:aws:iam::111122223333:role/cni' },
        ],
      },
    }),
  ),
  fine('X104', 'no list', managed({ iam: { attachPolicyARNs: [] } })),

  late('X105', 'more pods than addresses', managed({ instanceType: 'm5.large', maxPodsPerNode: 30 })),
  late(
    'X105',
    'more than the smallest of several types',
    managed({ instanceTypes: ['m5.large', 't3.medium'], maxPodsPerNode: 29 }),
  ),
  late(
    'X105',
    'self-managed, a mix',
    selfManaged({
      instancesDistribution: { instanceTypes: ['m5.large', 'm5a.large'] },
      maxPodsPerNode: 110,
    }),
  ),
  late('X105', 'prefixes on a type without them', managed({ instanceType: 'm4.large', maxPodsPerNode: 110 }, PREFIXES)),
  fine('X105', 'as many as addresses', managed({ instanceType: 'm5.large', maxPodsPerNode: 29 })),
  fine('X105', 'more, with prefixes', managed({ instanceType: 'm5.large', maxPodsPerNode: 110 }, PREFIXES)),
  fine('X105', 'more, with another network plugin', managed({ maxPodsPerNode: 110, instanceType: 'x99.large' })),

  late('X106', 't3.micro', selfManaged({ instanceType: 't3.micro', minSize: 2, desiredCapacity: 2, maxSize: 4 })),
  late(
    'X106',
    't2.micro with four agents',
    managed(
      { instanceType: 't2.micro' },
      {
        addons: [AGENT, { name: 'eks-node-monitoring-agent' }],
      },
    ),
  ),
  late('X106', 'few by maxPodsPerNode', managed({ instanceType: 'm5.large', maxPodsPerNode: 5 })),
  fine('X106', 't3.small', managed({ instanceType: 't3.small' })),

  late('X107', 'EFA on m5.large', managed({ efaEnabled: true, instanceType: 'm5.large' })),
  late(
    'X107',
    'EFA on one of two types',
    selfManaged({
      efaEnabled: true,
      instancesDistribution: { instanceTypes: ['c5n.18xlarge', 'c5n.large'] },
    }),
  ),
  fine('X107', 'EFA on c5n.18xlarge', managed({ efaEnabled: true, instanceType: 'c5n.18xlarge' })),

  fine('X112', 'EFA with a taint of its plugin', adapters([{ key: 'aws.amazon.com/efa', effect: 'NoSchedule' }])),
  fine('X112', 'EFA with a taint that is a wish', adapters([{ key: 'gpu', effect: 'PreferNoSchedule' }])),
  late('X112', 'EFA with another taint', adapters([{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }])),
  late('X112', 'EFA with a taint that evicts', adapters([{ key: 'aws.amazon.com/efa', effect: 'NoExecute' }])),
  fine('X112', 'another taint without EFA', adapters([{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }], false)),

  late('X108', 'IPv6 on Xen', managed({ instanceType: 'm4.large' }, IPV6)),
  fine('X108', 'IPv6 on Nitro', managed({ instanceType: 'm5.large' }, IPV6)),
  fine('X108', 'IPv4 on Xen', managed({ instanceType: 'm4.large' })),

  late('X109', 'a burstable type', managed({ instanceType: 't3.large', placement: { groupName: 'near' } })),
  late(
    'X109',
    'a flexible type',
    managed({ instanceTypes: ['m5.large', 'm7i-flex.large'], placement: { groupName: 'near' } }),
  ),
  fine('X109', 'm5.large', managed({ instanceType: 'm5.large', placement: { groupName: 'near' } })),

  late('X110', 'a size that the family lacks', managed({ instanceType: 'm5.3xlarge' })),
  fine('X110', 'a family to come', managed({ instanceType: 'm99.3xlarge' })),

  late('X111', 'Amazon Linux on 10', managed({ volumeSize: 10 })),
  late('X111', 'self-managed', selfManaged({ volumeSize: 19 })),
  late(
    'X111',
    'Windows on 40',
    managed({ amiFamily: 'WindowsServer2022CoreContainer', volumeSize: 40 }, { nodeGroups: [{ name: 'linux' }] }),
  ),
  late('X111', 'little for Bottlerocket, as a warning', managed({ amiFamily: 'Bottlerocket', volumeSize: 10 })),
  fine(
    'X111',
    'Amazon Linux 2 on 10',
    managed(
      { amiFamily: 'AmazonLinux2', volumeSize: 10 },
      { metadata: { name: 'x', region: 'eu-west-1', version: '1.31' } },
    ),
    ['X8'],
  ),
  fine('X111', 'Amazon Linux on 20', managed({ volumeSize: 20 })),
  fine(
    'X111',
    'Windows on 50',
    managed({ amiFamily: 'WindowsServer2022CoreContainer', volumeSize: 50 }, { nodeGroups: [{ name: 'linux' }] }),
  ),
  fine('X111', 'Ubuntu on 10', managed({ amiFamily: 'Ubuntu2404', volumeSize: 10 })),
  fine('X111', 'a volume beside the image', selfManaged({ volumeName: '/dev/xvdb', volumeSize: 10 })),
];
