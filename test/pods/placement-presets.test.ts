import { type Cluster, type EksApp, Placement, type Tenant } from 'cdk8s-eks-patterns';
import {
  agent,
  existingCluster,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  stateful,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const MANAGED = 'eks.amazonaws.com/capacityType';
const KARPENTER = 'karpenter.sh/capacity-type';
const LINUX = { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] };
const inTerm = (key: string, value: string) => ({ key, operator: 'In', values: [value] });
const specOf = (placement: Placement, tenant: Tenant = newTenant(), more = {}) =>
  podOf(web({ placement, ...more }, tenant)).spec;
const termsOf = (placement: Placement, tenant?: Tenant) =>
  specOf(placement, tenant).affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms;
/** The rules of the errors of an app whose only workload is placed so. */
const errorsOf = (placement: Placement, cluster: () => Cluster = () => newCluster(), more = {}) =>
  findingsOf(() => {
    const made = cluster();
    web({ placement, ...more }, newTenant({}, made));
    return made.node.root as EksApp;
  })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);
const withGroup = (group: object) => () =>
  newCluster(undefined, { nodeGroups: [{ name: 'only', instanceType: 'm5.large', minSize: 3, ...group }] });

describe('capacity', () => {
  it.each([
    ['node groups', newCluster, { [MANAGED]: 'SPOT' }],
    ['Auto Mode', newAutoCluster, { [KARPENTER]: 'spot' }],
  ] as const)('of %s is a label of theirs', (_what, cluster, selector) => {
    expect(specOf(Placement.spot(), newTenant({}, cluster())).nodeSelector).toEqual(selector);
  });

  it('of a cluster whose nodes are not known has either label', () => {
    const tenant = newTenant({}, existingCluster());
    expect(specOf(Placement.onDemand(), tenant).nodeSelector).toBeUndefined();
    expect(termsOf(Placement.onDemand(), newTenant({}, existingCluster()))).toEqual([
      { matchExpressions: [LINUX, inTerm(MANAGED, 'ON_DEMAND')] },
      { matchExpressions: [LINUX, inTerm(KARPENTER, 'on-demand')] },
    ]);
  });

  it('that no node group has is an error', () => {
    expect(errorsOf(Placement.spot())).toEqual(['placement/unschedulable']);
    expect(errorsOf(Placement.spot(), withGroup({ spot: true, instanceType: ['m5.large', 'm5a.large'] }))).toEqual([]);
    expect(errorsOf(Placement.onDemand())).toEqual([]);
  });
});

describe('architecture', () => {
  it('is a requirement of the cluster', () => {
    expect(errorsOf(Placement.graviton())).toHaveLength(1);
    expect(errorsOf(Placement.graviton(), withGroup({ instanceType: 'm7g.large' }))).toEqual([]);
    expect(errorsOf(Placement.x86())).toEqual([]);
    expect(specOf(Placement.graviton()).nodeSelector).toEqual({ 'kubernetes.io/arch': 'arm64' });
  });
});

describe('accelerators', () => {
  const sized = (device: string) => ({ resources: { cpu: '1', memory: '1Gi', devices: { [device]: 1 } } });

  it.each([
    ['gpu', 'nvidia.com/gpu', 'g5.xlarge'],
    ['neuron', 'aws.amazon.com/neuron', 'inf2.xlarge'],
  ] as const)('%s tolerate the taint, and ask for a device', (name, device, instanceType) => {
    const placement = Placement[name]();
    const { tolerations } = specOf(placement, newTenant(), sized(device));
    expect(tolerations).toEqual([{ key: device, operator: 'Exists', effect: 'NoSchedule' }]);
    expect(refusedBy(() => web({ placement }))).toEqual(['props/required', 'resources.devices']);
    expect(errorsOf(placement, undefined, sized(device))).toContain('placement/unschedulable');
    const taints = [{ key: device, effect: 'NoSchedule' }];
    expect(errorsOf(placement, withGroup({ instanceType, taints }), sized(device))).not.toContain(
      'placement/unschedulable',
    );
  });

  it('keep a toleration that covers the taint', () => {
    const tolerations = [{ operator: 'Exists' as const }];
    expect(specOf(Placement.gpu({ tolerations }), newTenant(), sized('nvidia.com/gpu')).tolerations).toEqual(
      tolerations,
    );
  });
});

describe('Fargate', () => {
  const onFargate = () =>
    newCluster(newApp(), {
      config: { fargateProfiles: [{ name: 'shop', selectors: [{ namespace: 'shop' }] }] },
    } as never);

  it('has a selector, and neither affinity nor spread', () => {
    const spec = specOf(Placement.fargate());
    expect(spec.nodeSelector).toEqual({ 'eks.amazonaws.com/compute-type': 'fargate' });
    expect(spec).not.toHaveProperty('affinity');
    expect(spec).not.toHaveProperty('topologySpreadConstraints');
  });

  it('needs a profile that selects the pods', () => {
    expect(errorsOf(Placement.fargate())).toContain('placement/compute-type');
    expect(errorsOf(Placement.fargate(), onFargate)).not.toContain('placement/compute-type');
    expect(errorsOf(Placement.fargate(), onFargate)).not.toContain('placement/unschedulable');
    expect(errorsOf(Placement.fargate(), () => existingCluster())).toEqual([]);
  });

  it.each([
    [{ spread: 'zones' }, 'spread'],
    [{ tolerations: [] }, 'tolerations'],
    [{ capacity: 'spot' }, 'capacity'],
    [{ architecture: 'arm64' }, 'architecture'],
    [{ podAffinity: {} }, 'podAffinity'],
  ] as const)('has no %p', (more, key) => {
    expect(refusedBy(() => web({ placement: Placement.fargate(more as Placement) }))[1]).toBe(`placement.${key}`);
  });
});

describe('hybrid nodes', () => {
  it('need the networks that they are in', () => {
    expect(specOf(Placement.hybrid()).nodeSelector).toEqual({ 'eks.amazonaws.com/compute-type': 'hybrid' });
    expect(errorsOf(Placement.hybrid())).toContain('placement/compute-type');
  });
});

describe('parts of a placement', () => {
  it.each(PATTERN_NAMES)('are taken by %s', (pattern) => {
    const placement = Placement.onDemand({ architecture: 'amd64', nodeLabels: { pool: 'a' } });
    expect(podOf(PATTERNS[pattern]({ placement })).spec.nodeSelector).toEqual({
      pool: 'a',
      'kubernetes.io/arch': 'amd64',
      [MANAGED]: 'ON_DEMAND',
    });
  });

  it('that contradict a preset are refused', () => {
    expect(refusedBy(() => Placement.spot({ capacity: 'on-demand' }))).toEqual(['props/forbidden', 'capacity']);
    expect(refusedBy(() => Placement.spot({ nodeLabel: {} } as never))).toEqual(['props/unknown', 'nodeLabel']);
    for (const label of [MANAGED, KARPENTER]) {
      const placement = Placement.spot({ nodeLabels: { [label]: 'spot' } });
      expect(refusedBy(() => web({ placement }))).toEqual(['props/forbidden', `placement.nodeLabels['${label}']`]);
    }
  });

  it('of nodes hold together: every alternative of the user, on Linux', () => {
    const a = inTerm('pool', 'a');
    const b = inTerm('pool', 'b');
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [a] }, { matchExpressions: [b] }],
      },
    } as Placement['nodeAffinity'];
    expect(termsOf({ nodeAffinity })).toEqual([{ matchExpressions: [LINUX, a] }, { matchExpressions: [LINUX, b] }]);
    expect(termsOf({ nodeAffinity, capacity: 'spot' }, newTenant({}, existingCluster()))).toHaveLength(4);
    expect(nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms[0]).toEqual({
      matchExpressions: [a],
    });
  });

  it('of pods are beside the preference for other nodes', () => {
    const term = { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'cache' } } };
    const podAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const { affinity } = specOf({ podAffinity, podAntiAffinity });
    expect(affinity!.podAffinity).toEqual(podAffinity);
    expect(affinity!.podAntiAffinity).toMatchObject(podAntiAffinity);
    expect(affinity!.podAntiAffinity!.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  });

  it.each([
    [{ tolerations: 'all' }, 'tolerations'],
    [{ tolerations: [null] }, 'tolerations[0]'],
    [{ nodeAffinity: 'linux' }, 'nodeAffinity'],
    [{ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: {} } } }, 'nodeAffinity'],
    [{ podAffinity: [] }, 'podAffinity'],
    [{ capacity: 'reserved' }, 'capacity'],
    [{ accelerator: 'gpu' }, 'accelerator'],
    [{ computeType: 'ec2' }, 'computeType'],
    [{ spread: {} }, 'spread'],
    [{ spread: [{ over: 'the zones' }] }, 'spread[0].over'],
    [{ spread: [{}] }, 'spread[0].over'],
    [{ spread: [{ over: 'zones', maxSkew: 0 }] }, 'spread[0].maxSkew'],
    [{ spread: [{ over: 'zones', required: 'yes' }] }, 'spread[0].required'],
    [{ spread: [{ over: 'zones', minDomains: 2 }] }, 'spread[0].minDomains'],
    [{ spread: [{ over: 'zones' }, { over: 'topology.kubernetes.io/zone' }] }, 'spread[1].over'],
    [{ spread: [{ over: 'zones', skew: 2 }] }, 'spread[0].skew'],
  ])('%j is refused', (placement, field) => {
    expect(refusedBy(() => web({ placement }))[1]).toBe(`placement.${field}`);
  });
});

describe('a tuned spread', () => {
  const constraints = (workload: ReturnType<typeof web | typeof stateful>) =>
    podOf(workload).spec.topologySpreadConstraints!.map(({ topologyKey, maxSkew, whenUnsatisfiable, minDomains }) => [
      topologyKey,
      maxSkew,
      whenUnsatisfiable,
      minDomains,
    ]);
  const spread = [
    { over: 'zones', maxSkew: 2, required: true },
    { over: 'nodes', required: true, minDomains: 2 },
    { over: 'example.com/rack' },
  ] as const;

  it('is what it says, without a preference for other nodes', () => {
    const made = web({ placement: { spread } });
    expect(constraints(made)).toEqual([
      ['topology.kubernetes.io/zone', 2, 'DoNotSchedule', undefined],
      ['kubernetes.io/hostname', 1, 'DoNotSchedule', 2],
      ['example.com/rack', 1, 'ScheduleAnyway', undefined],
    ]);
    expect(podOf(made).spec.affinity).not.toHaveProperty('podAntiAffinity');
  });

  it('over zones keeps the zones of a quorum', () => {
    const made = stateful({ replicas: 3, memberPorts: [], order: 'Parallel', placement: { spread } });
    expect(constraints(made)[0]).toEqual(['topology.kubernetes.io/zone', 2, 'DoNotSchedule', 3]);
    const two = newCluster(undefined, { availabilityZones: ['us-west-2a', 'us-west-2b'] });
    stateful({ replicas: 3, memberPorts: [], order: 'Parallel', placement: { spread } }, newTenant({}, two));
    expect(findingsOf(() => two.node.root as EksApp).map(({ rule }) => rule)).toContain('requirements/unmet');
  });
});

describe('trafficDistribution', () => {
  const made = (trafficDistribution: string, version: string, make: typeof web | typeof stateful = web) =>
    make({ trafficDistribution }, newTenant({}, newCluster(undefined, { version } as never)));

  it('is a field of the Service', () => {
    expect(made('PreferClose', '1.31').service.toJson().spec.trafficDistribution).toBe('PreferClose');
    expect(made('PreferSameNode', '1.34', stateful).service.toJson().spec.trafficDistribution).toBe('PreferSameNode');
    expect(web().service.toJson().spec).not.toHaveProperty('trafficDistribution');
  });

  it.each([
    ['PreferSameZone', '1.33'],
    ['PreferSameNode', '1.31'],
    ['Local', '1.35'],
  ])('%s is refused of Kubernetes %s', (value, version) => {
    expect(refusedBy(() => made(value, version))).toEqual(['props/unsupported', 'trafficDistribution']);
  });
});

test('agents and workers take presets as other patterns do', () => {
  expect(podOf(agent({ placement: Placement.spot() })).spec.tolerations).toEqual([{ operator: 'Exists' }]);
  expect(podOf(worker({ placement: Placement.x86() })).spec.nodeSelector).toEqual({ 'kubernetes.io/arch': 'amd64' });
});
