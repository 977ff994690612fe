import { MINIMAL, type RuleCase } from './case';
import { fine, late, managed, refused, selfManaged, version } from './node-group-case';

const NAT_OFF = { vpc: { nat: { gateway: 'Disable' } } };
const PRIVATE = { privateNetworking: true };
const OWN = {
  vpc: {
    nat: { gateway: 'Disable' },
    id: 'vpc-0123456789abcdef0',
    subnets: {
      private: { 'us-west-2a': { id: 'subnet-0123456789abcdef0' }, 'us-west-2b': { id: 'subnet-0123456789abcdef1' } },
    },
  },
};
const SELECTOR = { name: 'system', selectors: [{ namespace: 'kube-system' }] };
const entry = (rest: Readonly<Record<string, unknown>>) => ({
  accessConfig: { accessEntries: [{ principalARN: 'arn:aws:iam::111122223333:role/admin', ...rest }] },
});
const granted = (name: string) =>
  entry({
    accessPolicies: [{ policyARN: `arn:aws:eks::aws:cluster-access-policy/${name}`, accessScope: { type: 'cluster' } }],
  });
const addon = (name: string, rest: Readonly<Record<string, unknown>>) => ({ addons: [{ name, ...rest }] });
const settings = (name: string, values: unknown) => addon(name, { configurationValues: JSON.stringify(values) });
const inRegion = (region: string) => ({ metadata: { ...(MINIMAL.metadata as object), region } });
const SERVICE_ROLE = (partition: string) => ({
  iam: { serviceRoleARN: `arn:${partition}:iam::111122223333:role/eks` },
});

/** What eksctl takes, and what fails once the cluster exists. */
export const LATE_FAILURE_CASES: readonly RuleCase[] = [
  late('X6', 'a VPC of few digits', { vpc: { ...OWN.vpc, id: 'vpc-1' } }),
  late('X6', 'a subnet that is a placeholder', {
    vpc: {
      subnets: {
        private: { a: { id: 'subnet-REPLACE', az: 'us-west-2a' }, b: { id: 'subnet-xxxxxxxx', az: 'us-west-2b' } },
      },
    },
  }),
  late('X6', 'a security group by its name', managed({ securityGroups: { attachIDs: ['my-sg'] } })),
  late('X6', 'the id of another kind', { vpc: { sharedNodeSecurityGroup: 'vpc-0123456789abcdef0' } }),
  late(
    'X6',
    'a reservation',
    managed({
      capacityReservation: { capacityReservationTarget: { capacityReservationID: 'cr-xxxxxxxxxxxx' } },
    }),
  ),
  fine('X6', 'ids of 8 and 17 digits', { vpc: { ...OWN.vpc, sharedNodeSecurityGroup: 'sg-0a1b2c3d' } }),

  late('X7', 'aws in China', { ...inRegion('cn-north-1'), ...SERVICE_ROLE('aws') }),
  late('X7', 'aws-us-gov in Oregon', SERVICE_ROLE('aws-us-gov')),
  fine('X7', 'aws-cn in China', { ...inRegion('cn-north-1'), ...SERVICE_ROLE('aws-cn') }),

  late('X8', 'a version in extended support', version('1.32')),
  fine('X8', 'extended support on purpose', { ...version('1.32'), upgradePolicy: { supportType: 'EXTENDED' } }),
  fine('X8', 'a version in standard support', version('1.34')),

  late('X16', 'a vpc-cni of 2021', addon('vpc-cni', { version: 'v1.7.5-eksbuild.2' })),
  fine('X16', 'a new vpc-cni', addon('vpc-cni', { version: 'v1.20.4-eksbuild.1' })),
  fine('X16', 'the latest vpc-cni', addon('vpc-cni', { version: 'latest' })),
  late('X17', 'a kube-proxy that is newer', addon('kube-proxy', { version: 'v1.36.0-eksbuild.2' })),
  late('X17', 'a kube-proxy of the past', addon('kube-proxy', { version: 'v1.28.8-eksbuild.5' })),
  fine('X17', 'the same minor version', addon('kube-proxy', { version: 'v1.35.0-eksbuild.2' })),

  late('X18', 'a boolean in an environment', settings('vpc-cni', { env: { ENABLE_PREFIX_DELEGATION: true } })),
  late('X18', 'a boolean flag', settings('vpc-cni', { enableNetworkPolicy: true })),
  late('X18', 'an unknown key', settings('vpc-cni', { env: { ENABLE_PREFIX_DELEGATE: 'true' } })),
  late('X18', 'replicas in quotes', settings('coredns', { replicaCount: '3' })),
  late('X18', "a chart's name for replicas", settings('metrics-server', { replicaCount: 3 })),
  late('X18', 'tolerations of the kube-proxy', settings('kube-proxy', { tolerations: [] })),
  late(
    'X18',
    'a level of logs that the agent lacks',
    settings('vpc-cni', { nodeAgent: { networkPolicyAgentLogLevel: 'info' } }),
  ),
  late('X18', 'in YAML', addon('coredns', { configurationValues: 'replicas: 3\n' })),
  fine('X18', 'vpc-cni', settings('vpc-cni', { enableNetworkPolicy: 'true', env: { WARM_IP_TARGET: '2' } })),
  fine('X18', 'coredns', settings('coredns', { autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 4 } })),
  fine(
    'X18',
    'the driver of EBS',
    addon('aws-ebs-csi-driver', {
      configurationValues: 'controller:\n  replicaCount: 2\n  anything: 1\n',
      serviceAccountRoleARN: 'arn:aws:iam::111122223333:role/ebs',
    }),
    ['X13'],
  ),
  fine('X18', 'an add-on of which no settings are known', settings('fluent-bit', { anything: true })),

  late('X26', 'the group system:masters', entry({ kubernetesGroups: ['ops', 'system:masters'] })),
  late('X26', 'a reserved user name', entry({ kubernetesUsername: 'system:admin' })),
  late('X26', 'a session name without a colon', entry({ kubernetesUsername: 'admin-{{SessionName}}' })),
  fine('X26', 'a session name after a colon', entry({ kubernetesUsername: 'admin:{{SessionName}}' })),
  fine('X26', 'a group of your own', entry({ kubernetesGroups: ['ops'] })),
  late('X27', 'a session', entry({ principalARN: 'arn:aws:sts::111122223333:assumed-role/admin/me' })),
  late('X27', 'the account', entry({ principalARN: 'arn:aws:iam::111122223333:root' })),
  late('X27', 'a session in aws-auth', {
    iamIdentityMappings: [{ arn: 'arn:aws:sts::111122223333:assumed-role/admin/me', username: 'me', groups: ['ops'] }],
  }),
  fine('X27', 'a user', entry({ principalARN: 'arn:aws:iam::111122223333:user/me' })),
  late('X28', 'a policy that EKS does not have', granted('AmazonEKSReadOnlyPolicy')),
  fine('X28', 'a policy of EKS', granted('AmazonEKSViewPolicy')),
  fine('X28', 'a policy of AWS Batch', granted('AWSBatchNamespacePolicy')),

  late('X37', 'private nodes without NAT', managed(PRIVATE, NAT_OFF)),
  late('X37', 'self-managed', selfManaged(PRIVATE, NAT_OFF)),
  late('X37', 'Auto Mode', { ...NAT_OFF, autoModeConfig: { enabled: true } }),
  late('X37', 'Fargate', { ...NAT_OFF, fargateProfiles: [{ name: 'apps', selectors: [{ namespace: 'apps' }] }] }),
  late('X37', 'no nodes at first, as a warning', managed({ ...PRIVATE, desiredCapacity: 0 }, NAT_OFF), ['X37', 'X38']),
  fine('X37', 'public nodes', managed({}, NAT_OFF)),
  fine('X37', 'NAT', managed(PRIVATE, { vpc: { nat: { gateway: 'Single' } } })),
  fine('X37', 'subnets of your own', managed(PRIVATE, OWN)),
  fine('X37', 'endpoints', managed(PRIVATE, { ...NAT_OFF, privateCluster: { enabled: true } })),
  fine('X37', 'Auto Mode without pools', { ...NAT_OFF, autoModeConfig: { enabled: true, nodePools: [] } }),

  late('X38', 'the only group is empty', managed({ minSize: 0, desiredCapacity: 0, maxSize: 3 })),
  late(
    'X38',
    'the only group is empty beside Fargate for others',
    managed({ desiredCapacity: 0 }, { fargateProfiles: [{ name: 'apps', selectors: [{ namespace: 'apps' }] }] }),
  ),
  fine(
    'X38',
    'the only group is empty beside Fargate for CoreDNS',
    managed(
      { desiredCapacity: 0 },
      {
        fargateProfiles: [
          { name: 'dns', selectors: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }] },
        ],
      },
    ),
  ),
  late(
    'X58',
    'every namespace on Fargate beside nodes',
    managed(
      {},
      {
        fargateProfiles: [{ name: 'all', selectors: [{ namespace: 'k*' }] }],
      },
    ),
  ),
  fine('X38', 'one of two is empty', {
    managedNodeGroups: [{ name: 'a', minSize: 0, desiredCapacity: 0, maxSize: 3 }, { name: 'b' }],
  }),
  late('X39', 'system alone', { autoModeConfig: { enabled: true, nodePools: ['system'] } }),
  fine('X39', 'both pools', { autoModeConfig: { enabled: true, nodePools: ['system', 'general-purpose'] } }),
  late('X58', 'kube-system on Fargate beside nodes', managed({}, { fargateProfiles: [SELECTOR] })),
  fine('X58', 'kube-system on Fargate alone', { fargateProfiles: [SELECTOR] }),
  fine(
    'X58',
    'some pods of kube-system',
    managed(
      {},
      {
        fargateProfiles: [{ name: 'dns', selectors: [{ namespace: 'kube-system', labels: { app: 'x' } }] }],
      },
    ),
  ),
  refused('A17b', 'an entry without its principal', {
    accessConfig: { accessEntries: [{ kubernetesGroups: ['ops'] }] },
  }),
];
