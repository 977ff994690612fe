import { affinity, appOf, autoMode, config, deployment, found, judge, NOTHING, nodePool, withDevice } from './support';

const selecting = (key: string, value: string) => deployment({ nodeSelector: { [key]: value } });
const isIn = (key: string, ...values: string[]) => ({ key, operator: 'In', values });
/** Whatever a pod asks for, it has to be another pool that takes it. */
const ONLY_TAINTED = autoMode({ autoModeConfig: { enabled: true, nodePools: ['system'] } });
const GPU_POOL = nodePool('gpu', [isIn('eks.amazonaws.com/instance-category', 'g')]);
const ARM_POOL = nodePool('arm', [isIn('kubernetes.io/arch', 'arm64')]);

describe('the built-in pools', () => {
  test('take pods that ask for nothing, and pods that ask for what they make', () => {
    expect(found(autoMode(), deployment())).toEqual(NOTHING);
  });

  test.each([
    ['eks.amazonaws.com/compute-type', 'auto', 'fargate'],
    ['karpenter.sh/capacity-type', 'on-demand', 'spot'],
    ['karpenter.sh/nodepool', 'general-purpose', 'batch'],
    ['eks.amazonaws.com/nodeclass', 'default', 'private'],
    ['eks.amazonaws.com/instance-category', 'm', 'g'],
    ['eks.amazonaws.com/instance-generation', '7', '4'],
    ['eks.amazonaws.com/instance-family', 'm7i', 'g5'],
    ['eks.amazonaws.com/instance-family', 'c5', 'c4'],
    ['node.kubernetes.io/instance-type', 'm5.large', 'g5.xlarge'],
    ['node.kubernetes.io/instance-type', 'r6a.large', 'r6g.large'],
    ['kubernetes.io/arch', 'amd64', 'arm64'],
    ['kubernetes.io/os', 'linux', 'windows'],
    ['topology.kubernetes.io/zone', 'us-west-2a', 'us-west-2d'],
  ])('by %s: %s fits, %s contradicts', (key, has, lacks) => {
    expect(found(autoMode(), selecting(key, has))).toEqual(NOTHING);
    expect(found(autoMode(), selecting(key, lacks)).errors).toEqual([
      expect.stringContaining("autoModeConfig.nodePools 'general-purpose' has"),
    ]);
  });

  test.each([
    ['eks.amazonaws.com/instance-memory', '16384'],
    ['eks.amazonaws.com/instance-something-new', 'yes'],
    ['topology.k8s.aws/zone-id', 'usw2-az1'],
  ])('of %s nobody knows, so it fits', (key, value) => {
    expect(found(autoMode(), selecting(key, value))).toEqual(NOTHING);
  });

  test('a family and an instance type of another one exclude each other', () => {
    const both = (family: string) =>
      deployment({
        nodeSelector: { 'eks.amazonaws.com/instance-family': family, 'node.kubernetes.io/instance-type': 'm5.large' },
      });
    expect(found(autoMode(), both('m5'))).toEqual(NOTHING);
    expect(found(autoMode(), both('m6i')).errors).toEqual([expect.stringContaining('which its other labels exclude')]);
  });

  test('the tainted one takes who tolerates it, also on Graviton', () => {
    const critical = { tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }] };
    const arm = { nodeSelector: { 'kubernetes.io/arch': 'arm64' } };
    expect(found(autoMode(), deployment({ ...critical, ...arm }))).toEqual(NOTHING);
    const [error] = found(autoMode(), deployment(arm)).errors;
    expect(error).toContain("'general-purpose' has 'kubernetes.io/arch' 'amd64', and they ask for 'arm64'");
    expect(error).toContain("'system' has the taint 'CriticalAddonsOnly:NoSchedule'");
    expect(error).toContain(
      "Create new NodePool(cluster, 'arm64', { architectures: ['arm64'], limits: { cpu: '64' } })",
    );
  });

  test('alone, the tainted one leaves other pods without a node', () => {
    expect(found(ONLY_TAINTED, deployment()).errors).toEqual([
      expect.stringContaining('or add a NodePool without a taint'),
    ]);
  });

  test('switched off, with no pool in the app, there must be others', () => {
    const none = autoMode({ autoModeConfig: { enabled: true, nodePools: [] } });
    expect(found(none, selecting('disktype', 'ssd'))).toEqual(NOTHING);
  });
});

describe('what belongs to node groups', () => {
  test.each([
    [
      'eks.amazonaws.com/nodegroup',
      'workers',
      "Select a pool by 'karpenter.sh/nodepool', since Auto Mode has no node groups",
    ],
    ['alpha.eksctl.io/nodegroup-name', 'workers', "Select a pool by 'karpenter.sh/nodepool'"],
    ['eks.amazonaws.com/capacityType', 'SPOT', "Write 'karpenter.sh/capacity-type': 'spot'"],
    ['karpenter.k8s.aws/instance-category', 'm', "Write 'eks.amazonaws.com/instance-category'"],
    [
      'disktype',
      'ssd',
      "Create new NodePool(cluster, 'own', { labels: { 'disktype': 'ssd' }, limits: { cpu: '64' } })",
    ],
  ])('%s is an error that says what Auto Mode has instead', (key, value, fix) => {
    const { errors } = found(autoMode(), selecting(key, value));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(fix);
  });
});

describe('own pools', () => {
  test('make what the built-in ones do not, whoever wrote them', () => {
    expect(found(autoMode(), ARM_POOL, selecting('kubernetes.io/arch', 'arm64'))).toEqual(NOTHING);
    expect(found(autoMode(), GPU_POOL, selecting('eks.amazonaws.com/instance-family', 'g5'))).toEqual(NOTHING);
    expect(found(autoMode(), ARM_POOL, selecting('eks.amazonaws.com/instance-family', 'g5')).errors).toHaveLength(1);
  });

  test('have their labels, their taints and their name', () => {
    const pool = nodePool('db', [], {
      labels: { disktype: 'ssd' },
      taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }],
    });
    const tolerations = [{ key: 'dedicated', value: 'db' }];
    const to = (nodeSelector: object, more: object = {}) => deployment({ nodeSelector, ...more });
    expect(found(autoMode(), pool, to({ disktype: 'ssd' }, { tolerations }))).toEqual(NOTHING);
    expect(found(autoMode(), pool, to({ 'karpenter.sh/nodepool': 'db' }, { tolerations }))).toEqual(NOTHING);
    expect(found(autoMode(), pool, to({ disktype: 'ssd' })).errors).toEqual([
      expect.stringContaining("NodePool 'db' (shop/NodePool-db) has the taint 'dedicated=db:NoSchedule'"),
    ]);
  });

  test.each([
    ['In', ['4', '8'], ['4']],
    ['NotIn', ['4'], ['8']],
    ['Gt', ['7'], ['8']],
    ['Gte', ['8'], ['9']],
    ['Lt', ['9'], ['8']],
    ['Lte', ['8'], ['7']],
  ])('narrow by %s', (operator, fits, excludes) => {
    const key = 'eks.amazonaws.com/instance-cpu';
    const asks = deployment(affinity(key, 'In', '8'));
    const pool = (values: string[]) => nodePool('x', [{ key, operator, values }]);
    expect(found(ONLY_TAINTED, pool(fits), asks)).toEqual(NOTHING);
    expect(found(ONLY_TAINTED, pool(excludes), asks).errors).toHaveLength(1);
  });

  test('may exclude or demand a label at all', () => {
    const key = 'eks.amazonaws.com/instance-local-nvme';
    const pool = (operator: string) => nodePool('x', [{ key, operator }]);
    expect(found(ONLY_TAINTED, pool('DoesNotExist'), deployment(affinity(key, 'Exists'))).errors).toHaveLength(1);
    expect(found(ONLY_TAINTED, pool('Exists'), deployment(affinity(key, 'Exists')))).toEqual(NOTHING);
  });

  test('bounds that leave no whole number leave no node', () => {
    const key = 'eks.amazonaws.com/instance-cpu';
    const pool = nodePool('x', [{ key, operator: 'Lt', values: ['8'] }]);
    expect(found(ONLY_TAINTED, pool, deployment(affinity(key, 'Gt', '7'))).errors).toHaveLength(1);
    expect(found(ONLY_TAINTED, pool, deployment(affinity(key, 'Gt', '6')))).toEqual(NOTHING);
  });

  test('of an own Karpenter count on node groups too', () => {
    const pool = {
      ...nodePool('spot', [isIn('karpenter.sh/capacity-type', 'spot')]),
    };
    pool.spec.template.spec.nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
    expect(found(config(), pool, selecting('karpenter.sh/capacity-type', 'spot'))).toEqual(NOTHING);
    expect(found(config(), pool, selecting('karpenter.k8s.aws/instance-category', 'c'))).toEqual(NOTHING);
    expect(found(config(), pool, selecting('eks.amazonaws.com/compute-type', 'auto')).errors).toHaveLength(1);
  });

  test('that are said to be made elsewhere count by their architecture', () => {
    const arm = appOf(selecting('kubernetes.io/arch', 'arm64'));
    expect(judge(arm, autoMode(), ['amd64', 'arm64'])).toEqual(NOTHING);
    expect(judge(arm, autoMode(), ['amd64']).errors).toHaveLength(1);
  });
});

describe('devices', () => {
  test('need a pool of such instances', () => {
    const train = deployment(withDevice('nvidia.com/gpu'));
    expect(found(autoMode(), train).errors).toEqual([
      expect.stringContaining("'general-purpose' has no type with an NVIDIA GPU"),
    ]);
    expect(found(autoMode(), GPU_POOL, train)).toEqual(NOTHING);
    expect(
      found(autoMode(), nodePool('x', [isIn('eks.amazonaws.com/instance-family', 'g4ad')]), train).errors,
    ).toHaveLength(1);
    expect(found(autoMode(), nodePool('x', [isIn('node.kubernetes.io/instance-type', 'p5.48xlarge')]), train)).toEqual(
      NOTHING,
    );
    expect(
      found(autoMode(), nodePool('x', [isIn('node.kubernetes.io/instance-type', 'm5.large')]), train).errors,
    ).toHaveLength(1);
  });

  test('and their architecture', () => {
    const train = deployment({ ...withDevice('nvidia.com/gpu'), nodeSelector: { 'kubernetes.io/arch': 'arm64' } });
    const pool = (...families: string[]) => nodePool('x', [isIn('eks.amazonaws.com/instance-family', ...families)]);
    expect(found(autoMode(), pool('g5'), train).errors).toHaveLength(1);
    expect(found(autoMode(), pool('g5', 'g5g'), train)).toEqual(NOTHING);
  });
});
