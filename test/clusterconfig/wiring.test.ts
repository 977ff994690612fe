import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster, ClusterConfig, InstanceType, NodePool, Requirements } from 'cdk8s-eks-patterns';
import { clusterOf } from '../../charts/core/cluster-context';
import {
  appOf,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  stateful,
  synth,
  synthErrors,
  temporaryFolder,
  web,
  worker,
} from '../support/app';
import { refusedBy } from '../support/findings';

const GROUP = { name: 'workers', instanceType: 'm5.large' } as const;

describe('workloads and cluster are held against each other at synthesis', () => {
  test('a selector that no group satisfies is an error that names both sides', () => {
    const tenant = newTenant();
    worker({ placement: { nodeLabels: { disk: 'nvme' } } }, tenant);
    expect(synthErrors(appOf(tenant)).join()).toMatch(/worker.*managedNodeGroups\[0\].*has no label .disk/);
  });

  test('a group with that label, which config adds, satisfies it', () => {
    const config = { managedNodeGroups: [{ name: 'fast', instanceType: 'm5d.large', labels: { disk: 'nvme' } }] };
    const tenant = newTenant({}, newCluster(newApp(), { config }));
    worker({ placement: { nodeLabels: { disk: 'nvme' } } }, tenant);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('a volume on Fargate is an error', () => {
    const config = { fargateProfiles: [{ name: 'all', selectors: [{ namespace: 'shop' }] }] };
    const tenant = newTenant({}, newCluster(newApp(), { config }));
    stateful({}, tenant);
    expect(synthErrors(appOf(tenant)).join()).toMatch(/fargateProfiles\[0\] .all. takes the pods/);
  });

  test('a NodePool for Graviton makes the architecture available', () => {
    const errors = (pool: boolean) => {
      const cluster = newAutoCluster();
      if (pool) {
        new NodePool(cluster, 'graviton', { architectures: ['arm64'], limits: { cpu: '64' } });
      }
      const tenant = newTenant({}, cluster);
      worker({ placement: { architecture: 'arm64' } }, tenant);
      return synthErrors(appOf(tenant)).join();
    };
    expect(errors(false)).toMatch(/no node of cluster 'prod' has the architecture arm64/);
    expect(errors(true)).toBe('');
  });
});

describe('capacity', () => {
  test('of the app on the cluster, for every state', () => {
    const cluster = newCluster(newApp(), { nodeGroups: [{ ...GROUP, minSize: 3, maxSize: 6 }] });
    web({ replicas: 3 }, newTenant({}, cluster));
    const report = cluster.capacity();
    expect(report.verdict('as applied', 'desired')).toMatchObject({ verdict: 'fits', nodeCount: 3 });
    expect(report.verdict('one zone lost', 'maximum')).toMatchObject({ verdict: 'fits', nodeCount: 6 });
    expect(String(report)).toMatch(/^Capacity of cluster 'prod'/);
  });

  test('that is lacking is a warning at synthesis', () => {
    const app = newApp();
    web({ resources: { cpu: '3', memory: '1Gi' } }, newTenant({}, newCluster(app, { nodeGroups: [GROUP] })));
    synth(app);
    expect(app.warnings.join('\n')).toMatch(/a pod of 'shop\/web' .*fits on no node, however empty/);
  });

  test('is told of nodes in subnets that do not say their zones, in two of them', () => {
    const subnets = { private: { one: { id: 'subnet-0000000a' }, two: { id: 'subnet-0000000b' } } };
    const group = { ...GROUP, minSize: 4 };
    const props = { nodeGroups: [group], vpcCidr: '10.0.0.0/16', config: { vpc: { subnets } } } as const;
    const cluster = newCluster(newApp(), props);
    web({ replicas: 3 }, newTenant({}, cluster));
    expect(cluster.capacity().tooLarge).toEqual([]);
    expect(cluster.capacity().verdict('one zone lost', 'desired')).toMatchObject({ verdict: 'fits', zone: 'one zone' });
  });

  test('knows the types and the system pods that it is told', () => {
    const type = InstanceType.custom({ name: 'm99.large', vcpu: 2, memoryMiB: 8192, enis: 3, ipsPerEni: 10 });
    const report = (props: object) =>
      newCluster(newApp(), { nodeGroups: [{ name: 'new', instanceType: 'm99.large' }], ...props } as never).capacity();
    expect(report({}).unknownTypes).toEqual([{ group: 'new', type: 'm99.large' }]);
    expect(report({ instanceTypes: [type] }).unknownTypes).toEqual([]);
    const asked = (props: object) =>
      report({ instanceTypes: [type], ...props }).verdict('as applied', 'desired')!.asked.cpu;
    const agent = { 'my-agent': [{ name: 'my-agent', cpu: 100 }] };
    expect(asked({ systemPods: agent }) - asked({})).toBe(200);
    expect(refusedBy(() => report({ instanceTypes: ['m99.large'] }))).toEqual(['props/type', 'instanceTypes[0]']);
  });
});

describe('a cluster that exists, described by its ClusterConfig', () => {
  const CONFIG = `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: legacy, region: us-west-2, version: "1.35" }
availabilityZones: [us-west-2a, us-west-2b]
vpc: { cidr: 10.20.0.0/16 }
addons:
  - name: vpc-cni
    configurationValues: '{"enableNetworkPolicy":"true"}'
  - name: eks-pod-identity-agent
  - name: aws-ebs-csi-driver
managedNodeGroups:
  - { name: arm, instanceType: m7g.large, minSize: 2, maxSize: 5 }
`;
  const described = (text = CONFIG, props: object = {}) => {
    const app = newApp();
    return Cluster.fromClusterConfig(app, 'legacy', ClusterConfig.parse(text), props);
  };

  test('says what it has, and gets no file', () => {
    const cluster = described();
    const context = clusterOf(cluster)!;
    expect(cluster.clusterConfig).toBeUndefined();
    expect(context).toMatchObject({
      vpcCidr: '10.20.0.0/16',
      maxNodes: 5,
      loadBalancerSubnets: { public: ['10.20.0.0/19', '10.20.32.0/19'] },
      facts: { made: false, compute: 'node-groups', zones: 2, version: '1.35' },
    });
    expect([...context.facts.architectures!]).toEqual(['arm64']);
    expect([...context.facts.features!].sort()).toEqual(['ebs', 'metrics', 'network-policy', 'pod-identity']);
    expect([...context.facts.addons!]).toEqual(expect.arrayContaining(['vpc-cni', 'coredns', 'metrics-server']));
  });

  test('is read from a file', () => {
    const file = path.join(temporaryFolder(), 'cluster.yaml');
    fs.writeFileSync(file, CONFIG);
    expect(clusterOf(Cluster.fromClusterConfig(newApp(), 'legacy', file))!.facts.zones).toBe(2);
  });

  test('lacks what it does not say, unless that is said beside it', () => {
    const errors = (props?: object) => {
      const cluster = described(CONFIG, props);
      Requirements.add(cluster, Requirements.feature('load-balancer', { because: 'the test says so' }));
      return synthErrors(appOf(cluster)).join();
    };
    expect(errors()).toMatch(/cluster 'legacy' lacks the feature 'load-balancer'/);
    expect(errors({ features: ['load-balancer'] })).toBe('');
  });

  test('must fit its workloads as well, and has its capacity', () => {
    const cluster = described();
    worker({ placement: { architecture: 'amd64' } }, newTenant({}, cluster));
    expect(synthErrors(appOf(cluster)).join()).toMatch(/no node of cluster 'legacy' has the architecture amd64/);
    expect(cluster.capacity().groups).toMatchObject([{ name: 'arm', desired: 2, maximum: 5 }]);
  });

  test.each([
    [{ from: 'legacy', to: 'other' }, 'props/invalid', ''],
    [{ from: ', version: "1.35"', to: '' }, 'props/required', 'metadata.version'],
    [{ from: 'cidr: 10.20.0.0/16', to: 'id: vpc-00000001' }, 'props/required', 'vpc.cidr'],
  ])('%j is refused', ({ from, to }, rule, field) => {
    expect(refusedBy(() => described(CONFIG.replace(from, to)))).toEqual([rule, field]);
  });
});
