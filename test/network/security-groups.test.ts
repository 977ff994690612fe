/** Security groups of the pods of a workload. */
import { type Cluster, Placement } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  find,
  type Manifest,
  manifests,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERNS,
  privilegedTenant,
  synth,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const GROUP = 'sg-0123456789abcdef0';
const OTHER = 'sg-0123456789abcdef1';
const grouped = (cluster?: Cluster, ...groups: string[]) =>
  worker({ securityGroups: groups.length > 0 ? groups : [GROUP] }, newTenant({}, cluster));

describe('securityGroups', () => {
  test.each(Object.keys(PATTERNS) as (keyof typeof PATTERNS)[])('of a %s are those of its pods', (name) => {
    const own = PATTERNS[name]({ securityGroups: [GROUP, OTHER] });
    const all = manifests(appOf(own));
    expect(find(all, 'SecurityGroupPolicy', own.name)).toMatchObject({
      apiVersion: 'vpcresources.k8s.aws/v1beta1',
      metadata: { namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': own.name } },
        securityGroups: { groupIds: [GROUP, OTHER] },
      },
    });
  });

  test('are none without the prop', () => {
    const own = worker();
    expect(own.securityGroupPolicy).toBeUndefined();
    expect(manifests(appOf(own)).map(({ kind }) => kind)).not.toContain('SecurityGroupPolicy');
  });

  test('are there before the pods, which get them when they are made', () => {
    const kinds = manifests(appOf(grouped())).map(({ kind }) => kind);
    expect(kinds.indexOf('SecurityGroupPolicy')).toBeGreaterThan(-1);
    expect(kinds.indexOf('SecurityGroupPolicy')).toBeLessThan(kinds.indexOf('Deployment'));
  });

  test('leave the network policy as it is: both must allow', () => {
    const spec = (own: ReturnType<typeof worker>) => own.networkPolicy!.toJson().spec;
    expect(spec(grouped())).toEqual(spec(worker()));
  });

  test('can be customized', () => {
    const customize = {
      securityGroupPolicy: (policy: Manifest) => {
        policy.spec.securityGroups.groupIds.push(OTHER);
      },
    };
    const own = worker({ securityGroups: [GROUP], customize });
    expect(own.securityGroupPolicy!.toJson().spec).toMatchObject({ securityGroups: { groupIds: [GROUP, OTHER] } });
  });

  test('are switched on in the network plugin, in the mode in which policies hold', () => {
    const { files } = synth(appOf(grouped()));
    const config = Object.values(files).find((text) => text.includes('kind: ClusterConfig')) ?? '';
    expect(config).toMatch(/ENABLE_POD_ENI\W+true/);
    expect(config).toMatch(/POD_SECURITY_GROUP_ENFORCING_MODE\W+standard/);
  });

  test('in a mode that the program gives, in which policies do not hold, are a warning', () => {
    const strict = { name: 'vpc-cni', configuration: { env: { POD_SECURITY_GROUP_ENFORCING_MODE: 'strict' } } };
    const { warnings } = synth(appOf(grouped(newCluster(newApp(), { addons: [strict] }))));
    expect(warnings.filter((one) => one.includes('compute-mode/pod-security-groups'))).toHaveLength(1);
  });

  test.each<[string, () => Cluster, readonly string[]]>([
    ['of 1.35 lack them', () => newAutoCluster(), ['requirements/unmet']],
    ['of 1.36 have them', () => newAutoCluster(newApp(), { version: '1.36' }), []],
  ])('in Auto Mode: clusters %s', (_what, cluster, rules) => {
    expect(findingsOf(() => appOf(grouped(cluster()))).map(({ rule }) => rule)).toEqual(rules);
  });

  const NODES = { name: 'workers', minSize: 3, maxSize: 6 };
  const found = (cluster: Cluster) =>
    synth(appOf(grouped(cluster))).warnings.filter((one) => one.includes('placement/branch-interfaces'));

  test.each<[string, object]>([
    ['burstable types', { instanceType: 't3.large' }],
    ['Graviton of that family', { instanceType: 't4g.large' }],
    ['types of Xen', { instanceType: 'm4.large' }],
    ['the smallest i4i', { instanceType: 'i4i.large' }],
  ])('need other nodes than those with %s', (_what, types) => {
    expect(found(newCluster(newApp(), { nodeGroups: [{ ...NODES, ...types }] } as never))).toHaveLength(1);
  });

  test.each<[string, readonly object[]]>([
    ['a type that has the interfaces', [{ ...NODES, instanceType: 'm5.large' }]],
    [
      'a group of such a type beside another',
      [
        { ...NODES, instanceType: 't3.large' },
        { ...NODES, name: 'b', instanceType: 'm7g.large' },
      ],
    ],
    ['a type that is not known', [{ ...NODES, instanceType: 'm99.large' }]],
  ])('are right with %s', (_what, nodeGroups) => {
    expect(found(newCluster(newApp(), { nodeGroups } as never))).toEqual([]);
  });

  test.each<[string, () => unknown, string, string]>([
    ['none', () => worker({ securityGroups: [] }), 'invalid', 'securityGroups'],
    ['six', () => grouped(undefined, ...[1, 2, 3, 4, 5, 6].map((n) => `sg-${n}0000000`)), 'invalid', 'securityGroups'],
    ['a name', () => grouped(undefined, GROUP, 'database'), 'invalid', 'securityGroups[1]'],
    ['a subnet', () => grouped(undefined, 'subnet-0123456789abcdef0'), 'invalid', 'securityGroups[0]'],
    ['a number', () => worker({ securityGroups: [1] }), 'type', 'securityGroups[0]'],
    ['one twice', () => grouped(undefined, GROUP, GROUP), 'duplicate', 'securityGroups[1]'],
    ['a text', () => worker({ securityGroups: GROUP }), 'type', 'securityGroups'],
    [
      'those of pods on the network of the node',
      () => agent({ securityGroups: [GROUP], hostNetwork: { because: 'test' } }, privilegedTenant()),
      'forbidden',
      'securityGroups',
    ],
    [
      'those of pods on Windows',
      () => worker({ securityGroups: [GROUP], placement: Placement.windows(), user: undefined }),
      'unsupported',
      'securityGroups',
    ],
  ])('%s is refused', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, field]);
  });
});
