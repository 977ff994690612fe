/** Forms of NetworkPolicies, Ingresses and affinities; every case was tried on an API server of 1.35 and 1.36. */
import { review } from '../../../review/review';
import { of, setOf } from './support';

const meta = (more = '') => `metadata: { name: p, namespace: default${more && `, ${more}`} }`;
const policy = (spec: string) =>
  `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, ${meta()}, spec: { podSelector: {}, ${spec} } }`;
const block = (text: string) => policy(`ingress: [{ from: [{ ipBlock: { ${text} } }] }]`);
const port = (text: string) => policy(`egress: [{ ports: [{ ${text} }] }]`);
const at = (version: string, yaml: string) =>
  review({ inventory: setOf(yaml).inventory, kubernetesVersion: version }).flatMap(({ rule, severity, field }) =>
    rule === 'network-policies/form' ? [`${severity} ${field}`] : [],
  );

describe('network-policies/form', () => {
  const CIDR = 'spec.ingress[0].from[0].ipBlock.cidr';
  const EXCEPT = 'spec.ingress[0].from[0].ipBlock.except[0]';
  const PORT = 'spec.egress[0].ports[0].port';
  const END = 'spec.egress[0].ports[0].endPort';

  test.each<[string, string, string[]]>([
    ['an address', block('cidr: 10.0.0.0'), [`error ${CIDR}`]],
    ['nothing', block("cidr: ''"), [`error ${CIDR}`]],
    ['too many bits', block('cidr: 10.0.0.0/33'), [`error ${CIDR}`]],
    ['IPv6', block("cidr: '2001:db8::/32'"), []],
    ['an exception within', block('cidr: 10.0.0.0/8, except: [10.1.0.0/16]'), []],
    ['an exception of IPv6 within', block("cidr: '2001:db8::/32', except: ['2001:db8:1::/48']"), []],
    ['an exception outside', block('cidr: 10.0.0.0/8, except: [192.168.0.0/16]'), [`error ${EXCEPT}`]],
    ['an exception of IPv6 outside', block("cidr: '2001:db8::/32', except: ['2001:db9::/48']"), [`error ${EXCEPT}`]],
    ['all as exception', block('cidr: 10.0.0.0/8, except: [10.0.0.0/8]'), [`error ${EXCEPT}`]],
    ['an exception that is wider', block('cidr: 10.1.0.0/16, except: [10.0.0.0/8]'), [`error ${EXCEPT}`]],
    ['an exception of the other family', block("cidr: 10.0.0.0/8, except: ['2001:db8::/32']"), [`error ${EXCEPT}`]],
    ['an exception without its prefix', block('cidr: 10.0.0.0/8, except: [10.1.0.0]'), [`error ${EXCEPT}`]],
    [
      'a range and a selector',
      policy('ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }] }]'),
      ['error spec.ingress[0].from[0]'],
    ],
    ['an empty peer', policy('egress: [{ to: [{}] }]'), ['error spec.egress[0].to[0]']],
    ['no peers', policy('egress: [{}], ingress: [{ from: [] }]'), []],
    ['three types', policy('policyTypes: [Ingress, Egress, Egress]'), ['error spec.policyTypes']],
    ['a port by name', port('port: http'), []],
    ['capitals in a port', port('port: Http'), [`error ${PORT}`]],
    ['a long port', port('port: abcdefghijklmnop'), [`error ${PORT}`]],
    ['a number as text', port("port: '8080'"), [`error ${PORT}`]],
    ['a number that is too high', port('port: 70000'), [`error ${PORT}`]],
    ['a range of ports', port('port: 100, endPort: 200'), []],
    ['a range of one port', port('port: 100, endPort: 100'), []],
    ['a range backwards', port('port: 100, endPort: 90'), [`error ${END}`]],
    ['a range from a name', port('port: http, endPort: 90'), [`error ${END}`]],
    ['a range from nothing', port('endPort: 90'), [`error ${END}`]],
    ['a range that ends too high', port('port: 80, endPort: 70000'), [`error ${END}`]],
  ])('%s', (_what, yaml, expected) => {
    expect(at('1.35', yaml)).toEqual(expected);
    expect(at('1.36', yaml)).toEqual(expected);
  });

  test.each([
    ['host bits', '10.0.0.1/8'],
    ['host bits of IPv6', '2001:db8::1/32'],
    ['zeros in front', '010.0.0.0/8'],
    ['IPv4 in IPv6', '::ffff:10.0.0.0/104'],
  ])('%s are refused from 1.36 on', (_what, cidr) => {
    expect(at('1.35', block(`cidr: '${cidr}'`))).toEqual([`warning ${CIDR}`]);
    expect(at('1.36', block(`cidr: '${cidr}'`))).toEqual([`error ${CIDR}`]);
  });

  test('a port that is refused is not looked up', () => {
    const pod =
      '{ apiVersion: v1, kind: Pod, metadata: { name: w, namespace: default }, spec: { containers: [{ name: c, image: a }] } }';
    const both = `${pod}\n---\n${policy("ingress: [{ ports: [{ port: '8080' }] }]")}`;
    expect(of('selectors/policy-port', both)).toEqual([]);
  });
});

describe('ingress/form', () => {
  const BACKEND = 'service: { name: web, port: { number: 80 } }';
  const ingress = (spec: string, more = '') =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, ${meta(more)}, spec: { ${spec} } }`;
  const backend = (text: string) => ingress(`defaultBackend: { ${text} }`);
  const path = (text: string, type = 'Prefix') =>
    ingress(`rules: [{ http: { paths: [{ path: ${text}, pathType: ${type}, backend: { ${BACKEND} } }] } }]`);
  const host = (text: string) => ingress(`rules: [{ host: '${text}' }]`);
  const PATH = ['error spec.rules[0].http.paths[0].path'];
  const HOST = ['error spec.rules[0].host'];
  const PORT = ['error spec.defaultBackend.service.port'];

  test.each<[string, string, string[]]>([
    ['nothing', ingress('ingressClassName: alb'), ['error spec']],
    ['no rules', ingress('rules: []'), ['error spec']],
    ['an empty rule', ingress('rules: [{}]'), []],
    ['no paths', ingress('rules: [{ http: { paths: [] } }]'), ['error spec.rules[0].http.paths']],
    ['a path without a slash', path('a'), PATH],
    ['an empty path', path("''"), PATH],
    ['an empty path of the controller', path("''", 'ImplementationSpecific'), []],
    ['a path of the controller without a slash', path('a', 'ImplementationSpecific'), PATH],
    ['two slashes', path('/a//b'), PATH],
    ['two slashes of the controller', path('/a//b', 'ImplementationSpecific'), []],
    ['the folder above', path('/a/..', 'Exact'), PATH],
    ['the folder itself', path('/a/./b'), PATH],
    ['a slash in code', path("'/a%2fb'"), PATH],
    ['a slash at the end', path('/a/'), []],
    ['dots in a name', path('/a/..b'), []],
    ['an address as host', host('10.0.0.1'), HOST],
    ['a host with a port', host('a.example.com:80'), HOST],
    ['a host with a scheme', host('https://a.example.com'), HOST],
    ['capitals in a host', host('A.example.com'), HOST],
    ['a wildcard in the middle', host('a.*.com'), HOST],
    ['a wildcard alone', host('*'), HOST],
    ['a wildcard in front', host('*.example.com'), []],
    ['an underscore', host('a_b.example.com'), HOST],
    [
      'a host of TLS',
      ingress(`defaultBackend: { ${BACKEND} }, tls: [{ hosts: [A_b] }]`),
      ['error spec.tls[0].hosts[0]'],
    ],
    ['an address of TLS', ingress(`defaultBackend: { ${BACKEND} }, tls: [{ hosts: [10.0.0.1, '*.a.b'] }]`), []],
    ['two ports', backend('service: { name: web, port: { number: 80, name: http } }'), PORT],
    ['no port', backend('service: { name: web, port: {} }'), PORT],
    ['no port at all', backend('service: { name: web }'), PORT],
    ['a port that is too high', backend('service: { name: web, port: { number: 70000 } }'), PORT],
    ['an underscore in a port', backend('service: { name: web, port: { name: use_annotation } }'), PORT],
    ['an action', backend('service: { name: web, port: { name: use-annotation } }'), []],
    [
      'two backends',
      backend(`${BACKEND}, resource: { apiGroup: a.b, kind: A, name: a }`),
      ['error spec.defaultBackend'],
    ],
    ['no backend', backend(''), ['error spec.defaultBackend']],
    ['a resource', backend('resource: { apiGroup: a.b, kind: A, name: a }'), []],
    [
      'capitals in a Service',
      backend('service: { name: Web, port: { number: 80 } }'),
      ['error spec.defaultBackend.service.name'],
    ],
    [
      'two classes',
      ingress(
        `ingressClassName: alb, defaultBackend: { ${BACKEND} }`,
        'annotations: { kubernetes.io/ingress.class: nginx }',
      ),
      ['error spec.ingressClassName'],
    ],
    [
      'one class twice',
      ingress(
        `ingressClassName: alb, defaultBackend: { ${BACKEND} }`,
        'annotations: { kubernetes.io/ingress.class: alb }',
      ),
      [],
    ],
    [
      'a class that is no name',
      ingress(`ingressClassName: '', defaultBackend: { ${BACKEND} }`),
      ['error spec.ingressClassName'],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of('ingress/form', yaml)).toEqual(expected);
  });

  test('what is refused is told once', () => {
    const service =
      '{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: default }, spec: { ports: [{ port: 80 }] } }';
    const both = `${service}\n---\n${backend('service: { name: web, port: {} }')}`;
    expect(of('ingress/backend-port', both)).toEqual([]);
    const classes = ingress(
      `ingressClassName: a, defaultBackend: { ${BACKEND} }`,
      'annotations: { kubernetes.io/ingress.class: b }',
    );
    expect(of('ingress/class', classes)).toEqual([]);
  });
});

describe('placement/affinity', () => {
  const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
  const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
  const pod = (affinity: string) =>
    `{ apiVersion: v1, kind: Pod, ${meta()}, spec: { affinity: { ${affinity} }, containers: [{ name: c, image: 'a:1' }] } }`;
  const term = (text: string) => pod(`podAntiAffinity: { ${REQUIRED}: [{ ${text} }] }`);
  const preferred = (text: string) => pod(`podAffinity: { ${PREFERRED}: [{ ${text} }] }`);
  const nodes = (text: string) => pod(`nodeAffinity: { ${REQUIRED}: { nodeSelectorTerms: [${text}] } }`);
  const TERM = `spec.affinity.podAntiAffinity.${REQUIRED}[0]`;
  const PREFERENCE = `spec.affinity.podAffinity.${PREFERRED}[0]`;
  const NODES = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
  const SELECTOR = 'labelSelector: { matchLabels: { a: b } }';

  test.each<[string, string, string[]]>([
    ['no key', term("topologyKey: ''"), [`error ${TERM}.topologyKey`]],
    ['a key with a space', term("topologyKey: 'a b'"), [`error ${TERM}.topologyKey`]],
    ['a key', term(`topologyKey: topology.kubernetes.io/zone, ${SELECTOR}`), []],
    ['a namespace with capitals', term('topologyKey: a, namespaces: [A_b]'), [`error ${TERM}.namespaces`]],
    ['keys without a selector', term('topologyKey: a, matchLabelKeys: [x]'), [`error ${TERM}.labelSelector`]],
    [
      'a key in both lists',
      term(`topologyKey: a, matchLabelKeys: [x], mismatchLabelKeys: [x], ${SELECTOR}`),
      [`error ${TERM}.matchLabelKeys`],
    ],
    ['keys beside a selector', term(`topologyKey: a, matchLabelKeys: [x, x], ${SELECTOR}`), []],
    ['a weight of 0', preferred('weight: 0, podAffinityTerm: { topologyKey: a }'), [`error ${PREFERENCE}.weight`]],
    ['a weight of 101', preferred('weight: 101, podAffinityTerm: { topologyKey: a }'), [`error ${PREFERENCE}.weight`]],
    [
      'a preference without a key',
      preferred("weight: 1, podAffinityTerm: { topologyKey: '' }"),
      [`error ${PREFERENCE}.podAffinityTerm.topologyKey`],
    ],
    ['no terms of nodes', nodes(''), [`error ${NODES}`]],
    ['an empty term of nodes', nodes('{}'), []],
    [
      'a key of nodes with a space',
      nodes("{ matchExpressions: [{ key: 'a b', operator: Exists }] }"),
      [`error ${NODES}[0].matchExpressions[0].key`],
    ],
    [
      'a value with a space',
      nodes("{ matchExpressions: [{ key: a, operator: In, values: ['b c'] }] }"),
      [`error ${NODES}[0].matchExpressions[0].values`],
    ],
    ['a node by its name', nodes('{ matchFields: [{ key: metadata.name, operator: In, values: [a] }] }'), []],
    [
      'two nodes by their names',
      nodes('{ matchFields: [{ key: metadata.name, operator: In, values: [a, b] }] }'),
      [`error ${NODES}[0].matchFields[0]`],
    ],
    [
      'another field',
      nodes('{ matchFields: [{ key: metadata.namespace, operator: In, values: [a] }] }'),
      [`error ${NODES}[0].matchFields[0]`],
    ],
    [
      'a preference of nodes',
      pod(
        `nodeAffinity: { ${PREFERRED}: [{ weight: 101, preference: { matchExpressions: [{ key: a, operator: Exists }] } }] }`,
      ),
      [`error spec.affinity.nodeAffinity.${PREFERRED}[0].weight`],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of('placement/affinity', yaml)).toEqual(expected);
  });
});

describe('objects/service-addresses', () => {
  const service = (spec: string, more = '') =>
    `{ apiVersion: v1, kind: Service, ${meta(more)}, spec: { ${spec}${spec && ', '}ports: [{ port: 80 }] } }`;
  const NLB = 'type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb';
  const annotated = (value: string) =>
    `annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: '${value}' }`;
  const FIELD = "metadata.annotations['service.beta.kubernetes.io/load-balancer-source-ranges']";

  test.each<[string, string, string[]]>([
    ['an address', service(`${NLB}, loadBalancerSourceRanges: [10.0.0.0]`), ['error spec.loadBalancerSourceRanges[0]']],
    ['ranges', service(`${NLB}, loadBalancerSourceRanges: [' 10.0.0.0/8 ', '2001:db8::/32']`), []],
    ['a range by annotation', service(NLB, annotated('10.0.0.0/8, 192.168.0.0/16')), []],
    ['a word by annotation', service(NLB, annotated('office')), [`error ${FIELD}`]],
    ['an annotation of another type', service('', annotated('10.0.0.0/8')), [`error ${FIELD}`]],
    ['a word as address', service('externalIPs: [a]'), ['error spec.externalIPs[0]']],
    ['the machine itself', service('externalIPs: [127.0.0.1]'), ['error spec.externalIPs[0]']],
    ['an external address', service('externalIPs: [203.0.113.7]'), []],
    [
      'a class with two slashes',
      service('type: LoadBalancer, loadBalancerClass: a/b/c'),
      ['error spec.loadBalancerClass'],
    ],
    ['a class without a domain', service('type: LoadBalancer, loadBalancerClass: nlb'), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('objects/service-addresses', yaml)).toEqual(expected);
  });
});

test.each<[string, string, string[]]>([
  ['a word', 'controller: alb', ['error spec.controller']],
  ['nothing', '', ['error spec.controller']],
  ['a domain and a path', 'controller: ingress.k8s.aws/alb', []],
  [
    'parameters without their namespace',
    'controller: a.b/c, parameters: { kind: A, name: b, scope: Namespace }',
    ['error spec.parameters.namespace'],
  ],
  ['parameters of the cluster', 'controller: a.b/c, parameters: { kind: A, name: b, scope: Cluster }', []],
])('an IngressClass with %s as controller', (_what, spec, expected) => {
  const yaml = `{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: c }, spec: { ${spec} } }`;
  expect(of('ingress/controller', yaml)).toEqual(expected);
});
