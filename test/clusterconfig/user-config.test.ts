import { Cluster } from '../../charts/cluster/cluster';
import type { ClusterProps } from '../../charts/cluster/props';
import { clusterOf } from '../../charts/core/cluster-context';
import { BASE, feature, made, NODES, needs, refused, synthesize, testApp } from './support';

const configOf = (props: object) => made({ ...NODES, ...props } as ClusterProps).config;

describe('what config says lies over what the props make', () => {
  test('a section without a prop is written as it is', () => {
    expect(
      configOf({ config: { iam: { withOIDC: true }, controlPlaneScalingConfig: { tier: 'tier-xl' } } }),
    ).toMatchObject({
      iam: { withOIDC: true },
      controlPlaneScalingConfig: { tier: 'tier-xl' },
    });
  });

  test('a default is changed where it stands, and its neighbours stay', () => {
    const { cloudWatch } = configOf({ config: { cloudWatch: { clusterLogging: { logRetentionInDays: 30 } } } });
    expect(cloudWatch).toEqual({ clusterLogging: { enableTypes: ['*'], logRetentionInDays: 30 } });
  });

  test('a key that is undefined takes a default out', () => {
    expect(configOf({ config: { zonalShiftConfig: undefined } })).not.toHaveProperty('zonalShiftConfig');
    expect(configOf({})).toHaveProperty('zonalShiftConfig');
  });

  test('a node group of the same name gets the fields, another one is added', () => {
    const { managedNodeGroups } = configOf({
      config: {
        managedNodeGroups: [
          { name: 'standard-workers', maxPodsPerNode: 110 },
          { name: 'batch', instanceType: 'c7i.large' },
        ],
      },
    });
    expect(managedNodeGroups).toMatchObject([
      { name: 'standard-workers', instanceType: 'm5.large', privateNetworking: true, maxPodsPerNode: 110 },
      { name: 'batch', instanceType: 'c7i.large' },
    ]);
  });

  test('is read once by the constructor and once by a synthesis, checks of edits included', () => {
    let reads = 0;
    const config = {
      cloudWatch: {
        get clusterLogging() {
          reads++;
          return { logRetentionInDays: 30 } as const;
        },
      },
    };
    const app = testApp();
    const cluster = new Cluster(app, 'prod', { ...NODES, config });
    const byConstructor = reads;
    expect(synthesize(app, cluster).config.cloudWatch.clusterLogging.logRetentionInDays).toBe(30);
    expect([byConstructor, reads]).toEqual([1, 2]);
  });

  test('nothing that the user passed in is changed', () => {
    const config = {
      managedNodeGroups: [{ name: 'standard-workers', labels: { a: 'b' } }],
      addons: [{ name: 'vpc-cni' }],
    };
    const before = JSON.stringify(config);
    configOf({ config });
    expect(JSON.stringify(config)).toBe(before);
  });
});

describe('what has a prop may stand in config as well', () => {
  test('and is taken from there', () => {
    const { cluster, config, errors } = made({
      ...NODES,
      config: {
        metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
        availabilityZones: ['us-west-2b', 'us-west-2c'],
        vpc: { cidr: '10.9.0.0/16' },
        kubernetesNetworkConfig: { serviceIPv4CIDR: '10.101.0.0/16' },
      },
    });
    expect(errors).toEqual([]);
    expect(config.availabilityZones).toEqual(['us-west-2b', 'us-west-2c']);
    expect(clusterOf(cluster)).toMatchObject({
      vpcCidr: '10.9.0.0/16',
      dns: ['10.101.0.10/32'],
      loadBalancerSubnets: { public: ['10.9.0.0/19', '10.9.32.0/19'] },
    });
  });

  test('Auto Mode that config switches on is Auto Mode', () => {
    const { cluster, config } = made({ ...BASE, config: { autoModeConfig: { enabled: true, nodePools: ['system'] } } });
    expect(clusterOf(cluster)?.facts.compute).toBe('auto');
    expect(config.autoModeConfig).toEqual({ enabled: true, nodePools: ['system'] });
    expect(config).not.toHaveProperty('managedNodeGroups');
  });

  test.each<[object, string, string]>([
    [{ config: { metadata: { name: 'other' } } }, 'props/forbidden', 'config.metadata.name'],
    [{ config: { metadata: { region: 'us-east-1' } } }, 'props/forbidden', 'config.metadata.region'],
    [{ config: { metadata: { version: '1.34' } } }, 'props/forbidden', 'config.metadata.version'],
    [{ vpcCidr: '10.0.0.0/16', config: { vpc: { cidr: '10.1.0.0/16' } } }, 'props/forbidden', 'config.vpc.cidr'],
    [{ config: [] }, 'props/type', 'config'],
  ])('%j is refused: given twice, and different', (change, rule, field) => {
    expect(refused({ ...NODES, ...change } as ClusterProps)).toEqual([rule, field]);
  });
});

describe('what workloads add to as well', () => {
  test('add-ons get what both want', () => {
    const { config, errors } = made(
      {
        ...NODES,
        config: {
          addons: [
            {
              name: 'vpc-cni',
              configurationValues: 'env:\n  ENABLE_PREFIX_DELEGATION: "true"\n',
              tags: { team: 'net' },
            },
          ],
        },
      },
      feature('network-policy'),
    );
    expect(errors).toEqual([]);
    const cni = config.addons.filter(({ name }: { name: string }) => name === 'vpc-cni');
    expect(cni).toEqual([
      {
        name: 'vpc-cni',
        tags: { team: 'net' },
        configurationValues: '{"enableNetworkPolicy":"true","env":{"ENABLE_PREFIX_DELEGATION":"true"}}',
      },
    ]);
  });

  test('a value that a workload needs otherwise is an error that names both', () => {
    const { errors } = made(
      { ...NODES, config: { addons: [{ name: 'vpc-cni', configurationValues: '{"enableNetworkPolicy":"false"}' }] } },
      feature('network-policy'),
    );
    expect(errors.map(String).join()).toMatch(/'prod' and 'shop' require different values of 'enableNetworkPolicy'/);
  });

  test('two roles for one service account are an error that names both', () => {
    const { errors } = made(
      {
        ...NODES,
        config: {
          iam: {
            podIdentityAssociations: [
              { namespace: 'shop', serviceAccountName: 'web', roleARN: 'arn:aws:iam::111122223333:role/old' },
            ],
          },
        },
      },
      needs('aws', {
        kind: 'pod-identity',
        association: {
          namespace: 'shop',
          serviceAccountName: 'web',
          permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'],
        },
      }),
    );
    expect(errors.map(String).join()).toMatch(/different values of pod identity association 'shop\/web'/);
  });

  test('an access entry of config is one of the entries', () => {
    const principalARN = 'arn:aws:iam::111122223333:role/readers';
    const { config } = made({
      ...NODES,
      config: { accessConfig: { accessEntries: [{ principalARN, kubernetesGroups: ['view'] }] } },
    });
    expect(config.accessConfig).toMatchObject({
      authenticationMode: 'API',
      accessEntries: [{ principalARN, kubernetesGroups: ['view'] }],
    });
  });
});

describe('what the manifests know of a cluster that config shapes', () => {
  test('groups of config count, with their architecture, zones and size', () => {
    const { cluster } = made({
      ...BASE,
      config: {
        managedNodeGroups: [
          { name: 'arm', instanceType: 'm7g.large', maxSize: 4, minSize: 1, availabilityZones: ['us-west-2a'] },
        ],
        nodeGroups: [{ name: 'own', instanceType: 'm5.large', desiredCapacity: 3, availabilityZones: ['us-west-2b'] }],
      },
    });
    const context = clusterOf(cluster);
    expect([...context!.facts.architectures!]).toEqual(['arm64', 'amd64']);
    expect(context).toMatchObject({ maxNodes: 7, facts: { zones: 2 } });
  });

  test('Fargate profiles are enough to run on', () => {
    const { cluster, errors } = made({
      ...BASE,
      config: {
        fargateProfiles: [{ name: 'all', selectors: [{ namespace: 'default' }, { namespace: 'kube-system' }] }],
      },
    });
    expect(errors).toEqual([]);
    expect(clusterOf(cluster)).toMatchObject({ maxNodes: 0, facts: { zones: 3 } });
  });

  test('remote nodes are more than anybody knows', () => {
    const remote = { iam: { provider: 'ssm' }, remoteNodeNetworks: [{ cidrs: ['10.80.0.0/16'] }] } as const;
    const { cluster } = made({ ...NODES, config: { remoteNetworkConfig: remote } });
    expect(clusterOf(cluster)?.maxNodes).toBeUndefined();
    expect(clusterOf(cluster)?.facts.architectures).toBeUndefined();
  });

  test('nothing to run on is refused', () => {
    expect(refused({ ...BASE, config: { iam: { withOIDC: true } } })).toEqual(['props/required', 'nodeGroups']);
  });

  test('IPv6 has neither an IPv4 range of Services nor NAT, and its addresses are known to AWS only', () => {
    const { cluster, config, errors } = made({ ...NODES, config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' } } });
    expect(errors).toEqual([]);
    expect(config.kubernetesNetworkConfig).toEqual({ ipFamily: 'IPv6' });
    expect(config.vpc).not.toHaveProperty('nat');
    expect(clusterOf(cluster)).toMatchObject({
      ipFamily: 'IPv6',
      dns: ['fc00::/7'],
      apiServer: ['fc00::/7'],
      vpcCidr: undefined,
      loadBalancerSubnets: undefined,
    });
  });

  test('a private cluster has no public subnets, and leaves endpoints and NAT to eksctl', () => {
    const { cluster, config, errors } = made({ ...NODES, config: { privateCluster: { enabled: true } } });
    expect(errors).toEqual([]);
    expect(config.vpc).toEqual({ cidr: '192.168.0.0/16' });
    expect(clusterOf(cluster)?.loadBalancerSubnets).toEqual({
      public: [],
      private: ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'],
    });
  });

  test('an own VPC brings its zones and its ways out, and its range must be said', () => {
    const subnets = {
      private: { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2b': { id: 'subnet-0000000b' } },
      public: { 'us-west-2a': { id: 'subnet-0000001a' }, 'us-west-2b': { id: 'subnet-0000001b' } },
    };
    const { cluster, config, errors } = made({ ...NODES, vpcCidr: '10.5.0.0/16', config: { vpc: { subnets } } });
    expect(errors).toEqual([]);
    expect(config).not.toHaveProperty('availabilityZones');
    expect(config.vpc).not.toHaveProperty('nat');
    expect(clusterOf(cluster)).toMatchObject({ loadBalancerSubnets: undefined, facts: { zones: 2 } });
    const named = { private: { one: { id: 'subnet-0000000a' }, two: { id: 'subnet-0000000b' } } };
    const unknown = made({ ...NODES, vpcCidr: '10.5.0.0/16', config: { vpc: { subnets: named } } });
    expect(unknown.errors).toEqual([]);
    expect(clusterOf(unknown.cluster)?.facts.zones).toBeUndefined();
    expect(refused({ ...NODES, config: { vpc: { subnets } } })).toEqual(['props/required', 'vpcCidr']);
  });
});
