import {
  AdmissionWebhook,
  type AdmissionWebhookProps,
  Peer,
  type StatefulService,
  type Tenant,
  type WebService,
} from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  existingCluster,
  manifests,
  newApp,
  newCluster,
  newTenant,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { refusedBy } from '../support/findings';

const NAME = 'check.policy.example.com';
const RULES = [
  { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE' as const], resources: ['deployments'] },
];
type Service = WebService<'https' | 'health'>;
const ports = { https: 9443, health: 8080 };
const policy = (tenant = newTenant(), more: object = {}) =>
  web({ port: ports, ...more }, tenant, 'policy') as unknown as Service;
const props = (service: Service): AdmissionWebhookProps => ({
  type: 'validating',
  service: service.on('https'),
  path: '/check',
  rules: RULES,
  ca: { certificate: 'policy' },
});
const made = (more: object = {}, service = policy()) => {
  const webhook = new AdmissionWebhook(service.node.scope!, NAME, { ...props(service), ...more });
  return { webhook, service, app: appOf(service) };
};

describe('an admission webhook', () => {
  test('asks the service by its port, and fails closed', () => {
    expect(made().webhook.configuration.toJson()).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: {
        name: NAME,
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' },
        annotations: { 'cert-manager.io/inject-ca-from': 'shop/policy' },
      },
      webhooks: [
        {
          name: NAME,
          admissionReviewVersions: ['v1'],
          clientConfig: { service: { namespace: 'shop', name: 'policy', port: 9443, path: '/check' } },
          failurePolicy: 'Fail',
          rules: [{ ...RULES[0], scope: '*' }],
          sideEffects: 'None',
          timeoutSeconds: 10,
        },
      ],
    });
  });

  test('takes all that Kubernetes has of it', () => {
    const selector = { matchLabels: { checked: 'yes' } };
    const matchConditions = [{ name: 'new', expression: 'oldObject == null' }];
    const more = {
      failurePolicy: 'Ignore',
      timeout: '3s',
      sideEffects: 'NoneOnDryRun',
      namespaceSelector: selector,
      objectSelector: selector,
      matchConditions,
    };
    const { kind, webhooks } = made({ type: 'mutating', ...more }).webhook.configuration.toJson();
    expect(kind).toBe('MutatingWebhookConfiguration');
    const { timeout: _, ...written } = more;
    expect(webhooks![0]).toMatchObject({ ...written, timeoutSeconds: 3 });
  });

  test.each([
    [{ secret: 'policy-ca' }, { 'cert-manager.io/inject-ca-from-secret': 'shop/policy-ca' }, undefined],
    [{ bundle: '-----BEGIN CERTIFICATE-----\nAA==\n' }, undefined, 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBPT0K'],
    ['self', undefined, undefined],
  ])('has the authority %j', (ca, annotations, bundle) => {
    const { metadata, webhooks } = made({ ca }).webhook.configuration.toJson();
    expect(metadata.annotations).toEqual(annotations);
    expect(webhooks![0]!.clientConfig.caBundle).toBe(bundle);
  });

  test('stands before a stateful service, too', () => {
    const store = stateful({ port: 9443, memberPorts: [] }) as StatefulService<never>;
    const webhook = new AdmissionWebhook(store.node.scope!, NAME, { ...props(policy()), service: store });
    expect(webhook.configuration.toJson().webhooks![0]!.clientConfig.service).toMatchObject({
      name: 'store',
      port: 9443,
    });
  });
});

describe('its service', () => {
  const rulesOf = (app: ReturnType<typeof newApp>) => {
    synth(app);
    return app.findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('webhooks/'));
  };
  const ingressOf = (app: ReturnType<typeof newApp>) =>
    manifests(app).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'policy')!.spec.ingress;

  test('is open to the addresses of the VPC on that port alone, which the review accepts', () => {
    const { app } = made();
    expect(ingressOf(app)).toEqual([
      { from: [{ ipBlock: { cidr: '192.168.0.0/16' } }], ports: [{ port: 9443, protocol: 'TCP' }] },
    ]);
    expect(rulesOf(app)).toEqual([]);
  });

  test('has one rule for several webhooks', () => {
    const { app, service } = made();
    const { scope } = service.node;
    new AdmissionWebhook(scope!, 'mutate.policy.example.com', { ...props(service), type: 'mutating' });
    new AdmissionWebhook(scope!, 'other.policy.example.com', { ...props(service), service: service.on('health') });
    expect(ingressOf(app).map(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port))).toEqual([
      [9443, 8080],
    ]);
  });

  test('is not open without a webhook, nor closed to others by it', () => {
    expect(ingressOf(appOf(policy()))).toBeUndefined();
    const accepts = policy(newTenant(), { acceptsFrom: [Peer.cidr('10.0.0.0/16', 8080)] });
    expect(ingressOf(made({}, accepts).app)).toHaveLength(2);
  });

  test('is open to a cluster that is created later, and to one that exists', () => {
    const later = newApp();
    made({}, policy(newTenant({}, later)));
    newCluster(later, { vpcCidr: '10.42.0.0/16' });
    const existing = made({}, policy(newTenant({}, existingCluster(newApp(), { vpcCidr: '10.43.0.0/16' }))));
    const cidrs = [later, existing.app].map((app) => ingressOf(app)[0].from[0].ipBlock.cidr);
    expect(cidrs).toEqual(['10.42.0.0/16', '10.43.0.0/16']);
  });

  test('is called to be unreachable by the review where the range of the VPC is not known', () => {
    const config = { kubernetesNetworkConfig: { ipFamily: 'IPv6' } } as const;
    const { app } = made({}, policy(newTenant({}, newCluster(newApp(), { config }))));
    expect(rulesOf(app)).toEqual(['webhooks/unreachable']);
  });
});

describe('refused', () => {
  const BUNDLE = '-----BEGIN CERTIFICATE-----';
  test.each<[object, string, string]>([
    [{ type: undefined }, 'props/required', 'type'],
    [{ type: 'both' }, 'props/unsupported', 'type'],
    [{ path: 'check' }, 'props/invalid', 'path'],
    [{ rules: undefined }, 'props/required', 'rules'],
    [{ rules: [] }, 'props/invalid', 'rules'],
    [{ rules: [{ ...RULES[0], operations: [] }] }, 'props/invalid', 'rules[0].operations'],
    [{ rules: [{ ...RULES[0], apiGroups: undefined }] }, 'props/required', 'rules[0].apiGroups'],
    [{ rules: [{ ...RULES[0], operations: ['READ'] }] }, 'props/unsupported', 'rules[0].operations[0]'],
    [{ rules: [{ ...RULES[0], scope: 'namespaced' }] }, 'props/unsupported', 'rules[0].scope'],
    [{ rules: [{ ...RULES[0], verbs: ['create'] }] }, 'props/unknown', 'rules[0].verbs'],
    [{ rules: [undefined] }, 'props/type', 'rules[0]'],
    [{ ca: undefined }, 'props/required', 'ca'],
    [{ ca: {} }, 'props/invalid', 'ca'],
    [{ ca: { certificate: 'a', secret: 'b' } }, 'props/invalid', 'ca'],
    [{ ca: { secret: 'shop/b' } }, 'props/invalid', 'ca.secret'],
    [{ ca: { file: 'b' } }, 'props/unknown', 'ca.file'],
    [{ ca: { bundle: 'AA==' } }, 'props/invalid', 'ca.bundle'],
    [{ ca: { bundle: `${BUNDLE}\n-----BEGIN PRIVATE KEY-----` } }, 'props/invalid', 'ca.bundle'],
    [{ failurePolicy: 'Retry' }, 'props/unsupported', 'failurePolicy'],
    [{ sideEffects: 'Some' }, 'props/unsupported', 'sideEffects'],
    [{ timeout: '31s' }, 'props/invalid', 'timeout'],
    [{ timeout: 0 }, 'props/invalid', 'timeout'],
    [{ service: undefined }, 'props/required', 'service'],
    [{ service: 'policy' }, 'props/type', 'service'],
    [{ service: Peer.cidr('10.0.0.0/16', 443) }, 'props/type', 'service'],
    [{ reinvocation: true }, 'props/unknown', 'reinvocation'],
  ])('%j', (change, rule, field) => {
    expect(refusedBy(() => made(change))).toEqual([rule, field]);
  });

  test.each<[string, (service: Service) => unknown, string]>([
    ['a worker', (service) => worker({}, service.node.scope as Tenant), 'props/type'],
    ['an agent', (service) => agent({ port: 8080 }, service.node.scope as Tenant), 'props/type'],
    ['a workload of another app', () => policy(), 'props/type'],
    ['two ports', (service) => service, 'props/invalid'],
    ['a port of UDP', (service) => service.on('health'), 'props/invalid'],
  ])('as service %s', (_, other, rule) => {
    const service = policy(newTenant(), { port: { https: 9443, health: { port: 8080, protocol: 'UDP' } } });
    expect(refusedBy(() => made({ service: other(service) }, service))).toEqual([rule, 'service']);
  });

  test.each(['check', 'check.example', 'Check.example.com'])('the name %s', (id) => {
    const service = policy();
    expect(refusedBy(() => new AdmissionWebhook(service.node.scope!, id, props(service)))).toEqual([
      'props/invalid',
      '',
    ]);
  });
});
