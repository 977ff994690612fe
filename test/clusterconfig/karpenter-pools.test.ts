import { type Cluster, Ec2NodeClass, type EksApp, NodeClass, NodePool, Placement } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import {
  appOf,
  existingCluster,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  podOf,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const ROLE = 'arn:aws:iam::111122223333:role/nodes';
const withKarpenter = (props: object = {}) =>
  newCluster(newApp(), { karpenter: { version: '1.9.0' }, ...props } as never);
type Loose = Readonly<Record<string, unknown>>;
const pool = (props: Loose = {}, cluster: Cluster = withKarpenter(), id = 'batch') =>
  new NodePool(cluster, id, { limits: { cpu: '64' }, ...props } as ConstructorParameters<typeof NodePool>[2]);
const nodeClass = (props: Loose = {}, cluster: Cluster = withKarpenter(), id = 'large') =>
  new Ec2NodeClass(cluster, id, props as ConstructorParameters<typeof Ec2NodeClass>[2]);
const specOf = (props: Loose, cluster?: Cluster) => nodeClass(props, cluster).ec2NodeClass.manifest().spec;
const requirementsOf = (made: NodePool) => made.nodePool.manifest().spec.template.spec.requirements;
const isIn = (key: string, ...values: string[]) => ({ key, operator: 'In', values });

const EVERY_POOL = {
  architectures: ['amd64', 'arm64'],
  capacityTypes: ['spot', 'on-demand'],
  instanceCategories: ['c', 'm'],
  minGeneration: 6,
  instanceSizes: ['small', 'xlarge'],
  instanceCpus: [4, 8],
  zones: ['us-west-2a', 'us-west-2b'],
  requirements: [{ key: 'karpenter.k8s.aws/instance-local-nvme', operator: 'Gt', values: ['500'] }],
  labels: { team: 'ml' },
  taints: [{ key: 'dedicated', value: 'ml', effect: 'NoSchedule' }],
  startupTaints: [{ key: 'starting', effect: 'NoExecute' }],
  disruption: { policy: 'WhenEmpty', after: '5m', budgets: [{ nodes: '20%', schedule: '0 8 * * *', duration: '8h' }] },
  expireAfter: 'Never',
  weight: 10,
  nodeClass: 'large',
};
const EVERY_CLASS = {
  ami: 'bottlerocket@v1.49.0',
  role: ROLE,
  subnets: [{ tags: { 'karpenter.sh/discovery': 'prod' } }],
  securityGroups: [{ id: 'sg-00000001' }, { name: 'nodes' }],
  storage: { size: '500Gi', iops: 6000, throughput: 250, kmsKey: 'alias/nodes' },
  kubelet: {
    maxPods: 58,
    podsPerCore: 10,
    systemReserved: { cpu: '100m', memory: '200Mi', ephemeralStorage: '1Gi' },
    kubeReserved: { memory: '300Mi' },
  },
  metadataHopLimit: 2,
  userData: '[settings.kernel]\nlockdown = "integrity"\n',
  instanceStorePolicy: 'RAID0',
  publicIp: false,
  detailedMonitoring: true,
  tags: { team: 'ml' },
};

describe('NodePools of a Karpenter of your own', () => {
  test('have its labels and a class of its kind', () => {
    const { spec } = pool(EVERY_POOL).nodePool.manifest();
    expect(spec.template.spec.nodeClassRef).toEqual({
      group: 'karpenter.k8s.aws',
      kind: 'EC2NodeClass',
      name: 'large',
    });
    expect(spec.template.spec.requirements).toEqual([
      isIn('kubernetes.io/arch', 'amd64', 'arm64'),
      isIn('karpenter.sh/capacity-type', 'spot', 'on-demand'),
      isIn('karpenter.k8s.aws/instance-category', 'c', 'm'),
      { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['5'] },
      isIn('karpenter.k8s.aws/instance-size', 'small', 'xlarge'),
      isIn('karpenter.k8s.aws/instance-cpu', '4', '8'),
      isIn('topology.kubernetes.io/zone', 'us-west-2a', 'us-west-2b'),
      EVERY_POOL.requirements[0],
      isIn('kubernetes.io/os', 'linux'),
    ]);
    expect(spec.template.spec.expireAfter).toBe('Never');
    expect(spec.weight).toBe(10);
    expect(spec.disruption).toMatchObject({ consolidationPolicy: 'WhenEmpty', consolidateAfter: '5m' });
  });

  test('may be as old as wanted', () => {
    expect(pool({ expireAfter: '2160h' }).nodePool.manifest().spec.template.spec.expireAfter).toBe('2160h');
    const inAuto = (expireAfter: string) => () => pool({ expireAfter }, newAutoCluster());
    expect(refusedBy(inAuto('2160h'))[1]).toBe('expireAfter');
    expect(refusedBy(inAuto('Never'))[1]).toBe('expireAfter');
  });

  test('stand beside the one of the cluster, and below one with Karpenter or Auto Mode', () => {
    expect(refusedBy(() => pool({}, withKarpenter(), 'default'))).toEqual(['props/forbidden', '']);
    expect(pool({}, existingCluster(newApp(), { karpenter: {} }), 'default').name).toBe('default');
    expect(refusedBy(() => pool({}, newCluster()))).toEqual(['props/forbidden', '']);
    expect(refusedBy(() => nodeClass({}, newCluster()))).toEqual(['props/forbidden', '']);
    expect(refusedBy(() => nodeClass({}, newAutoCluster()))).toEqual(['props/forbidden', '']);
    expect(refusedBy(() => new NodeClass(withKarpenter(), 'a', { role: ROLE }))).toEqual(['props/forbidden', '']);
    expect(refusedBy(() => nodeClass({}, withKarpenter(), 'default'))).toEqual(['props/forbidden', '']);
  });

  test('take a class of their own kind alone', () => {
    const cluster = withKarpenter();
    const own = nodeClass({}, cluster);
    expect(pool({ nodeClass: own }, cluster).nodePool.manifest().spec.template.spec.nodeClassRef.name).toBe('large');
    const foreign = new NodeClass(newAutoCluster(), 'other', { role: ROLE });
    expect(refusedBy(() => pool({ nodeClass: foreign }))).toEqual(['props/forbidden', 'nodeClass']);
    expect(refusedBy(() => pool({ nodeClass: own }, newAutoCluster()))).toEqual(['props/forbidden', 'nodeClass']);
  });
});

describe('an Ec2NodeClass', () => {
  test('has the defaults of the class of the cluster', () => {
    const cluster = withKarpenter();
    expect(specOf({}, cluster)).toEqual(cluster.karpenter!.nodeClass.manifest().spec);
  });

  test('says everything that is given', () => {
    const { spec } = nodeClass(EVERY_CLASS).ec2NodeClass.manifest();
    expect(spec).toEqual({
      role: 'nodes',
      amiSelectorTerms: [{ alias: 'bottlerocket@v1.49.0' }],
      subnetSelectorTerms: EVERY_CLASS.subnets,
      securityGroupSelectorTerms: EVERY_CLASS.securityGroups,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 2 },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvdb',
          ebs: {
            volumeSize: '500Gi',
            volumeType: 'gp3',
            encrypted: true,
            iops: 6000,
            throughput: 250,
            kmsKeyID: 'alias/nodes',
          },
        },
      ],
      kubelet: {
        maxPods: 58,
        podsPerCore: 10,
        systemReserved: { cpu: '100m', memory: '200Mi', 'ephemeral-storage': '1Gi' },
        kubeReserved: { memory: '300Mi' },
      },
      userData: EVERY_CLASS.userData,
      instanceStorePolicy: 'RAID0',
      associatePublicIPAddress: false,
      detailedMonitoring: true,
      tags: { team: 'ml' },
    });
  });

  test('has images of your own by id, name, tags or parameter', () => {
    const terms = [
      { id: 'ami-0123' },
      { name: 'nodes-*', owner: 'self' },
      { tags: { a: 'b' } },
      { ssmParameter: '/a' },
    ];
    const { amiFamily, amiSelectorTerms } = specOf({ ami: { family: 'AL2023', terms } });
    expect([amiFamily, amiSelectorTerms]).toEqual(['AL2023', terms]);
  });

  test('with a role of its own lets nodes join and the controller pass it on', () => {
    const cluster = withKarpenter();
    nodeClass({ role: ROLE }, cluster);
    const { clusterConfig } = synth(cluster.node.root as EksApp);
    expect(clusterConfig!.accessConfig.accessEntries).toContainEqual({ principalARN: ROLE, type: 'EC2_LINUX' });
    expect(JSON.stringify(clusterConfig!.iam.podIdentityAssociations)).toContain('role/nodes"');
    const existing = existingCluster(newApp(), { karpenter: {} });
    nodeClass({ role: ROLE, subnets: [{ id: 'subnet-0123' }] }, existing);
    expect(synth(existing.node.root as EksApp).steps).toContain('--type EC2_LINUX');
  });

  test('of Windows makes Windows nodes', () => {
    const cluster = withKarpenter();
    const windows = nodeClass({ ami: 'windows2022@latest', role: ROLE }, cluster, 'windows');
    const taints = [{ key: 'os', value: 'windows', effect: 'NoSchedule' }];
    const made = pool({ nodeClass: windows, taints }, cluster, 'windows-pool');
    expect(requirementsOf(made)).toContainEqual(isIn('kubernetes.io/os', 'windows'));
    expect(windows.ec2NodeClass.manifest().spec.blockDeviceMappings[0]!.deviceName).toBe('/dev/sda1');
    const pods = web({ placement: Placement.windows(), user: undefined }, newTenant({}, cluster));
    expect(findingsOf(() => appOf(pods)).map(({ rule }) => rule)).toEqual([]);
    expect(synth(appOf(pods)).clusterConfig!.accessConfig.accessEntries).toContainEqual({
      principalARN: ROLE,
      type: 'EC2_WINDOWS',
    });
    expect(refusedBy(() => pool({ nodeClass: windows, architectures: ['arm64'] }, cluster, 'arm'))[1]).toBe(
      'architectures',
    );
  });

  test.each([
    [{ ami: 'al2023' }, 'ami'],
    [{ ami: 'al2@latest' }, 'ami'],
    [{ ami: 'windows2022@v1', role: ROLE }, 'ami'],
    [{ ami: 'windows2022@latest' }, 'role'],
    [{ ami: { family: 'AL2', terms: [{ id: 'ami-0' }] } }, 'ami.family'],
    [{ ami: { family: 'AL2023', terms: [] } }, 'ami.terms'],
    [{ ami: { family: 'AL2023', terms: [{ id: 'ami-0', name: 'a' }] } }, 'ami.terms[0]'],
    [{ ami: { family: 'AL2023', terms: [{ id: 'i-0' }] } }, 'ami.terms[0].id'],
    [{ role: 'nodes' }, 'role'],
    [{ subnets: [] }, 'subnets'],
    [{ storage: { size: '10' } }, 'storage.size'],
    [{ kubelet: { maxPods: 0 } }, 'kubelet.maxPods'],
    [{ kubelet: { maxpods: 10 } }, 'kubelet.maxpods'],
    [{ kubelet: { systemReserved: { cpu: 'x' } } }, 'kubelet.systemReserved.cpu'],
    [{ metadataHopLimit: 65 }, 'metadataHopLimit'],
    [{ instanceStorePolicy: 'RAID1' }, 'instanceStorePolicy'],
    [{ userData: 'x'.repeat(17 * 1024) }, 'userData'],
    [{ userData: 'export DB_PASSWORD=hunter22hunter22' }, 'userData[0]'],
    [{ publicIp: 'no' }, 'publicIp'],
    [{ tags: { 'karpenter.sh/nodepool': 'a' } }, "tags['karpenter.sh/nodepool']"],
    [{ amii: 'al2023@latest' }, 'amii'],
  ])('%#: %p is refused', (props, field) => {
    expect(refusedBy(() => nodeClass(props))[1]).toBe(field);
  });

  test('of a cluster that exists needs its role and subnets', () => {
    const existing = () => existingCluster(newApp(), { karpenter: {} });
    expect(refusedBy(() => nodeClass({}, existing()))[1]).toMatch(/^(?:role|subnets)$/);
    expect(refusedBy(() => nodeClass({ role: ROLE }, existing()))[1]).toBe('subnets');
  });
});

describe('placement', () => {
  const errors = (placement: object, ...pools: Loose[]) => {
    const cluster = withKarpenter();
    pools.forEach((props, i) => void pool(props, cluster, `pool-${i}`));
    return findingsOf(() => appOf(web({ placement }, newTenant({}, cluster)))).map(({ rule }) => rule);
  };

  test.each([
    [Placement.graviton(), { architectures: ['arm64'] }],
    [Placement.spot(), { capacityTypes: ['spot'] }],
    [{ nodeLabels: { team: 'ml' } }, { labels: { team: 'ml' } }],
    [{ nodeLabels: { 'karpenter.sh/nodepool': 'pool-0' } }, {}],
    [{ nodeLabels: { 'karpenter.k8s.aws/instance-family': 'g5' } }, { instanceFamilies: ['g5'] }],
  ])('%#: is judged by the pools', (placement, props) => {
    expect(errors(placement)).toHaveLength(1);
    expect(errors(placement, props)).toEqual([]);
  });

  test('knows their taints', () => {
    const taints = [{ key: 'dedicated', value: 'ml', effect: 'NoSchedule' }];
    const nodeLabels = { team: 'ml' };
    const props = { labels: nodeLabels, taints };
    expect(errors({ nodeLabels }, props)).toEqual(['placement/unschedulable']);
    const tolerations = [{ key: 'dedicated', value: 'ml' }];
    expect(errors({ nodeLabels, tolerations }, props)).toEqual([]);
  });

  test('writes either label of capacity', () => {
    const spec = podOf(web({ placement: Placement.spot() }, newTenant({}, withKarpenter()))).spec;
    expect(spec.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms).toHaveLength(
      2,
    );
  });
});

const when = CRDS_PRESENT ? describe : describe.skip;
when('the definitions of Karpenter', () => {
  const definitions = CRDS_PRESENT ? definitionsIn(CRDS, ['karpenter.yaml']) : new Map();

  test.each([
    ['a NodePool with the least', () => pool().nodePool.toJson()],
    ['a NodePool with everything', () => pool(EVERY_POOL).nodePool.toJson()],
    ['an Ec2NodeClass with the least', () => nodeClass().ec2NodeClass.toJson()],
    ['an Ec2NodeClass with everything', () => nodeClass(EVERY_CLASS).ec2NodeClass.toJson()],
    ['one of Windows', () => nodeClass({ ami: 'windows2025@latest', role: ROLE }).ec2NodeClass.toJson()],
    [
      'one with images of its own',
      () =>
        nodeClass({
          ami: { family: 'Custom', terms: [{ name: 'a', owner: 'self' }] },
          userData: 'a',
        }).ec2NodeClass.toJson(),
    ],
  ])('accept %s', (_what, make) => {
    expect(customResourceErrors(definitions, make())).toEqual([]);
  });
});
