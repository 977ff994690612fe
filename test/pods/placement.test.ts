import { agent, job, PATTERN_NAMES, PATTERNS, podOf, scheduled, stateful, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
type Made = ReturnType<typeof web>;
const spreadOf = (workload: object) => podOf(workload as Made).spec.topologySpreadConstraints;
const rules = (workload: object) =>
  spreadOf(workload)?.map(({ topologyKey, whenUnsatisfiable }) => [topologyKey, whenUnsatisfiable]);

describe('spread', () => {
  it('of a Deployment prefers zones and hosts, and requires nothing', () => {
    for (const workload of [web(), worker()]) {
      expect(rules(workload)).toEqual([
        [ZONE, 'ScheduleAnyway'],
        [HOST, 'ScheduleAnyway'],
      ]);
    }
  });

  it('of a stateful service requires zones: a volume pins its pod for ever', () => {
    expect(rules(stateful())).toEqual([
      [ZONE, 'DoNotSchedule'],
      [HOST, 'ScheduleAnyway'],
    ]);
  });

  it("is required for zones alone with 'zones', and dropped with 'none'", () => {
    expect(rules(web({ placement: { spread: 'zones' } }))?.[0]).toEqual([ZONE, 'DoNotSchedule']);
    expect(rules(web({ placement: { spread: 'zones' } }))?.[1]).toEqual([HOST, 'ScheduleAnyway']);
    expect(rules(stateful({ placement: { spread: 'soft' } }))?.[0]).toEqual([ZONE, 'ScheduleAnyway']);
    const { spec } = podOf(web({ placement: { spread: 'none' } }));
    expect(spec).not.toHaveProperty('topologySpreadConstraints');
    expect(spec.affinity).not.toHaveProperty('podAntiAffinity');
  });

  it('counts the workload’s pods within one, and no nodes whose taints keep them off', () => {
    for (const constraint of [...spreadOf(web())!, ...spreadOf(stateful())!]) {
      expect(constraint).toMatchObject({ maxSkew: 1, nodeTaintsPolicy: 'Honor' });
    }
    expect(spreadOf(web())![0]!.labelSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  });

  it('counts revisions apart for Deployments alone: other pods have no pod-template-hash', () => {
    for (const constraint of [...spreadOf(web())!, ...spreadOf(worker())!]) {
      expect(constraint.matchLabelKeys).toEqual(['pod-template-hash']);
    }
    for (const constraint of spreadOf(stateful())!) {
      expect(constraint).not.toHaveProperty('matchLabelKeys');
    }
    const terms = (workload: object) =>
      podOf(workload as Made).spec.affinity!.podAntiAffinity!.preferredDuringSchedulingIgnoredDuringExecution!;
    expect(terms(web())[0]!.podAffinityTerm.matchLabelKeys).toEqual(['pod-template-hash']);
    expect(terms(stateful())[0]!.podAffinityTerm).not.toHaveProperty('matchLabelKeys');
  });

  it.each([
    ['agents, one a node already', agent],
    ['jobs', job],
    ['scheduled jobs', scheduled],
  ])('is none of %s', (_what, make) => {
    expect(spreadOf(make())).toBeUndefined();
    expect(podOf(make()).spec.affinity).not.toHaveProperty('podAntiAffinity');
  });

  it('never requires hosts: a required anti-affinity strands pods', () => {
    const { affinity } = podOf(stateful()).spec;
    expect(affinity!.podAntiAffinity).toEqual({
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: HOST,
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'store' } },
          },
        },
      ],
    });
  });

  it('over zones waits for three of them where members replicate, whatever their number', () => {
    const zones = (props: object) => spreadOf(stateful({ ...props }))![0]!.minDomains;
    const ports = { port: { a: 7000, b: 7001 }, memberPorts: ['b'] };
    expect(zones({ ...ports, replicas: 3 })).toBe(3);
    expect(zones({ ...ports, replicas: 5 })).toBe(3);
    expect(zones({ replicas: 3, memberPorts: [] })).toBe(3);
    expect(zones({ ...ports, replicas: 1 })).toBe(3);
    expect(zones({ replicas: 3 })).toBeUndefined();
    // the API server refuses it beside ScheduleAnyway
    expect(zones({ ...ports, replicas: 3, placement: { spread: 'soft' } })).toBeUndefined();
  });
});

const systems = (workload: object) =>
  podOf(workload as Made).spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    ?.nodeSelectorTerms;

describe('nodes', () => {
  it.each(PATTERN_NAMES)('of %s have Linux', (pattern) => {
    const matchExpressions = [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }];
    expect(systems(PATTERNS[pattern]())).toEqual([{ matchExpressions }]);
  });

  it('have the system that the user selects, whatever else is selected', () => {
    expect(systems(web({ placement: { nodeLabels: { 'kubernetes.io/os': 'windows' } } }))).toBeUndefined();
    expect(systems(web({ placement: { nodeLabels: { pool: 'blue' }, architecture: 'arm64' } }))).toHaveLength(1);
  });

  it.each(PATTERN_NAMES)('of %s are any, without a word', (pattern) => {
    expect(podOf(PATTERNS[pattern]()).spec).not.toHaveProperty('nodeSelector');
  });

  it('are selected by architecture and labels', () => {
    const placement = { architecture: 'arm64', nodeLabels: { 'team.example.com/pool': 'blue' } };
    expect(podOf(web({ placement })).spec.nodeSelector).toEqual({
      'kubernetes.io/arch': 'arm64',
      'team.example.com/pool': 'blue',
    });
  });

  it('selected keep the default spread: placement is one prop, its parts are not', () => {
    expect(rules(stateful({ placement: { architecture: 'amd64' } }))?.[0]).toEqual([ZONE, 'DoNotSchedule']);
  });

  it('with taints are tolerated where said', () => {
    const tolerations = [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }];
    expect(podOf(web({ placement: { tolerations } })).spec.tolerations).toEqual(tolerations);
    expect(podOf(web()).spec).not.toHaveProperty('tolerations');
  });

  it('are all tolerated by an agent, unless it says which', () => {
    expect(podOf(agent()).spec.tolerations).toEqual([{ operator: 'Exists' }]);
    const tolerations = [{ key: 'gpu', operator: 'Exists' }];
    expect(podOf(agent({ placement: { tolerations } })).spec.tolerations).toEqual(tolerations);
    expect(podOf(agent({ placement: { tolerations: [] } })).spec).not.toHaveProperty('tolerations');
  });

  it.each([
    [{ architecture: 'x86' }, ['props/unsupported', 'placement.architecture']],
    [{ spread: 'hard' }, ['props/unsupported', 'placement.spread']],
    [{ nodeSelector: {} }, ['props/unknown', 'placement.nodeSelector']],
    [{ nodeLabels: { 'a b': 'c' } }, ['props/invalid', "placement.nodeLabels['a b']"]],
    [{ nodeLabels: { a: '-' } }, ['props/invalid', "placement.nodeLabels['a']"]],
    [
      { architecture: 'arm64', nodeLabels: { 'kubernetes.io/arch': 'amd64' } },
      ['props/forbidden', "placement.nodeLabels['kubernetes.io/arch']"],
    ],
  ])('%j is refused', (placement, expected) => {
    expect(refusedBy(() => web({ placement }))).toEqual(expected);
  });
});
