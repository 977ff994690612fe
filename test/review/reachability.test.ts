import type { k8s } from 'cdk8s-eks-patterns';
import { type Edge, type OpenPorts, type PodObject, type Reachability, reachability } from 'cdk8s-eks-patterns/review';

type Policy = k8s.NetworkPolicySpec & { readonly namespace?: string };

const APP = { web: { app: 'web' }, db: { app: 'db', tier: 'data' }, batch: { app: 'batch' } } as const;
const TCP = (port: number) => [{ port, protocol: 'TCP' as const }];
const byName = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

const namespace = (name: string, labels = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const policy = ({ namespace: own = 'shop', ...spec }: Policy, name = 'closed') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: own },
  spec,
});
const template = (name: string, labels: Readonly<Record<string, string>>, spec: object = {}, own = 'shop') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: own },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'a' }], ...spec } },
  },
});
const pod = (name: string, ip: string, spec: object = {}, own = 'shop') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: own, labels: { app: name } },
  spec: { containers: [{ name: 'main', image: 'a' }], ...spec },
  status: { podIP: ip },
});

/** Web, db and batch in a namespace, web in another one, and policies. */
const shop = (...policies: Policy[]) => [
  namespace('shop', { team: 'a' }),
  namespace('shop2', { team: 'b' }),
  ...Object.entries(APP).map(([name, labels]) => template(name, labels)),
  template('web', APP.web, {}, 'shop2'),
  ...policies.map((one, i) => policy(one, `n${i}`)),
];

const named = (reach: Reachability, name: string): PodObject => {
  const [own, of] = name.includes('/') ? name.split('/') : ['shop', name];
  return reach.pods.find(({ namespace: at, manifest }) => at === own && manifest.metadata.name === of)!;
};
/** 'yes', 'no' or 'maybe'. */
const ask = (manifests: readonly unknown[], from: string, to: string, port = 5432, protocol: 'TCP' | 'UDP' = 'TCP') => {
  const reach = reachability(manifests);
  const end = (name: string) => (/^\d/.test(name) ? name : named(reach, name));
  return reach.verdict(end(from), end(to), port, protocol).reaches;
};
const text = (ports: readonly OpenPorts[]) =>
  ports.map(
    ({ protocol, port, endPort, certain }) =>
      `${protocol} ${port}${endPort === port ? '' : `-${endPort}`}${certain ? '' : '?'}`,
  );
const nameOf = (end: Edge['from']) =>
  'manifest' in end ? `${end.namespace}/${end.manifest.metadata.name}` : JSON.stringify(end.peer ?? 'anywhere');
const edgesOf = (manifests: readonly unknown[], options = {}) =>
  reachability(manifests, options).edges.map(({ from, to, ports }) =>
    [nameOf(from), nameOf(to), ...text(ports)].join(' '),
  );

const DB: Policy = { podSelector: { matchLabels: APP.db }, policyTypes: ['Ingress'] };
const WEB: Policy = { podSelector: { matchLabels: APP.web }, policyTypes: ['Egress'] };

describe('peers', () => {
  test('without policies everything is open, between pods and to everywhere', () => {
    expect(ask(shop(), 'web', 'db')).toBe('yes');
    expect(edgesOf([template('web', APP.web)])).toEqual([
      'shop/web shop/web TCP 1-65535 UDP 1-65535 SCTP 1-65535',
      'shop/web "anywhere" TCP 1-65535 UDP 1-65535 SCTP 1-65535',
      '"anywhere" shop/web TCP 1-65535 UDP 1-65535 SCTP 1-65535',
    ]);
  });

  test.each<[string, k8s.NetworkPolicyPeer[] | undefined, string[]]>([
    ['no list', undefined, ['shop/web', 'shop/db', 'shop/batch', 'shop2/web']],
    ['an empty list', [], ['shop/web', 'shop/db', 'shop/batch', 'shop2/web']],
    ['pods of the own namespace', [{ podSelector: { matchLabels: APP.web } }], ['shop/web']],
    ['all pods of the own namespace', [{ podSelector: {} }], ['shop/web', 'shop/db', 'shop/batch']],
    ['all namespaces', [{ namespaceSelector: {} }], ['shop/web', 'shop/db', 'shop/batch', 'shop2/web']],
    ['namespaces by label', [{ namespaceSelector: { matchLabels: { team: 'b' } } }], ['shop2/web']],
    ['a namespace by name', [byName('shop2')], ['shop2/web']],
    ['pods of a namespace', [{ ...byName('shop'), podSelector: { matchLabels: APP.web } }], ['shop/web']],
    [
      'pods that lack a label',
      [{ podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['data'] }] } }],
      ['shop/web', 'shop/batch'],
    ],
    ['two peers', [{ podSelector: { matchLabels: APP.web } }, byName('shop2')], ['shop/web', 'shop2/web']],
  ])('%s', (_what, from, expected) => {
    const manifests = shop({ ...DB, ingress: [{ ...(from ? { from } : {}), ports: TCP(5432) }] });
    const reach = reachability(manifests);
    const callers = reach.pods.filter((one) => reach.verdict(one, named(reach, 'db'), 5432).reaches === 'yes');
    expect(callers.map(nameOf)).toEqual(expected);
    const db = named(reach, 'db');
    expect(
      reach.edges
        .filter(({ from: one, to }) => to === db && 'manifest' in one)
        .map(({ from: one }) => nameOf(one))
        .sort(),
    ).toEqual([...expected].sort());
  });

  test('both ends must allow it, and policies add up', () => {
    const into: Policy = { ...DB, ingress: [{ from: [{ podSelector: { matchLabels: APP.web } }] }] };
    const out: Policy = { ...WEB, egress: [{ to: [{ podSelector: { matchLabels: APP.batch } }] }] };
    expect(ask(shop(into), 'web', 'db')).toBe('yes');
    expect(ask(shop(out), 'web', 'db')).toBe('no');
    expect(ask(shop(into, out), 'web', 'db')).toBe('no');
    const more: Policy = { ...WEB, egress: [{ to: [{ podSelector: { matchLabels: APP.db } }], ports: TCP(5432) }] };
    expect(ask(shop(into, out, more), 'web', 'db')).toBe('yes');
    expect(ask(shop(into, out, more), 'web', 'db', 5433)).toBe('no');
    const reach = reachability(shop(into, out, more));
    const { egress, ingress } = reach.verdict(named(reach, 'web'), named(reach, 'db'), 5432);
    const names = (policies: readonly { readonly manifest: { readonly metadata: { readonly name: string } } }[]) =>
      policies.map(({ manifest }) => manifest.metadata.name);
    expect([names(egress.closedBy), names(egress.allowedBy)]).toEqual([['n1', 'n2'], ['n2']]);
    expect([names(ingress.closedBy), names(ingress.allowedBy)]).toEqual([['n0'], ['n0']]);
    const [open] = reach.ports(named(reach, 'web'), named(reach, 'db'));
    expect([names(open!.egress), names(open!.ingress)]).toEqual([['n2'], ['n0']]);
  });
});

describe('directions', () => {
  const egress = [{ to: [{ podSelector: { matchLabels: APP.batch } }] }];
  test.each<[string, Partial<k8s.NetworkPolicySpec>, in_: string, out: string]>([
    ['none said: ingress', {}, 'no', 'yes'],
    ['none said, with rules of egress: both', { egress }, 'no', 'no'],
    ['none said, with an empty list of egress: ingress', { egress: [] }, 'no', 'yes'],
    ['an empty list: ingress', { policyTypes: [] }, 'no', 'yes'],
    ['an empty list, with rules of egress: both', { policyTypes: [], egress }, 'no', 'no'],
    ['egress alone', { policyTypes: ['Egress'] }, 'yes', 'no'],
    ['ingress alone, rules of egress mean nothing', { policyTypes: ['Ingress'], egress }, 'no', 'yes'],
  ])('%s', (_what, spec, into, out) => {
    const manifests = shop({ podSelector: { matchLabels: APP.db }, ...spec });
    expect(ask(manifests, 'web', 'db')).toBe(into);
    expect(ask(manifests, 'db', 'web')).toBe(out);
  });
});

describe('ports', () => {
  const containers = [
    {
      name: 'main',
      image: 'a',
      ports: [
        { containerPort: 5432, name: 'pg' },
        { containerPort: 53, name: 'dns', protocol: 'UDP' },
      ],
    },
  ];
  const initContainers = [
    { name: 'side', image: 'a', restartPolicy: 'Always', ports: [{ containerPort: 9187, name: 'metrics' }] },
    { name: 'init', image: 'a', ports: [{ containerPort: 1234, name: 'early' }] },
  ];
  const db = template('db', APP.db, { containers, initContainers });
  const open = (...ports: k8s.NetworkPolicyPort[]) => [
    template('web', APP.web),
    db,
    policy({ ...DB, ingress: [{ ports }] }),
  ];
  test.each<[string, k8s.NetworkPolicyPort[], string[]]>([
    ['none: all', [], ['TCP 1-65535', 'UDP 1-65535', 'SCTP 1-65535']],
    ['a number is of TCP', [{ port: 5432 }], ['TCP 5432']],
    ['a range', [{ port: 80, endPort: 90 }], ['TCP 80-90']],
    ['ranges that touch', [{ port: 80, endPort: 90 }, { port: 91 }], ['TCP 80-91']],
    ['all of a protocol', [{ protocol: 'UDP' }], ['UDP 1-65535']],
    ['a name of the called pod', [{ port: 'pg' }], ['TCP 5432']],
    ['a name with its protocol', [{ port: 'dns', protocol: 'UDP' }], ['UDP 53']],
    ['a name of another protocol', [{ port: 'dns' }], []],
    ['a name of a sidecar', [{ port: 'metrics' }], ['TCP 9187']],
    ['a name of a container that ends', [{ port: 'early' }], []],
    ['a name that the pod does not have', [{ port: 'http' }], []],
  ])('%s', (_what, ports, expected) => {
    const reach = reachability(open(...ports));
    expect(text(reach.ports(named(reach, 'web'), named(reach, 'db')))).toEqual(expected);
  });

  test('a name in a rule of egress is a port of each called pod', () => {
    const manifests = [
      template('web', APP.web),
      db,
      template('batch', APP.batch, {
        containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 6432, name: 'pg' }] }],
      }),
      policy({ ...WEB, egress: [{ ports: [{ port: 'pg' }] }] }),
    ];
    expect(edgesOf(manifests).filter((edge) => edge.startsWith('shop/web shop'))).toEqual([
      'shop/web shop/db TCP 5432',
      'shop/web shop/batch TCP 6432',
    ]);
  });
});

describe('addresses', () => {
  const block = (cidr: string, ...except: string[]): Policy => ({
    ...WEB,
    egress: [{ to: [{ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }] }],
  });
  test.each([
    ['all', block('0.0.0.0/0'), 'yes'],
    ['all of which some are left out', block('0.0.0.0/0', '10.1.0.0/16'), 'maybe'],
    ['none that a VPC has', block('198.51.100.0/24'), 'no'],
    ['some', block('10.0.0.0/24'), 'maybe'],
    ['of IPv6', block('::/0'), 'no'],
  ] as const)('pods of templates have any of a VPC: a block of %s', (_what, rule, expected) => {
    expect(ask(shop(rule), 'web', 'db')).toBe(expected);
  });

  test('a block without a range, which the API server refuses, opens nothing', () => {
    const rule = { ...WEB, egress: [{ to: [{ ipBlock: {} as { cidr: string } }] }] };
    expect(ask(shop(rule), 'web', '10.0.0.7')).toBe('no');
  });

  test('several blocks of a rule count together', () => {
    const cidrs = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'];
    const rule: Policy = { ...WEB, egress: [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }] };
    expect(ask(shop(rule), 'web', 'db')).toBe('yes');
  });

  test('pods that run have those of their status', () => {
    const manifests = (...except: string[]) => [
      pod('web', '10.0.0.4'),
      pod('db', '10.0.0.5'),
      policy(block('10.0.0.4/30', ...except)),
    ];
    expect(ask(manifests(), 'web', 'db')).toBe('yes');
    expect(ask(manifests('10.0.0.5/32'), 'web', 'db')).toBe('no');
    expect(ask(manifests('10.0.0.6/31'), 'web', 'db')).toBe('yes');
    expect(ask(manifests('10.0.0.4/32'), 'web', 'db')).toBe('yes');
  });

  test('the ranges of a cluster can be said', () => {
    const reach = reachability(shop(block('fd00::/8')), { podRanges: ['fd00:1::/64'] });
    expect(reach.verdict(named(reach, 'web'), named(reach, 'db'), 80).reaches).toBe('yes');
  });

  test('an end may be an address, or a range of them', () => {
    const rule = block('10.0.0.0/16', '10.0.9.0/24');
    expect(ask(shop(rule), 'web', '10.0.1.7')).toBe('yes');
    expect(ask(shop(rule), 'web', '10.0.9.7')).toBe('no');
    expect(ask(shop(rule), 'web', '10.0.8.0/23')).toBe('maybe');
    expect(ask(shop(DB), '10.0.0.1', 'db')).toBe('no');
    expect(ask(shop(DB), '10.0.0.1', 'web')).toBe('yes');
  });

  test('of pods on the network of their node, which no label selects, and no policy closes', () => {
    const host = { hostNetwork: true };
    const manifests = (...policies: Policy[]) => [
      template('web', APP.web, host),
      template('db', APP.db),
      template('batch', APP.batch),
      ...policies.map((one) => policy(one)),
    ];
    expect(ask(manifests({ ...WEB, egress: [] }), 'web', 'db')).toBe('yes');
    expect(ask(manifests({ podSelector: {}, policyTypes: ['Ingress'] }), 'db', 'web')).toBe('yes');
    const toWeb = { podSelector: { matchLabels: APP.batch }, policyTypes: ['Egress' as const] };
    expect(
      ask(manifests({ ...toWeb, egress: [{ to: [{ podSelector: { matchLabels: APP.web } }] }] }), 'batch', 'web'),
    ).toBe('no');
    expect(ask(manifests({ ...toWeb, egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }), 'batch', 'web')).toBe(
      'yes',
    );
    // a pod on the same node
    const closed = manifests({ podSelector: { matchLabels: APP.db }, policyTypes: ['Ingress'] });
    expect(ask(closed, 'web', 'db')).toBe('maybe');
    expect(edgesOf(closed)).toContain('shop/web shop/db TCP 1-65535? UDP 1-65535? SCTP 1-65535?');
  });
});

describe('what manifests do not say', () => {
  test('labels of the namespaces of others, but for their name', () => {
    const manifests = (peer: k8s.NetworkPolicyPeer) => [
      template('web', APP.web, {}, 'theirs'),
      template('db', APP.db),
      policy({ ...DB, ingress: [{ from: [peer] }] }),
    ];
    expect(ask(manifests({ namespaceSelector: { matchLabels: { team: 'a' } } }), 'theirs/web', 'db')).toBe('maybe');
    expect(ask(manifests(byName('theirs')), 'theirs/web', 'db')).toBe('yes');
    expect(ask(manifests(byName('ours')), 'theirs/web', 'db')).toBe('no');
  });

  test('labels that a controller gives', () => {
    const one = { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } };
    expect(ask(shop({ ...DB, ingress: [{ from: [{ podSelector: one }] }] }), 'web', 'db')).toBe('maybe');
    // a policy that may select the pod may close it; what such a policy allows for sure is open
    const toBatch = [{ to: [{ podSelector: { matchLabels: APP.batch } }], ports: TCP(80) }];
    const member: Policy = { podSelector: one, policyTypes: ['Egress'], egress: toBatch };
    expect(ask(shop(member), 'db', 'web')).toBe('maybe');
    expect(ask(shop(member), 'db', 'batch', 80)).toBe('yes');
    expect(ask(shop({ podSelector: {}, policyTypes: ['Egress'] }, member), 'db', 'batch', 80)).toBe('maybe');
    expect(ask(shop({ podSelector: {}, policyTypes: ['Egress'] }, member), 'db', 'web', 80)).toBe('no');
  });

  test('policies of other APIs, in the directions that they have rules for', () => {
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'c', namespace: 'shop' },
      spec: { endpointSelector: { matchLabels: APP.db }, ingress: [{}] },
    };
    expect(ask([...shop(DB), cilium], 'web', 'db')).toBe('maybe');
    expect(ask([...shop(), cilium], 'db', 'web')).toBe('yes');
  });

  test('a set that cannot be read has no answer', () => {
    expect(() => reachability([...shop(), { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' }])).toThrow(
      /not all manifests can be read.*metadata/,
    );
  });
});

describe('outside', () => {
  const outsideOf = (one: Policy) =>
    edgesOf([...shop(one)]).filter((edge) => edge.includes('shop/db ') && edge.includes('{'));

  test('blocks, and pods that the set does not have', () => {
    const kubeDns = { ...byName('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
    const monitoring = byName('monitoring');
    const gone = { podSelector: { matchLabels: { app: 'gone' } } };
    const own = { podSelector: { matchLabels: APP.web } };
    const found = outsideOf({
      podSelector: { matchLabels: APP.db },
      egress: [{ to: [kubeDns, own], ports: [{ port: 53, protocol: 'UDP' }] }],
      ingress: [
        { from: [monitoring, gone, own], ports: TCP(9187) },
        { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }], ports: TCP(5432) },
        { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }], ports: TCP(5433) },
      ],
    });
    expect(found.sort()).toEqual(
      [
        `shop/db ${JSON.stringify(kubeDns)} UDP 53`,
        `${JSON.stringify(monitoring)} shop/db TCP 9187`,
        `${JSON.stringify(gone)} shop/db TCP 9187`,
        '{"ipBlock":{"cidr":"10.0.0.0/24"}} shop/db TCP 5432-5433',
      ].sort(),
    );
  });

  test('every namespace is more than those of the set', () => {
    expect(outsideOf({ ...DB, ingress: [{ from: [{ namespaceSelector: {} }], ports: TCP(1) }] })).toEqual([
      '{"namespaceSelector":{}} shop/db TCP 1',
    ]);
  });
});

test('a namespace that the set lacks, among those that it has, is outside', () => {
  const key = 'kubernetes.io/metadata.name';
  const either = (...values: string[]) => ({
    namespaceSelector: { matchExpressions: [{ key, operator: 'In' as const, values }] },
  });
  const found = (...names: string[]) =>
    edgesOf(shop({ ...DB, ingress: [{ from: [either(...names)], ports: TCP(1) }] })).filter((edge) =>
      edge.includes('In'),
    );
  expect(found('shop', 'shop2')).toEqual([]);
  expect(found('shop', 'monitoring')).toEqual([`${JSON.stringify(either('shop', 'monitoring'))} shop/db TCP 1`]);
});

test('every kind that runs pods is read', () => {
  const spec = { containers: [{ name: 'a', image: 'a' }], restartPolicy: 'Never' };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'job', namespace: 'shop' },
    spec: { template: { spec } },
  };
  const cron = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'cron', namespace: 'shop' },
    spec: { schedule: '@daily', jobTemplate: { spec: { template: { metadata: { labels: APP.batch }, spec } } } },
  };
  const reach = reachability([
    job,
    cron,
    policy({ podSelector: { matchLabels: APP.batch }, policyTypes: ['Ingress'] }),
  ]);
  expect(reach.pods.map(nameOf)).toEqual(['shop/job', 'shop/cron']);
  expect(reach.verdict(reach.pods[0]!, reach.pods[1]!, 80).reaches).toBe('no');
  expect(reach.verdict(reach.pods[1]!, reach.pods[0]!, 80).reaches).toBe('yes');
});

test('a thousand isolated pods take seconds, not minutes, and their edges grow with their rules', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const own = `ns${i % 50}`;
      const next = { app: `a${i + 50}` };
      return [
        template(`a${i}`, { app: `a${i}` }, {}, own),
        policy(
          {
            namespace: own,
            podSelector: { matchLabels: { app: `a${i}` } },
            policyTypes: ['Ingress', 'Egress'],
            egress: [
              { to: [{ podSelector: { matchLabels: next } }], ports: TCP(80) },
              { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: TCP(443) },
            ],
            ingress: [
              { from: [{ podSelector: {} }], ports: TCP(80) },
              { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }], ports: TCP(8080) },
            ],
          },
          `a${i}`,
        ),
      ];
    }).flat();
  const start = performance.now();
  const { edges } = reachability(many(1000));
  // to the next pod, which the last of each namespace does not have; to all addresses; from those of a block
  expect(edges.filter(({ from, to }) => 'manifest' in from && 'manifest' in to)).toHaveLength(950);
  expect(edges).toHaveLength(3000);
  expect(performance.now() - start).toBeLessThan(20_000);
}, 60_000);
