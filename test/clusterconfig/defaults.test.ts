import type { ClusterProps } from '../../charts/cluster/props';
import { clusterOf } from '../../charts/core/cluster-context';
import { AUTO, BASE, GROUP, made, NODES } from './support';

const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const names = (config: { addons: { name: string }[] }) => config.addons.map((addon) => addon.name);

describe('the ClusterConfig of every cluster', () => {
  const { config } = made(NODES);

  test('says name, region and version, and nothing of a chart', () => {
    expect(config.apiVersion).toBe('eksctl.io/v1alpha5');
    expect(config.kind).toBe('ClusterConfig');
    expect(config.metadata).toEqual({ name: 'prod', region: 'us-west-2', version: '1.35' });
  });

  test.each([
    ['upgradePolicy', { supportType: 'STANDARD' }],
    ['autoModeConfig', { enabled: false }],
    ['kubernetesNetworkConfig', { serviceIPv4CIDR: '10.100.0.0/16' }],
    ['availabilityZones', ['us-west-2a', 'us-west-2b', 'us-west-2c']],
    ['accessConfig', { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true }],
    [
      'vpc',
      {
        cidr: '192.168.0.0/16',
        nat: { gateway: 'HighlyAvailable' },
        clusterEndpoints: { privateAccess: true, publicAccess: true },
      },
    ],
    ['cloudWatch', { clusterLogging: { enableTypes: ['*'], logRetentionInDays: 90 } }],
    ['zonalShiftConfig', { enabled: true }],
    ['addonsConfig', { autoApplyPodIdentityAssociations: true }],
    ['iam', { podIdentityAssociations: [] }],
    ['secretsEncryption', undefined],
  ])('%s', (key, expected) => {
    expect(config[key]).toEqual(expected);
  });

  test('node groups bring the network, DNS, pod identity, node repair and metrics', () => {
    expect(names(config)).toEqual([
      'vpc-cni',
      'kube-proxy',
      'coredns',
      'eks-pod-identity-agent',
      'eks-node-monitoring-agent',
      'metrics-server',
      'aws-ebs-csi-driver',
    ]);
  });

  test('a node group', () => {
    expect(config.managedNodeGroups).toEqual([
      {
        name: 'standard-workers',
        amiFamily: 'AmazonLinux2023',
        instanceType: 'm5.large',
        minSize: 2,
        desiredCapacity: 2,
        maxSize: 2,
        privateNetworking: true,
        volumeSize: 80,
        volumeType: 'gp3',
        volumeEncrypted: true,
        disableIMDSv1: true,
        disablePodIMDS: true,
        nodeRepairConfig: { enabled: true },
        updateConfig: { maxUnavailablePercentage: 33 },
      },
    ]);
  });
});

describe('Auto Mode', () => {
  const { config } = made(AUTO);

  test('names its mode and pools, no node group and nothing that it brings itself', () => {
    expect(config.autoModeConfig).toEqual({ enabled: true, nodePools: ['general-purpose', 'system'] });
    expect(config.managedNodeGroups).toBeUndefined();
    expect(names(config)).toEqual(['metrics-server']);
  });

  test('takes some of its pools', () => {
    const pools = made({ ...BASE, autoMode: { nodePools: ['general-purpose'] } }).config.autoModeConfig.nodePools;
    expect(pools).toEqual(['general-purpose']);
  });
});

describe('props change what is written', () => {
  test('admins replace the hidden one, in the partition of the region', () => {
    expect(made({ ...NODES, admins: [ADMIN] }).config.accessConfig).toEqual({
      authenticationMode: 'API',
      bootstrapClusterCreatorAdminPermissions: false,
      accessEntries: [
        {
          principalARN: ADMIN,
          accessPolicies: [
            {
              policyARN: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
              accessScope: { type: 'cluster' },
            },
          ],
        },
      ],
    });
    const china = made({
      region: 'cn-northwest-1',
      version: '1.35',
      autoMode: true,
      admins: ['arn:aws-cn:iam::111122223333:user/ops'],
    });
    expect(china.config.accessConfig.accessEntries[0].accessPolicies[0].policyARN).toMatch(/^arn:aws-cn:eks::aws:/);
  });

  test('tags, key, ranges and zones', () => {
    const { config } = made({
      ...NODES,
      tags: { team: 'shop' },
      secretsKey: 'arn:aws:kms:us-west-2:111122223333:key/abc',
      vpcCidr: '10.100.0.0/16',
      publicAccessCIDRs: ['203.0.113.0/24'],
      availabilityZones: ['us-west-2d', 'us-west-2a'],
    });
    expect(config.metadata.tags).toEqual({ team: 'shop' });
    expect(config.secretsEncryption).toEqual({ keyARN: 'arn:aws:kms:us-west-2:111122223333:key/abc' });
    expect(config.vpc.cidr).toBe('10.100.0.0/16');
    expect(config.vpc.publicAccessCIDRs).toEqual(['203.0.113.0/24']);
    expect(config.kubernetesNetworkConfig.serviceIPv4CIDR).toBe('172.20.0.0/16');
    expect(config.availabilityZones).toEqual(['us-west-2d', 'us-west-2a']);
  });

  test('add-ons keep version and configuration, whose keys are sorted', () => {
    const { config } = made({
      ...NODES,
      addons: [
        { name: 'aws-efs-csi-driver', version: 'v2.1.0-eksbuild.1', configuration: { b: { d: [1], c: 2 }, a: 'x' } },
        { name: 'vpc-cni', configuration: { env: { ENABLE_PREFIX_DELEGATION: 'true' } } },
      ],
    });
    const addon = (name: string) => config.addons.find((a: { name: string }) => a.name === name);
    expect(addon('aws-efs-csi-driver')).toEqual({
      name: 'aws-efs-csi-driver',
      version: 'v2.1.0-eksbuild.1',
      configurationValues: '{"a":"x","b":{"c":2,"d":[1]}}',
    });
    expect(addon('vpc-cni').configurationValues).toBe('{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}');
  });

  test('customize edits the finished object', () => {
    const edited = made({
      ...NODES,
      customize: {
        clusterConfig: (config) => {
          config.vpc.nat.gateway = 'Single';
          config.cloudWatch.clusterLogging.logRetentionInDays = 30;
        },
      },
    });
    expect(edited.config.vpc.nat).toEqual({ gateway: 'Single' });
    expect(edited.config.cloudWatch.clusterLogging.logRetentionInDays).toBe(30);
    expect(edited.errors).toEqual([]);
  });

  test('nothing given is changed, and what is changed later does not arrive', () => {
    const group = { ...GROUP, labels: { pool: 'a' } };
    const props: ClusterProps = {
      ...BASE,
      nodeGroups: [group],
      tags: { a: '1' },
      customize: {
        clusterConfig: (c) => {
          c.metadata.tags!.a = '2';
        },
      },
    };
    const before = JSON.stringify(props);
    const { cluster, config } = made(props);
    expect(JSON.stringify(props)).toBe(before);
    expect(config.metadata.tags).toEqual({ a: '2' });
    group.labels.pool = 'b';
    expect(cluster.clusterConfig!.toJson().managedNodeGroups![0]!.labels).toEqual({ pool: 'a' });
  });
});

describe('what workloads read', () => {
  const context = (props: ClusterProps) => clusterOf(made(props).cluster)!;

  test('of node groups', () => {
    const { facts, ...rest } = context({
      ...BASE,
      vpcCidr: '10.42.0.0/16',
      availabilityZones: ['us-west-2a', 'us-west-2b'],
      nodeGroups: [
        { ...GROUP, maxSize: 4 },
        { name: 'arm', instanceType: 'm7g.large', maxSize: 3 },
      ],
    });
    expect(facts).toMatchObject({
      name: 'prod',
      made: true,
      region: 'us-west-2',
      version: '1.35',
      compute: 'node-groups',
      zones: 2,
    });
    expect([...facts.architectures!]).toEqual(['amd64', 'arm64']);
    expect([...facts.features!].sort()).toEqual(['metrics', 'pod-identity']);
    expect(facts.addons!.has('vpc-cni')).toBe(true);
    expect(rest).toEqual({
      vpcCidr: '10.42.0.0/16',
      ipFamily: 'IPv4',
      dns: ['10.100.0.10/32'],
      apiServer: ['10.100.0.1/32'],
      maxNodes: 7,
      loadBalancerSubnets: {
        public: ['10.42.0.0/19', '10.42.32.0/19'],
        private: ['10.42.64.0/19', '10.42.96.0/19'],
      },
    });
  });

  test('of Auto Mode', () => {
    const { facts, maxNodes } = context(AUTO);
    expect(facts).toMatchObject({ compute: 'auto', zones: 3 });
    expect([...facts.architectures!]).toEqual(['amd64']);
    expect([...facts.features!].sort()).toEqual(['ebs', 'load-balancer', 'metrics', 'network-policy', 'pod-identity']);
    expect(maxNodes).toBeUndefined();
    expect([...context({ ...BASE, autoMode: { architectures: ['arm64'] } }).facts.architectures!]).toEqual(['arm64']);
  });

  test('zones in which no group has nodes do not count', () => {
    const one = context({ ...BASE, nodeGroups: [{ ...GROUP, availabilityZones: ['us-west-2b'] }] });
    expect(one.facts.zones).toBe(1);
    expect(one.loadBalancerSubnets!.public).toHaveLength(3);
  });

  test('subnets that are said win over the computed ones', () => {
    const said = context({ ...NODES, loadBalancerSubnets: { public: ['10.9.0.0/24'] } });
    expect(said.loadBalancerSubnets).toEqual({ public: ['10.9.0.0/24'], private: [] });
  });
});
