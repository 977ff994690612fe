import { KubeObject } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../../support/app';
import { foundInApp, namespace, of, policy, service, set, workload } from './support';

const PODS = "rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]";
const webhook = (call: string, more = '') =>
  `{ apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: { name: hook }, webhooks: [{ name: a.example.com, clientConfig: { ${call} }${more && `, ${more}`} }] }`;
const calls = (name = 'web', more = '') => webhook(`service: { namespace: shop, name: ${name} }`, more);
const api = (name: string) =>
  `{ apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: { name: v1.a.example.com }, spec: { group: a.example.com, version: v1, service: { namespace: shop, name: ${name}, port: 443 } } }`;
const definition = (name: string) =>
  `{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: as.example.com }, spec: { group: example.com, scope: Namespaced, names: { kind: A, plural: as }, conversion: { strategy: Webhook, webhook: { clientConfig: { service: { namespace: shop, name: ${name} } } } }, versions: [] } }`;

const SERVED = service('selector: { app: web }, ports: [{ port: 443, targetPort: http }]');
const FIELD = 'webhooks[0].clientConfig.service';

describe('webhooks/service-missing', () => {
  const missing = (...documents: string[]) => of('webhooks/service-missing', set(...documents));
  test.each([
    ['it is there', [workload(), SERVED, calls()], []],
    ['another name, in a namespace of the set', [namespace(), workload(), SERVED, calls('wbe')], [`error ${FIELD}`]],
    ['another name, where the set makes Services', [SERVED, calls('wbe')], [`warning ${FIELD}`]],
    ['a namespace that another set makes', [workload({ ns: 'other' }), calls('wbe')], []],
    ['a URL', [namespace(), workload(), webhook('url: https://a.example.com')], []],
    ['an aggregated API', [workload(), SERVED, api('wbe')], ['warning spec.service']],
    ['a conversion', [workload(), SERVED, definition('wbe')], ['warning spec.conversion.webhook.clientConfig.service']],
    ['definitions alone', [definition('wbe')], []],
  ])('%s', (_, documents, expected) => {
    expect(missing(...documents)).toEqual(expected);
  });

  test('declared as existing', () => {
    const existing = [{ kind: 'Service', namespace: 'shop', name: 'wbe' }];
    expect(of('webhooks/service-missing', set(workload(), SERVED, calls('wbe')), existing)).toEqual([]);
  });
});

test.each([
  ['443 by default', calls(), []],
  ['another', webhook('service: { namespace: shop, name: web, port: 8443 }'), [`error ${FIELD}`]],
  ['of an API', api('web'), []],
])('webhooks/service-port: %s', (_, hook, expected) => {
  expect(of('webhooks/service-port', set(SERVED, hook))).toEqual(expected);
});

describe('webhooks/unreachable', () => {
  const FOUND = [`warning ${FIELD}`];
  test.each([
    ['no policy', [], []],
    ['default deny', [policy('podSelector: {}, policyTypes: [Ingress]')], FOUND],
    ['default deny by default', [policy('podSelector: {}')], FOUND],
    ['a policy for egress only', [policy('podSelector: {}, policyTypes: [Egress]')], []],
    ['a policy for other pods', [policy('podSelector: { matchLabels: { app: x } }')], []],
    ['a policy of another namespace', [policy('podSelector: {}', 'other')], []],
    [
      'pods only',
      [policy('podSelector: {}, ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }]')],
      FOUND,
    ],
    [
      'addresses among others',
      [policy('podSelector: {}, ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }] }]')],
      [],
    ],
    ['an office', [policy('podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]')], FOUND],
    ['everyone', [policy('podSelector: {}, ingress: [{}]')], []],
    ['everyone, at its port', [policy('podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }]')], []],
    ['its port by name', [policy('podSelector: {}, ingress: [{ ports: [{ port: http }] }]')], []],
    ['a range with its port', [policy('podSelector: {}, ingress: [{ ports: [{ port: 8000, endPort: 9000 }] }]')], []],
    ['another port', [policy('podSelector: {}, ingress: [{ ports: [{ port: 9090 }] }]')], FOUND],
    ['its port in UDP', [policy('podSelector: {}, ingress: [{ ports: [{ port: 8080, protocol: UDP }] }]')], FOUND],
    ['addresses', [policy('podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]')], []],
    [
      'two policies, of which one opens',
      [
        policy('podSelector: {}'),
        policy('podSelector: { matchLabels: { app: web } }, ingress: [{}]').replace('name: policy', 'name: open'),
      ],
      [],
    ],
  ])('%s', (_, policies, expected) => {
    expect(of('webhooks/unreachable', set(workload(), SERVED, calls(), ...policies))).toEqual(expected);
  });

  test('pods in the network of their node are not isolated', () => {
    const yaml = set(workload({ pod: 'hostNetwork: true' }), SERVED, calls(), policy('podSelector: {}'));
    expect(of('webhooks/unreachable', yaml)).toEqual([]);
  });

  test('nothing enforces policies on Fargate', () => {
    const cluster =
      "{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: prod, region: us-west-2, version: '1.35' }, fargateProfiles: [{ name: f, selectors: [{ namespace: shop }] }] }";
    const yaml = set(cluster, workload(), SERVED, calls(), policy('podSelector: {}'));
    expect(of('webhooks/unreachable', yaml)).toEqual([]);
  });

  test('a webhook that calls a pattern of an isolated tenant is let in', () => {
    const tenant = newTenant();
    const guard = web({}, tenant, 'guard');
    new KubeObject(tenant, 'hook', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'hook' },
      webhooks: [
        {
          name: 'a.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { service: { namespace: 'shop', name: guard.node.id, port: 8080 } },
        },
      ],
    });
    expect(foundInApp(tenant, 'webhooks/')).toEqual([]);
  });
});

describe('webhooks/own-pods', () => {
  const FOUND = ['warning webhooks[0].namespaceSelector'];
  const others =
    'namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [shop] }] }';
  test.each([
    ['pods of every namespace', PODS, FOUND],
    ['all resources', "rules: [{ apiGroups: ['*'], operations: ['*'], resources: ['*'] }]", FOUND],
    ['other resources', 'rules: [{ apiGroups: [apps], operations: [CREATE], resources: [deployments] }]', []],
    ['subresources of pods', "rules: [{ apiGroups: [''], operations: ['*'], resources: ['pods/*'] }]", []],
    ['updates', "rules: [{ apiGroups: [''], operations: [UPDATE], resources: [pods] }]", []],
    ['without its namespace', `${PODS}, ${others}`, []],
    [
      'namespaces with a label that its own lacks',
      `${PODS}, namespaceSelector: { matchLabels: { inject: 'yes' } }`,
      [],
    ],
    ['pods with a label that its own lack', `${PODS}, objectSelector: { matchLabels: { inject: 'yes' } }`, []],
    ['Ignore', `${PODS}, failurePolicy: Ignore`, []],
    ['conditions, which are not evaluated', `${PODS}, matchConditions: [{ name: a, expression: 'true' }]`, []],
  ])('%s', (_, more, expected) => {
    expect(of('webhooks/own-pods', set(workload(), SERVED, calls('web', more)))).toEqual(expected);
  });

  test('the labels of a namespace of the set count', () => {
    const more = `${PODS}, namespaceSelector: { matchLabels: { inject: 'yes' } }`;
    const yaml = set(namespace('shop', "{ inject: 'yes' }"), workload(), SERVED, calls('web', more));
    expect(of('webhooks/own-pods', yaml)).toEqual(FOUND);
  });
});
