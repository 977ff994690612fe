import { findingsIn, namespace, of, policy, set, workload } from './support';

describe("network-policies/ambient: Istio's ambient mode", () => {
  const RULE = 'network-policies/ambient';
  const FIELD = "warning spec.template.metadata.labels['istio.io/dataplane-mode']";
  const AMBIENT = namespace('shop', '{ istio.io/dataplane-mode: ambient }');
  const web = workload({});
  const ingress = (from: string, port: number) =>
    policy(`podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [${from}], ports: [{ port: ${port} }] }]`);
  const egress = (to: string, port: number) =>
    policy(`podSelector: {}, policyTypes: [Egress], egress: [{ to: [${to}], ports: [{ port: ${port} }] }]`);
  const POD = '{ podSelector: {} }';
  const OTHER = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }';
  const VPC = '{ ipBlock: { cidr: 10.0.0.0/16 } }';
  const PROBED = workload({ container: 'readinessProbe: { httpGet: { path: /, port: 8080 } }' });
  const PROBES = policy(
    'podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ ipBlock: { cidr: 169.254.7.127/32 } }] }]',
  ).replace('name: policy', 'name: probes');

  test.each<[string, string, string[]]>([
    ['calls to a pod', set(AMBIENT, web, ingress(POD, 8080)), [FIELD]],
    ['calls by the tunnel', set(AMBIENT, web, ingress(POD, 15008)), []],
    ['calls of load balancers alone', set(AMBIENT, web, ingress(VPC, 8080)), []],
    [
      'calls of everyone',
      set(AMBIENT, web, policy('podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }]')),
      [FIELD],
    ],
    ['a pod that nobody may call', set(AMBIENT, web, policy('podSelector: {}, policyTypes: [Ingress]')), []],
    ['calls to other pods', set(AMBIENT, web, egress(POD, 5432)), [FIELD]],
    ['calls to other pods by the tunnel', set(AMBIENT, web, egress(POD, 15008)), []],
    ['names alone', set(AMBIENT, web, egress('{ namespaceSelector: {} }', 53)), []],
    ['calls out of the cluster', set(AMBIENT, web, egress('{ ipBlock: { cidr: 0.0.0.0/0 } }', 443)), []],
    ['no policies', set(AMBIENT, web), []],
    [
      'names and a database',
      set(AMBIENT, web, egress(POD, 53).replace('port: 53 }', 'port: 53 }, { port: 5432 }')),
      [FIELD],
    ],
    [
      'calls to all ports of other pods',
      set(AMBIENT, web, policy(`podSelector: {}, policyTypes: [Egress], egress: [{ to: [${POD}] }]`)),
      [],
    ],
    [
      'an empty list of ports',
      set(AMBIENT, web, policy(`podSelector: {}, policyTypes: [Egress], egress: [{ to: [${POD}], ports: [] }]`)),
      [],
    ],
    [
      'one rule of two for the tunnel',
      set(AMBIENT, web, ingress(POD, 8080), ingress(POD, 15008).replace('name: policy', 'name: tunnel')),
      [],
    ],
    ['load balancers and pods in one rule', set(AMBIENT, web, ingress(`${VPC}, ${POD}`, 8080)), [FIELD]],
    ['calls of a namespace that nobody lets join', set(AMBIENT, web, ingress(OTHER, 8080)), []],
    [
      'calls of a namespace that joins',
      set(AMBIENT, web, ingress(OTHER, 8080), namespace('monitoring', '{ istio.io/dataplane-mode: ambient }')),
      [FIELD],
    ],
    [
      'calls of a namespace with sidecars',
      set(AMBIENT, web, ingress(OTHER, 8080), namespace('monitoring', '{ istio-injection: enabled }')),
      [FIELD],
    ],
    ['calls of a namespace by other labels', set(AMBIENT, web, ingress('{ namespaceSelector: {} }', 8080)), [FIELD]],
    ['a namespace of no mesh', set(namespace(), web, ingress(POD, 8080)), []],
    [
      'a pod that is left out',
      set(AMBIENT, workload({ labels: '{ app: web, istio.io/dataplane-mode: none }' }), ingress(POD, 8080)),
      [],
    ],
    [
      'a pod that joins by itself',
      set(namespace(), workload({ labels: '{ app: web, istio.io/dataplane-mode: ambient }' }), ingress(POD, 8080)),
      [FIELD],
    ],
    ['probes', set(AMBIENT, PROBED, ingress(POD, 15008)), [FIELD]],
    [
      'probes of IPv6 that are let in',
      set(
        AMBIENT,
        PROBED,
        ingress(POD, 15008),
        PROBES.replace('169.254.7.127/32', "'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'"),
      ),
      [],
    ],
    ['probes that are let in', set(AMBIENT, PROBED, ingress(POD, 15008), PROBES), []],
    [
      'probes of one container of two',
      set(
        AMBIENT,
        PROBED.replace('containers: [', "containers: [{ name: side, image: 'a/b:1' }, "),
        ingress(POD, 15008),
      ),
      [FIELD],
    ],
    [
      'probes that are let in beside others',
      set(AMBIENT, PROBED, ingress(POD, 15008), PROBES.replace('from: [', `from: [${VPC}, `)),
      [],
    ],
    [
      'probes by a command',
      set(AMBIENT, workload({ container: "readinessProbe: { exec: { command: ['true'] } }" }), ingress(POD, 15008)),
      [],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });

  test('is reported once for a namespace', () => {
    const yaml = (...more: string[]) => set(AMBIENT, web, ...more, ingress(POD, 8080));
    expect(of(RULE, yaml(workload({ name: 'api' })))).toEqual([FIELD]);
    const [found] = findingsIn(yaml(workload({ name: 'api' }))).filter(({ rule }) => rule === RULE);
    expect(found!.message).toMatch(/close port 15008 for calls to it, as those of 1 more$/);
    const [single] = findingsIn(yaml()).filter(({ rule }) => rule === RULE);
    expect(single!.message).toMatch(/close port 15008 for calls to it$/);
  });
});
