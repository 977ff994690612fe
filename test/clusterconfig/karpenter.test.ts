import { Cluster, ClusterConfig, type EksApp, type Karpenter, Placement } from 'cdk8s-eks-patterns';
import { parse } from 'yaml';
import {
  existingCluster,
  NODE_GROUP,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  podOf,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const KARPENTER = 'karpenter.sh/capacity-type';
const withKarpenter = (more: Partial<Karpenter> = {}, props = {}) =>
  newCluster(newApp(), { karpenter: { version: '1.9.0', ...more }, ...props } as never);
const foundIn = (cluster: Cluster, props: Readonly<Record<string, unknown>>) => {
  web(props, newTenant({}, cluster));
  return findingsOf(() => cluster.node.root as EksApp);
};
const errors = (cluster: Cluster, props: Readonly<Record<string, unknown>>) =>
  foundIn(cluster, props)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);

describe('a cluster with Karpenter', () => {
  const cluster = withKarpenter({ architectures: ['amd64', 'arm64'], capacityTypes: ['spot', 'on-demand'] });
  web({}, newTenant({}, cluster));
  const { files, manifests } = synth(cluster.node.root as EksApp);

  test('has a pool and a class of nodes', () => {
    const { spec } = cluster.karpenter!.nodePool.toJson();
    expect(spec.template.spec.requirements).toEqual(
      expect.arrayContaining([
        { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64', 'arm64'] },
        { key: KARPENTER, operator: 'In', values: ['spot', 'on-demand'] },
      ]),
    );
    expect(spec.limits).toEqual({ cpu: '1000' });
    expect(spec.template.spec.nodeClassRef).toMatchObject({ kind: 'EC2NodeClass', name: 'default' });
    expect(manifests.find(({ kind }) => kind === 'EC2NodeClass')).toMatchObject({
      metadata: { name: 'default' },
      spec: { role: 'KarpenterNodeRole-prod', metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } },
    });
  });

  test('gives the controller its permissions, and says how it is installed', () => {
    const { iam } = parse(files['cluster/prod.yaml']!);
    const association = iam.podIdentityAssociations.find(
      (one: { serviceAccountName: string }) => one.serviceAccountName === 'karpenter',
    );
    expect(association.namespace).toBe('kube-system');
    const text = JSON.stringify(association.permissionPolicy);
    expect(text).toContain('KarpenterNodeRole-prod');
    expect(text).not.toContain('"iam:*"');
    expect(files['cluster/prod.md']).toMatch(/helm upgrade --install karpenter .*\\\n {2}--version 1\.9\.0/);
    expect(files['cluster/prod.md']).toContain('KarpenterNodeRole-prod');
  });

  test('asks for no step of its custom resources', () => {
    expect(files['cluster/prod.md']).not.toContain('Custom resource karpenter');
  });
});

describe('placement on a cluster with Karpenter', () => {
  test('takes its labels and those of the groups', () => {
    const both = withKarpenter({ capacityTypes: ['spot'] });
    const { spec } = podOf(web({ placement: Placement.spot() }, newTenant({}, both)));
    expect(spec.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms).toHaveLength(
      2,
    );
    expect(errors(withKarpenter({ capacityTypes: ['spot'] }), { placement: Placement.spot() })).toEqual([]);
    const nodeLabels = { [KARPENTER]: 'spot' };
    expect(errors(withKarpenter({ capacityTypes: ['spot'] }), { placement: { nodeLabels } })).toEqual([]);
  });

  test('is refused where neither makes such nodes', () => {
    expect(errors(withKarpenter(), { placement: Placement.spot() })).toEqual(['placement/unschedulable']);
    expect(errors(withKarpenter(), { placement: Placement.graviton() })).toHaveLength(1);
    expect(errors(withKarpenter({ architectures: ['arm64'] }), { placement: Placement.graviton() })).toEqual([]);
  });

  test('has room: nodes are made by need', () => {
    const capacity = (made: Cluster) =>
      foundIn(made, { replicas: 60 })
        .map(({ rule }) => rule)
        .filter((rule) => rule.startsWith('capacity/'));
    const app = newApp();
    const small = newCluster(app);
    web({ replicas: 60 }, newTenant({}, small));
    synth(app);
    expect(app.warnings.join()).toContain('capacity/room');
    const other = newApp();
    web({ replicas: 60 }, newTenant({}, newCluster(other, { karpenter: { version: '1.9.0' } } as never)));
    synth(other);
    expect(other.warnings.join()).not.toContain('capacity/');
    expect(capacity(withKarpenter())).toEqual([]);
  });
});

describe('a cluster that exists, with Karpenter', () => {
  const config = ClusterConfig.parse(`
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2, version: '1.35' }
managedNodeGroups: [{ name: workers, instanceType: m5.large, desiredCapacity: 3 }]
addons: [{ name: eks-pod-identity-agent }, { name: vpc-cni, configurationValues: '{"enableNetworkPolicy":"true"}' }, { name: aws-ebs-csi-driver }]
`);
  const described = (karpenter?: object) =>
    Cluster.fromClusterConfig(newApp(), 'prod', config, {
      features: ['network-policy', 'ebs'],
      ...(karpenter && { karpenter }),
    });

  test('has nodes of pools that are made elsewhere', () => {
    const placement = { nodeLabels: { [KARPENTER]: 'spot', team: 'a' } };
    expect(errors(described(), { placement })).toEqual(['placement/unschedulable']);
    expect(errors(described({ capacityTypes: ['spot'] }), { placement })).toEqual([]);
    expect(errors(described({ capacityTypes: ['on-demand'] }), { placement })).toEqual(['placement/unschedulable']);
    expect(errors(described({ architectures: ['arm64'] }), { placement: Placement.graviton() })).toEqual([]);
  });

  test('writes no pool', () => {
    const cluster = existingCluster(newApp(), { karpenter: { capacityTypes: ['spot'] } });
    expect(cluster.karpenter).toBeUndefined();
    web({}, newTenant({}, cluster));
    expect(synth(cluster.node.root as EksApp).manifests.map(({ kind }) => kind)).not.toContain('NodePool');
  });
});

test.each([
  [{ version: 'latest' }, 'props/invalid', 'karpenter.version'],
  [{ version: '0.37.0' }, 'props/unsupported', 'karpenter.version'],
  [{}, 'props/required', 'karpenter.version'],
  [{ version: '1.9.0', architectures: [] }, 'props/invalid', 'karpenter.architectures'],
  [{ version: '1.9.0', architectures: ['x86'] }, 'props/unsupported', 'karpenter.architectures[0]'],
  [{ version: '1.9.0', capacityTypes: 'spot' }, 'props/type', 'karpenter.capacityTypes'],
  [{ version: '1.9.0', limits: {} }, 'props/invalid', 'karpenter.limits'],
  [{ version: '1.9.0', limits: { cpu: 'all' } }, 'props/invalid', 'karpenter.limits.cpu'],
  [{ version: '1.9.0', nodes: 3 }, 'props/unknown', 'karpenter.nodes'],
])('%j is refused', (karpenter, rule, field) => {
  expect(refusedBy(() => newCluster(newApp(), { karpenter } as never))).toEqual([rule, field]);
});

test('Auto Mode has its own', () => {
  expect(refusedBy(() => newAutoCluster(newApp(), { karpenter: { version: '1.9.0' } } as never))).toEqual([
    'props/forbidden',
    'karpenter',
  ]);
});

test('in an existing VPC the pool uses its private subnets', () => {
  const subnets = { private: { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2b': { id: 'subnet-0000000b' } } };
  const props = { vpcCidr: '10.0.0.0/16', config: { vpc: { subnets } }, nodeGroups: [NODE_GROUP] };
  const cluster = withKarpenter({}, props);
  expect(cluster.karpenter!.nodeClass.toJson().spec.subnetSelectorTerms).toEqual([
    { id: 'subnet-0000000a' },
    { id: 'subnet-0000000b' },
  ]);
});
