import type { k8s } from 'cdk8s-eks-patterns';
import * as fc from 'fast-check';
import type { PolicySet, RunningPod } from '../network-policies';

const NAMESPACES = ['shop', 'shop2', 'infra'] as const;
/** Few keys and values, so that selectors often select something, and an empty value, which is a value. */
const KEYS = ['app', 'tier', 'x'] as const;
const VALUES = ['web', 'db', ''] as const;
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
const PORTS = [53, 80, 81, 90] as const;
const NAMES = ['http', 'dns', 'other'] as const;
/** Ranges around the addresses below, with exceptions that hold some of them. */
const BLOCKS: readonly k8s.IPBlock[] = [
  { cidr: '0.0.0.0/0' },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
  { cidr: '10.0.0.0/8', except: ['10.0.1.0/24', '10.0.0.4/30'] },
  { cidr: '10.0.0.0/24' },
  { cidr: '10.0.0.0/24', except: ['10.0.0.0/25'] },
  { cidr: '10.0.1.128/25', except: ['10.0.1.200/32'] },
  { cidr: '10.0.0.4/32' },
  { cidr: '198.51.100.0/24' },
  { cidr: '128.0.0.0/1', except: ['198.51.0.0/16', '192.0.0.0/3'] },
  { cidr: '::/0' },
  { cidr: 'fd00::/64', except: ['fd00::8000:0/97'] },
  { cidr: '2001:db8::/32' },
];
const IPS = ['10.0.0.4', '10.0.0.7', '10.0.0.129', '10.0.1.5', '10.0.1.200', 'fd00::5', 'fd00::9000:1'] as const;
const ADDRESSES = ['10.0.0.5', '10.0.1.201', '198.51.100.7', '203.0.113.9', '2001:db8::1', 'fd00::6'] as const;

/** Nothing, an empty list, or some of something: the three mean different things. */
const some = <T>(one: fc.Arbitrary<T>, max: number): fc.Arbitrary<T[] | undefined> =>
  fc.oneof(fc.constant(undefined), fc.constant<T[]>([]), {
    weight: 6,
    arbitrary: fc.array(one, { minLength: 1, maxLength: max, size: 'max' }),
  });

const labels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 3, size: 'max' });

const expression: fc.Arbitrary<k8s.LabelSelectorRequirement> = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.subarray([...VALUES], { minLength: 1 }),
  }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
);

const selector: fc.Arbitrary<k8s.LabelSelector> = fc.oneof(
  fc.constant({}),
  { weight: 3, arbitrary: labels.map((matchLabels) => ({ matchLabels })) },
  {
    weight: 2,
    arbitrary: fc.array(expression, { maxLength: 2 }).map((matchExpressions) => ({ matchExpressions })),
  },
  fc.tuple(labels, expression).map(([matchLabels, one]) => ({ matchLabels, matchExpressions: [one] })),
);

const byName = fc
  .constantFrom(...NAMESPACES)
  .map((name): k8s.LabelSelector => ({ matchLabels: { 'kubernetes.io/metadata.name': name } }));
const ofNamespaces = fc.oneof(selector, byName);

const peer: fc.Arbitrary<k8s.NetworkPolicyPeer> = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  ofNamespaces.map((namespaceSelector) => ({ namespaceSelector })),
  fc.tuple(ofNamespaces, selector).map(([namespaceSelector, podSelector]) => ({ namespaceSelector, podSelector })),
  fc.constantFrom(...BLOCKS).map((ipBlock) => ({ ipBlock })),
);

const protocol = fc.option(fc.constantFrom(...PROTOCOLS), { nil: undefined });
const port: fc.Arbitrary<k8s.NetworkPolicyPort> = fc
  .oneof(
    fc.constant({}),
    fc.record({
      port: fc.oneof<fc.Arbitrary<number | string>[]>(fc.constantFrom(...PORTS), fc.constantFrom(...NAMES)),
    }),
    fc
      .tuple(fc.constantFrom(...PORTS), fc.constantFrom(...PORTS))
      .map(([a, b]) => ({ port: Math.min(a, b), endPort: Math.max(a, b) })),
  )
  .chain((ports) => protocol.map((one) => ({ ...ports, ...(one === undefined ? {} : { protocol: one }) })));

const rule = fc.tuple(some(peer, 3), some(port, 3));
const types = fc.constantFrom<readonly ('Ingress' | 'Egress')[] | undefined>(
  undefined,
  [],
  ['Ingress'],
  ['Egress'],
  ['Ingress', 'Egress'],
);

const policy = (name: string): fc.Arbitrary<k8s.NetworkPolicy> =>
  fc
    .record({
      namespace: fc.constantFrom(...NAMESPACES),
      podSelector: selector,
      policyTypes: types,
      ingress: some(
        rule.map(([from, ports]) => ({ from, ports })),
        3,
      ),
      egress: some(
        rule.map(([to, ports]) => ({ to, ports })),
        3,
      ),
    })
    .map(
      ({ namespace, ...spec }): k8s.NetworkPolicy =>
        JSON.parse(
          JSON.stringify({
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name, namespace },
            spec,
          }),
        ),
    );

const containerPort: fc.Arbitrary<k8s.ContainerPort> = fc
  .tuple(fc.constantFrom(...PORTS), fc.constantFrom(...NAMES), protocol, fc.boolean())
  .map(([number, name, of, named]) => ({
    containerPort: number,
    ...(named ? { name } : {}),
    ...(of === undefined ? {} : { protocol: of }),
  }));

const pod = (ip: string): fc.Arbitrary<RunningPod> =>
  fc.record({
    namespace: fc.constantFrom(...NAMESPACES),
    labels,
    ip: fc.constant(ip),
    hostNetwork: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    ports: fc.array(containerPort, { maxLength: 3, size: 'max' }),
  });

/** Pods in three namespaces, policies over them, addresses outside, and the ports on which connections are tried. */
export const policySet: fc.Arbitrary<PolicySet> = fc.record({
  namespaces: fc.record({ shop: labels, shop2: labels, infra: labels }),
  pods: fc.subarray([...IPS], { minLength: 3, maxLength: 5 }).chain((ips) => fc.tuple(...ips.map(pod))),
  policies: fc
    .integer({ min: 1, max: 6 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => policy(`n${i}`)))),
  addresses: fc.subarray([...ADDRESSES], { minLength: 1, maxLength: 2 }),
  ports: fc.uniqueArray(fc.record({ port: fc.constantFrom(...PORTS, 54), protocol: fc.constantFrom(...PROTOCOLS) }), {
    minLength: 6,
    maxLength: 6,
    selector: (one) => `${one.port}${one.protocol}`,
  }),
});
