/** Policies of Cilium, Calico, AWS and cluster administrators beside NetworkPolicies. */
import { of, policy, service, set, workload } from './support';

const RULE = 'connections/undeclared';
const DENY = policy('podSelector: {}, policyTypes: [Ingress, Egress]');
const CALLER = workload({ name: 'web', container: "env: [{ name: DB, value: 'tcp://db:5432' }]" });
const CALLED = set(workload({ name: 'db' }), service('selector: { app: db }, ports: [{ port: 5432 }]', 'db'));
const other = (apiVersion: string, kind: string, spec: string, ns = 'shop') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: other${ns && `, namespace: ${ns}`} }, spec: { ${spec} } }`;
const cilium = (spec: string, ns?: string) => other('cilium.io/v2', 'CiliumNetworkPolicy', spec, ns);
const clusterwide = (spec: string) => other('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', spec, '');
const OPEN = 'egress: [{}], ingress: [{}]';
const BOTH = (action: string) =>
  `subject: { namespaces: {} }, egress: [{ action: ${action}, to: [{ namespaces: {} }] }], ingress: [{ action: ${action}, from: [{ namespaces: {} }] }]`;

/** Whether the connection from web to db is judged, egress of web and ingress of db being closed. */
test.each<[string, string, boolean]>([
  [
    'Cilium: the caller, whose called is still closed',
    cilium(`endpointSelector: { matchLabels: { app: web } }, ${OPEN}`),
    true,
  ],
  ['Cilium: both', cilium(`endpointSelector: {}, ${OPEN}`), false],
  ['Cilium: both, without a direction', cilium('endpointSelector: {}'), false],
  ['Cilium: both, one direction', cilium('endpointSelector: {}, egress: [{}]'), true],
  ['Cilium: other pods', cilium(`endpointSelector: { matchLabels: { app: other } }, ${OPEN}`), true],
  ['Cilium: another namespace', cilium(`endpointSelector: {}, ${OPEN}`, 'other'), true],
  [
    'Cilium: both by a key with its source',
    cilium(`endpointSelector: { matchExpressions: [{ key: 'k8s:app', operator: In, values: [web, db] }] }, ${OPEN}`),
    false,
  ],
  ['Cilium: no selector', cilium(OPEN), false],
  [
    'Cilium of the cluster: a namespace',
    clusterwide(`endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': shop } }, ${OPEN}`),
    false,
  ],
  [
    'Cilium of the cluster: another one',
    clusterwide(`endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': other } }, ${OPEN}`),
    true,
  ],
  [
    'Cilium of the cluster: labels of namespaces',
    clusterwide(`endpointSelector: { matchLabels: { 'io.cilium.k8s.namespace.labels.team': a } }, ${OPEN}`),
    false,
  ],
  ['Cilium of the cluster: nodes', clusterwide(`nodeSelector: {}, ${OPEN}`), true],
  ['Calico: all', other('projectcalico.org/v3', 'NetworkPolicy', 'selector: all(), types: [Ingress, Egress]'), false],
  ['Calico: one', other('projectcalico.org/v3', 'NetworkPolicy', `selector: "app == 'other'"`), true],
  [
    'Calico of the cluster',
    other('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', `selector: "has(app)"`, ''),
    false,
  ],
  [
    'AWS',
    other('networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', `podSelector: {}, policyTypes: [Ingress, Egress]`),
    false,
  ],
  [
    'AWS: egress',
    other('networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', `podSelector: {}, policyTypes: [Egress]`),
    true,
  ],
  [
    'AWS: names outside of the cluster',
    other(
      'networking.k8s.aws/v1alpha1',
      'ApplicationNetworkPolicy',
      `podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{ to: [{ domainNames: [a.example.com] }] }]`,
    ),
    true,
  ],
  [
    'AWS: of the whole cluster',
    other('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', `${BOTH('Accept')}, tier: Admin`, ''),
    false,
  ],
  [
    'AWS: of the whole cluster, which denies',
    other('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', `${BOTH('Deny')}, tier: Admin`, ''),
    true,
  ],
  [
    'AWS: of the whole cluster, which passes on',
    other('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', `${BOTH('Pass')}, tier: Admin`, ''),
    true,
  ],
  [
    'AWS: of the whole cluster, for what nothing else decides',
    other('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', `${BOTH('Accept')}, tier: Baseline`, ''),
    true,
  ],
  [
    'administrators: namespaces',
    other('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', `subject: { namespaces: {} }, ${OPEN}`, ''),
    false,
  ],
  [
    'administrators: pods',
    other(
      'policy.networking.k8s.io/v1alpha1',
      'AdminNetworkPolicy',
      `subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: x } } } }, ${OPEN}`,
      '',
    ),
    true,
  ],
  [
    'administrators: for pods without policies',
    other(
      'policy.networking.k8s.io/v1alpha1',
      'BaselineAdminNetworkPolicy',
      `subject: { namespaces: {} }, ${OPEN}`,
      '',
    ),
    true,
  ],
  ['a form that is not known', cilium('endpointSelector: [1], egress: 7'), true],
])('%s', (_what, yaml, judged) => {
  expect(of(RULE, set(CALLER, CALLED, DENY, yaml))).toHaveLength(judged ? 1 : 0);
});

test('who calls from outside', () => {
  const balancer = service(
    'type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: { app: db }, ports: [{ port: 80 }]',
    'out',
  );
  const found = (yaml: string) => of('load-balancers/closed-backend', set(balancer, CALLED, DENY, yaml));
  expect(found(cilium(`endpointSelector: { matchLabels: { app: db } }, ${OPEN}`))).toEqual([]);
  expect(found(cilium(`endpointSelector: { matchLabels: { app: web } }, ${OPEN}`))).toEqual(['error']);
});

test('a namespace whose pods only they select has policies', () => {
  const found = (yaml: string) => of('security/no-network-policy', set(CALLER, yaml));
  expect(found(cilium('endpointSelector: {}'))).toEqual([]);
  expect(found(cilium('endpointSelector: { matchLabels: { app: x } }'))).toEqual(['advice']);
});
