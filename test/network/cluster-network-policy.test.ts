/** Rules of the network that tenants cannot override. */
import { type Cluster, ClusterNetworkPolicy, type ClusterNetworkPolicyProps } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import {
  appOf,
  find,
  type Manifest,
  manifests,
  newAutoCluster,
  newCluster,
  newTenant,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const METADATA = { action: 'deny', to: ['169.254.169.254/32'] } as const;
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const labelled = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });

function policy(props: Partial<ClusterNetworkPolicyProps>, cluster: Cluster = newCluster(), id = 'rules') {
  return new ClusterNetworkPolicy(cluster, id, { priority: 10, ...props } as ClusterNetworkPolicyProps);
}
const specOf = (props: Partial<ClusterNetworkPolicyProps>, cluster?: Cluster): Manifest['spec'] =>
  find(manifests(appOf(policy(props, cluster))), 'ClusterNetworkPolicy', 'rules').spec;

describe('a ClusterNetworkPolicy', () => {
  test('denies something to all tenants, before their own policies are asked', () => {
    const own = find(manifests(appOf(policy({ egress: [METADATA] }))), 'ClusterNetworkPolicy');
    expect(own.apiVersion).toBe('networking.k8s.aws/v1alpha1');
    expect(own.metadata.namespace).toBeUndefined();
    expect(own.spec).toEqual({
      tier: 'Admin',
      priority: 10,
      subject: {
        namespaces: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
      },
      egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }],
    });
  });

  test('opens DNS and monitoring for all of them', () => {
    const dns = { namespace: 'kube-system', name: 'kube-dns' };
    const spec = specOf({
      egress: [{ action: 'accept', to: [dns], ports: [{ port: 53, protocol: 'UDP' }, 53], name: 'dns' }],
      ingress: [{ action: 'accept', from: [{ namespace: 'monitoring' }], ports: [9090] }],
    });
    expect(spec.egress).toEqual([
      {
        action: 'Accept',
        name: 'dns',
        to: [{ pods: { namespaceSelector: named('kube-system'), podSelector: labelled('kube-dns') } }],
        ports: [{ portNumber: { port: 53, protocol: 'UDP' } }, { portNumber: { port: 53, protocol: 'TCP' } }],
      },
    ]);
    expect(spec.ingress).toEqual([
      {
        action: 'Accept',
        from: [{ namespaces: named('monitoring') }],
        ports: [{ portNumber: { port: 9090, protocol: 'TCP' } }],
      },
    ]);
  });

  test('names tenants and workloads of the app, and all pods', () => {
    const shop = newTenant();
    const api = web({}, shop, 'api');
    const props = { ingress: [{ action: 'pass', from: [shop, api, 'all-pods'] }] } as const;
    expect(specOf(props, shop.node.scope as Cluster).ingress[0].from).toEqual([
      { namespaces: named('shop') },
      { pods: { namespaceSelector: named('shop'), podSelector: labelled('api') } },
      { namespaces: { matchLabels: {} } },
    ]);
  });

  test.each<[string, ClusterNetworkPolicyProps['namespaces'], string, string[]]>([
    ['names', ['b', 'a', 'b'], 'In', ['a', 'b']],
    ['all but some', { except: ['monitoring', 'kube-system'] }, 'NotIn', ['kube-system', 'monitoring']],
    ['tenants', [newTenant()], 'In', ['shop']],
  ])('is for the pods of %s', (_what, namespaces, operator, values) => {
    const { subject } = specOf({ namespaces, egress: [METADATA] });
    expect(subject.namespaces.matchExpressions).toEqual([{ key: 'kubernetes.io/metadata.name', operator, values }]);
  });

  test('of the tier baseline is for what tenants do not decide', () => {
    expect(specOf({ tier: 'baseline', egress: [{ action: 'deny', to: ['all-pods'] }] }).tier).toBe('Baseline');
  });

  test('by domain names is for EKS Auto Mode', () => {
    const props = { egress: [{ action: 'accept', to: [{ domain: '*.example.com' }], ports: [443] }] } as const;
    expect(specOf(props, newAutoCluster()).egress[0].to).toEqual([{ domainNames: ['*.example.com'] }]);
    expect(findingsOf(() => appOf(policy(props))).map(({ rule }) => rule)).toEqual(['requirements/unmet']);
  });

  test('brings what holds it', () => {
    const { files } = synth(appOf(policy({ egress: [METADATA] })));
    const all = Object.values(files).join('\n');
    expect(all).toContain('Network policies of the whole cluster');
    expect(all).toMatch(/enableNetworkPolicy\W+true/);
  });

  test('that denies leaves the connections of workloads judged', () => {
    const cluster = newCluster();
    policy({ egress: [METADATA], ingress: [{ action: 'deny', from: [{ namespace: 'sandbox' }] }] }, cluster);
    const shop = newTenant({}, cluster);
    const store = web({}, shop, 'store');
    worker({ env: { STORE: store.url() } }, shop);
    expect(refusedBy(() => appOf(shop))).toEqual(['connections/undeclared', 'connectsTo']);
  });

  test('can be customized', () => {
    const customize = {
      policy: (own: Manifest) => {
        own.spec.priority = 11;
      },
    } as never;
    expect(specOf({ egress: [METADATA], customize }).priority).toBe(11);
  });

  (CRDS_PRESENT ? test : test.skip)('is valid by its definition', () => {
    const definitions = definitionsIn(CRDS, ['aws-network-policy.yaml']);
    const own = policy({
      tier: 'baseline',
      namespaces: ['a'],
      egress: [
        { action: 'accept', to: ['10.0.0.0/8', 'all-pods', { domain: 'a.example.com' }], ports: [1], name: 'x' },
      ],
      ingress: [{ action: 'deny', from: [{ namespace: 'a' }, { namespace: 'a', name: 'b' }] }],
    }).policy.toJson() as Manifest;
    expect(customResourceErrors(definitions, own)).toEqual([]);
    expect(customResourceErrors(definitions, { ...own, spec: { ...own.spec, tier: 'admin' } })).not.toEqual([]);
  });
});

describe('a ClusterNetworkPolicy is refused', () => {
  const out = (rule: object) => () => policy({ egress: [{ action: 'deny', to: ['all-pods'], ...rule } as never] });
  const incoming = (rule: object) => () =>
    policy({ ingress: [{ action: 'deny', from: ['all-pods'], ...rule } as never] });
  const egress = [METADATA];
  test.each<[string, () => unknown, string, string]>([
    ['without props', () => new ClusterNetworkPolicy(newCluster(), 'a', undefined as never), 'type', ''],
    ['without a priority', () => policy({ priority: undefined, egress } as never), 'required', 'priority'],
    ['of a priority above 1000', () => policy({ priority: 1001, egress }), 'invalid', 'priority'],
    ['of a tier in capitals', () => policy({ tier: 'Admin' as never, egress }), 'unsupported', 'tier'],
    ['without a rule', () => policy({}), 'required', 'egress'],
    ['of 101 rules', () => policy({ egress: Array.from({ length: 101 }, () => METADATA) }), 'invalid', 'egress'],
    ['of an unknown key', () => policy({ subject: {}, egress } as never), 'unknown', 'subject'],
    ['of no namespace', () => policy({ namespaces: [], egress }), 'invalid', 'namespaces'],
    ['of all but none', () => policy({ namespaces: { except: [] }, egress }), 'invalid', 'namespaces.except'],
    ['of a namespace in capitals', () => policy({ namespaces: ['Shop'], egress }), 'invalid', 'namespaces[0]'],
    [
      'of other than namespaces',
      () => policy({ namespaces: { only: [] } as never, egress }),
      'unknown',
      'namespaces.only',
    ],
    ['of a name with a blank', () => policy({ egress }, undefined, 'no metadata'), 'invalid', ''],
    ['without an action', out({ action: undefined }), 'required', 'egress[0].action'],
    ['of an action in capitals', out({ action: 'Deny' }), 'unsupported', 'egress[0].action'],
    ['of a rule that is none', () => policy({ egress: [null as never] }), 'type', 'egress[0]'],
    ['of a rule to nowhere', out({ to: [] }), 'invalid', 'egress[0].to'],
    ['of a rule without its peers', out({ to: undefined }), 'required', 'egress[0].to'],
    ['of a bad range', out({ to: ['10.0.0.0/33'] }), 'invalid', 'egress[0].to[0]'],
    ['of peers without a namespace', out({ to: [{ name: 'web' }] }), 'required', 'egress[0].to[0].namespace'],
    ['of a peer that is nothing', out({ to: [null] }), 'type', 'egress[0].to[0]'],
    ['of a workload in capitals', out({ to: [{ namespace: 'a', name: 'B' }] }), 'invalid', 'egress[0].to[0].name'],
    ['of a name to deny', out({ to: [{ domain: 'a.example.com' }] }), 'forbidden', 'egress[0].to[0].domain'],
    ['of a URL', out({ action: 'accept', to: [{ domain: 'https://a.b' }] }), 'invalid', 'egress[0].to[0].domain'],
    ['of no ports', out({ ports: [] }), 'invalid', 'egress[0].ports'],
    ['of a port that is none', out({ ports: [0] }), 'invalid', 'egress[0].ports[0]'],
    ['of a long name', out({ name: 'x'.repeat(101) }), 'invalid', 'egress[0].name'],
    ['of clients by addresses', incoming({ from: ['10.0.0.0/8'] }), 'unsupported', 'ingress[0].from[0]'],
    ['of a direction that is not its own', incoming({ to: ['all-pods'] }), 'unknown', 'ingress[0].to'],
    [
      'that passes on from the last tier',
      () => policy({ tier: 'baseline', egress: [{ action: 'pass', to: ['all-pods'] }] }),
      'forbidden',
      'egress[0].action',
    ],
  ])('%s', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, field]);
  });
});
