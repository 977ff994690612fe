import {
  AdmissionWebhook,
  Cluster,
  EksApp,
  Image,
  Peer,
  Probe,
  Requirements,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';

/** cert-manager with DNS-01 challenges in Route 53: the controller, the injector of authorities, and the webhook. */
const version = 'v1.21.1';
const definitions = `https://github.com/cert-manager/cert-manager/releases/download/${version}/cert-manager.crds.yaml`;
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const tenant = new Tenant(cluster, 'cert-manager', {
  defaults: { user: 65532, priority: 'critical', resources: { cpu: '50m', memory: '256Mi' } },
});
Requirements.add(tenant, {
  id: 'cert-manager/definitions',
  because: 'its programs watch its custom resources',
  check: () => ({
    status: 'provided',
    addition: {
      kind: 'prerequisite',
      prerequisite: {
        name: `the custom resources of cert-manager ${version}`,
        commands: [`kubectl apply --server-side -f ${definitions}`],
      },
    },
  }),
});

const ecr = { account: '111122223333', region: 'us-west-2', prefix: 'quay', tag: version } as const;
const image = (name: string) => Image.ecrCache({ ...ecr, repository: `jetstack/cert-manager-${name}` });
const rule = (group: string, resources: string[], verbs: string[]) => ({ apiGroups: [group], resources, verbs });
const read = ['get', 'list', 'watch'];
const change = [...read, 'update', 'patch'];
const write = [...change, 'create', 'delete'];
const events = rule('', ['events'], ['get', 'create', 'update', 'patch']);
/** A lease, by which one of the pods works and the others wait. */
const lease = (name: string) => [
  { ...rule('coordination.k8s.io', ['leases'], ['get', 'update', 'patch']), resourceNames: [name] },
  rule('coordination.k8s.io', ['leases'], ['create']),
];
/** Kinds of cert-manager with their status and finalizers. */
const own = (group: string, kinds: string[]) => [
  rule(group, kinds, write),
  rule(
    group,
    kinds.map((kind) => `${kind}/status`),
    ['update', 'patch'],
  ),
  rule(
    group,
    kinds.map((kind) => `${kind}/finalizers`),
    ['update'],
  ),
];

new Worker(tenant, 'controller', {
  image: image('controller'),
  args: ['--cluster-resource-namespace=cert-manager', '--leader-election-namespace=cert-manager'],
  replicas: 2,
  probes: { liveness: Probe.http('/livez', { port: 9403, timeout: '5s', failures: 8 }) },
  metrics: { port: 9402 },
  apiAccess: {
    namespace: lease('cert-manager-controller'),
    cluster: [
      ...own('cert-manager.io', ['certificates', 'certificaterequests', 'issuers', 'clusterissuers']),
      ...own('acme.cert-manager.io', ['orders', 'challenges']),
      {
        ...rule('cert-manager.io', ['signers'], ['approve']),
        resourceNames: ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'],
      },
      {
        ...rule('', ['secrets'], write),
        because: 'it writes certificates and their keys into Secrets of every namespace',
      },
      rule('', ['pods', 'services'], read),
      rule('networking.k8s.io', ['ingresses'], read),
      rule('networking.k8s.io', ['ingresses/finalizers'], ['update']),
      events,
    ],
  },
  aws: {
    allow: [
      { actions: ['route53:GetChange'], resources: ['arn:aws:route53:::change/*'] },
      {
        actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
        resources: ['arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ'],
      },
    ],
  },
  // the authority, and the name servers that must know a challenge before the authority asks for it
  connectsTo: [Peer.internet(443, 53, { port: 53, protocol: 'UDP' })],
});

new Worker(tenant, 'cainjector', {
  image: image('cainjector'),
  args: ['--leader-election-namespace=cert-manager'],
  replicas: 2,
  probes: { liveness: Probe.tcp(9402) },
  metrics: { port: 9402 },
  apiAccess: {
    namespace: lease('cert-manager-cainjector-leader-election'),
    cluster: [
      rule('cert-manager.io', ['certificates'], read),
      { ...rule('', ['secrets'], read), because: 'it reads the CAs of webhooks from Secrets of every namespace' },
      {
        ...rule(
          'admissionregistration.k8s.io',
          ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
          change,
        ),
        because: 'it writes the CAs into the webhooks of every program',
      },
      rule('apiregistration.k8s.io', ['apiservices'], change),
      rule('apiextensions.k8s.io', ['customresourcedefinitions'], change),
      events,
    ],
  },
});

const webhook = new WebService(tenant, 'webhook', {
  image: image('webhook'),
  args: [
    '--secure-port=10250',
    '--dynamic-serving-ca-secret-namespace=cert-manager',
    '--dynamic-serving-ca-secret-name=webhook-ca',
    '--dynamic-serving-dns-names=webhook.cert-manager.svc',
  ],
  port: { https: 10250, health: 6080 },
  replicas: 3,
  probes: {
    readiness: Probe.http('/healthz', { port: 'health' }),
    liveness: Probe.http('/livez', { port: 'health' }),
  },
  metrics: { port: 9402 },
  apiAccess: {
    namespace: [
      { ...rule('', ['secrets'], [...read, 'update']), resourceNames: ['webhook-ca'] },
      rule('', ['secrets'], ['create']),
    ],
    cluster: [rule('authorization.k8s.io', ['subjectaccessreviews'], ['create'])],
  },
});
const asked = {
  service: webhook.on('https'),
  rules: [
    {
      apiGroups: ['cert-manager.io', 'acme.cert-manager.io'],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['*/*'],
    },
  ],
  ca: { secret: 'webhook-ca' },
  timeout: '30s',
} as const;
new AdmissionWebhook(tenant, 'validate.webhook.cert-manager.io', { ...asked, type: 'validating', path: '/validate' });
new AdmissionWebhook(tenant, 'mutate.webhook.cert-manager.io', { ...asked, type: 'mutating', path: '/mutate' });
app.synth();
