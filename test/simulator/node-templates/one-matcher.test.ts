import fc from 'fast-check';
import { todaysKey, withDeprecatedLabels } from '../../../eks/node-labels';
import { resolvedNodeGroups } from '../../../eksctl/resolved-node-group';
import type { ManagedNodeGroup } from '../../../eksctl/types';
import type { PodSpec } from '../../../imports/kubernetes';
import { ABSENT, oneOf } from '../../../kube/label-requirements';
import type { Taint } from '../../../kube/tolerations';
import { nodeGroupTemplate } from '../../../simulator/node-templates/node-group';
import type { NodeTemplate } from '../../../simulator/node-templates/node-template';
import { mismatchOf, schedulingConstraints } from '../../../simulator/node-templates/scheduling-constraints';
import { type CapacityNode, Nodes, nodesOf } from '../../../simulator/nodes';
import { configOf } from '../support';

/** .ci/run sets more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 600);

const NO_ROOM = { cpu: 0, memory: 0, pods: 0, ephemeralStorage: 0, volumes: 0, gpus: 0, branchInterfaces: 0 };

/** Whether the simulator lets a pod onto a node, room apart. */
function simulated(pod: PodSpec, node: CapacityNode): boolean {
  const { accepts, tolerates } = new Nodes([node]).admission(0, pod);
  return accepts[0]! && tolerates[0]!;
}

/** Whether the review finds a node of the template for a pod. */
const reviewed = (pod: PodSpec, template: NodeTemplate): boolean =>
  mismatchOf(template, schedulingConstraints(pod)) === undefined;

const KEYS = {
  'kubernetes.io/os': ['linux', 'windows'],
  'beta.kubernetes.io/os': ['linux', 'windows'],
  'kubernetes.io/arch': ['amd64', 'arm64'],
  'beta.kubernetes.io/arch': ['amd64', 'arm64'],
  'node.kubernetes.io/instance-type': ['m5.large', 'm7g.large'],
  'beta.kubernetes.io/instance-type': ['m5.large', 'm7g.large'],
  'topology.kubernetes.io/zone': ['us-west-2a', 'us-west-2b'],
  'failure-domain.beta.kubernetes.io/zone': ['us-west-2a', 'us-west-2b'],
  'topology.ebs.csi.aws.com/zone': ['us-west-2a', 'us-west-2b'],
  'topology.kubernetes.io/region': ['us-west-2', 'eu-west-1'],
  'failure-domain.beta.kubernetes.io/region': ['us-west-2', 'eu-west-1'],
  'eks.amazonaws.com/capacityType': ['ON_DEMAND', 'SPOT'],
  'eks.amazonaws.com/nodegroup': ['workers', 'other'],
  disks: ['1', '2', '4', 'many', '2.5'],
  'example.com/team': ['shop', 'ops'],
} as const;
type Key = keyof typeof KEYS;
const keys = fc.constantFrom(...(Object.keys(KEYS) as Key[]));
const pairs = keys.chain((key) => fc.tuple(fc.constant(key), fc.constantFrom<string>(...KEYS[key])));

const expressions = pairs.chain(([key, value]) =>
  fc.oneof(
    fc.record({ key: fc.constant(key), operator: fc.constantFrom('In', 'NotIn'), values: fc.constant([value]) }),
    fc.record({ key: fc.constant(key), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    fc.record({
      key: fc.constant('disks'),
      operator: fc.constantFrom('Gt', 'Lt', 'Gte', 'Lte'),
      values: fc.constantFrom(['0'], ['1'], ['2'], ['4'], ['x'], []),
    }),
  ),
);
const terms = fc.record(
  {
    matchExpressions: fc.array(expressions, { maxLength: 3 }),
    matchFields: fc.array(
      fc.record({
        key: fc.constant('metadata.name'),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.constantFrom(['workers-0'], ['workers-1']),
      }),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);
const EFFECTS = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'] as const;
const tolerations = fc.record(
  {
    key: fc.constantFrom('load', 'team', ''),
    operator: fc.constantFrom('Equal', 'Exists', 'Gt', 'Lt'),
    value: fc.constantFrom('', '1', '5', 'shop', '5.0'),
    effect: fc.constantFrom(...EFFECTS),
  },
  { requiredKeys: [] },
);
const taints: fc.Arbitrary<Taint[]> = fc.array(
  fc.record(
    {
      key: fc.constantFrom('load', 'team'),
      value: fc.constantFrom('1', '4', '5', 'shop'),
      effect: fc.constantFrom(...EFFECTS),
    },
    { requiredKeys: ['key', 'effect'] },
  ),
  { maxLength: 2 },
);
const selectors = fc.oneof(
  fc.constant({}),
  pairs.map(([key, value]) => ({ [key]: value })),
);
/** Pods as a team may write them, the wrong ones included. */
const pods = fc
  .record({
    nodeSelector: selectors,
    nodeSelectorTerms: fc.option(fc.array(terms, { maxLength: 2 }), { nil: undefined }),
    tolerations: fc.array(tolerations, { maxLength: 2 }),
  })
  .map(
    ({ nodeSelectorTerms, ...pod }) =>
      ({
        ...pod,
        containers: [],
        ...(nodeSelectorTerms
          ? { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } }
          : {}),
      }) as unknown as PodSpec,
  );

/** Counts both verdicts, so that a test which never sees one of them fails. */
function seen() {
  const counts = { yes: 0, no: 0 };
  return { counts, note: (verdict: boolean) => counts[verdict ? 'yes' : 'no']++ };
}

test('a template whose labels are those of one node gets the verdict of the simulator on that node', () => {
  const { counts, note } = seen();
  const labels = fc.array(pairs, { maxLength: 8 }).map((all) => {
    const today = all.map(([key, value]) => [todaysKey(key), value] as const);
    const zone = new Map(today).get('topology.kubernetes.io/zone');
    return withDeprecatedLabels({
      ...Object.fromEntries(today),
      ...(zone === undefined ? {} : { 'topology.ebs.csi.aws.com/zone': zone }),
    });
  });
  fc.assert(
    fc.property(pods, labels, taints, (pod, own, tainted) => {
      const name = 'workers-0';
      const node: CapacityNode = {
        name,
        group: 'workers',
        zone: own['topology.kubernetes.io/zone'] ?? '',
        labels: own,
        taints: tainted,
        has: NO_ROOM,
        ipsPerEni: 0,
      };
      const template: NodeTemplate = {
        name,
        kind: 'group',
        taints: tainted,
        offers: () => undefined,
        labels: (key) => {
          const value = key === 'field:metadata.name' ? name : own[key];
          return value === undefined ? ABSENT : oneOf([value]);
        },
      };
      note(simulated(pod, node));
      expect(reviewed(pod, template)).toBe(simulated(pod, node));
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(counts.yes, counts.no)).toBeGreaterThan(RUNS / 20);
});

test('a node group of one zone and one type gets the verdict of the simulator on its node', () => {
  const { counts, note } = seen();
  const groups = fc.record({
    instanceType: fc.constantFrom('m5.large', 'm7g.large'),
    zone: fc.constantFrom('us-west-2a', 'us-west-2b'),
    labels: fc.oneof(
      fc.constant({}),
      fc.constantFrom('1', '4', 'many').map((disks) => ({ disks })),
    ),
    spot: fc.boolean(),
    taints,
  });
  // the name of a node that is not made yet is open
  const unnamed = pods.filter((pod) => !JSON.stringify(pod).includes('matchFields":[{'));
  fc.assert(
    fc.property(unnamed, groups, (pod, { zone, ...group }) => {
      const config = configOf([{ name: 'workers', availabilityZones: [zone], ...group } as ManagedNodeGroup]);
      const [facts] = resolvedNodeGroups(config);
      const [node] = nodesOf([{ nodeGroup: facts!, has: NO_ROOM, ipsPerEni: 0 }], () => 1);
      note(simulated(pod, node!));
      expect(reviewed(pod, nodeGroupTemplate(facts!, 'us-west-2'))).toBe(simulated(pod, node!));
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(counts.yes, counts.no)).toBeGreaterThan(RUNS / 20);
});
