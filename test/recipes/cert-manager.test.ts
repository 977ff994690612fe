import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'cert-manager')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const webhooks = objects.filter((object) => object?.kind?.endsWith('WebhookConfiguration'));
const argsOf = (name: string): string[] => find('Deployment', name).spec.template.spec.containers[0].args;
/** What a role allows, as 'group/resource verb'. */
const allowed = (kind: string, name: string): string[] =>
  find(kind, name).rules.flatMap(({ apiGroups, resources, verbs }: Manifest) =>
    resources.flatMap((resource: string) => verbs.map((verb: string) => `${apiGroups[0]}/${resource} ${verb}`)),
  );

test('the API server asks the webhook before it stores what cert-manager reads', () => {
  expect(webhooks.map(({ kind }) => kind).sort()).toEqual([
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ]);
  for (const {
    webhooks: [webhook],
  } of webhooks) {
    expect(webhook.failurePolicy).toBe('Fail');
    expect(webhook.rules[0].apiGroups).toEqual(['cert-manager.io', 'acme.cert-manager.io']);
    const { name, namespace, port } = webhook.clientConfig.service;
    expect(find('Service', name).metadata.namespace).toBe(namespace);
    expect(find('Service', name).spec.ports.map((open: Manifest) => open.port)).toContain(port);
    expect(argsOf(name)).toContain(`--secure-port=${port}`);
    expect(argsOf(name)).toContain(`--dynamic-serving-dns-names=${name}.${namespace}.svc`);
  }
});

test('the control plane reaches it, which calls from addresses of the VPC', () => {
  const [{ vpc }] = objects.filter((object) => object?.kind === 'ClusterConfig');
  expect(find('NetworkPolicy', 'webhook').spec.ingress).toContainEqual({
    from: [{ ipBlock: { cidr: vpc.cidr } }],
    ports: [{ port: 10250, protocol: 'TCP' }],
  });
});

test('it can be drained: two of three pods answer', () => {
  expect(find('Deployment', 'webhook').spec.replicas).toBe(3);
  expect(find('PodDisruptionBudget', 'webhook').spec.maxUnavailable).toBe(1);
});

test('its authority is made by itself, and written into the configurations by cainjector', () => {
  for (const { metadata } of webhooks) {
    expect(metadata.annotations['cert-manager.io/inject-ca-from-secret']).toBe('cert-manager/webhook-ca');
  }
  expect(argsOf('webhook')).toContain('--dynamic-serving-ca-secret-name=webhook-ca');
  const [own, made] = find('Role', 'webhook').rules;
  expect(own).toMatchObject({ resources: ['secrets'], resourceNames: ['webhook-ca'] });
  expect(made).toEqual({ apiGroups: [''], resources: ['secrets'], verbs: ['create'] });
  const rights = allowed('ClusterRole', 'cert-manager:cainjector');
  expect(rights).toEqual(
    expect.arrayContaining([
      '/secrets get',
      'admissionregistration.k8s.io/validatingwebhookconfigurations patch',
      'admissionregistration.k8s.io/mutatingwebhookconfigurations patch',
    ]),
  );
  expect(rights.filter((right) => /secrets (?:create|update|patch|delete)/.test(right))).toEqual([]);
});

test.each([
  ['controller', 'cert-manager-controller'],
  ['cainjector', 'cert-manager-cainjector-leader-election'],
])('one pod of %s works at a time, by a lease in its own namespace', (name, lease) => {
  expect(argsOf(name)).toContain('--leader-election-namespace=cert-manager');
  const role = find('Role', name);
  expect(role.metadata.namespace).toBe('cert-manager');
  expect(role.rules[0]).toMatchObject({ resources: ['leases'], resourceNames: [lease] });
});

test('the controller watches what its informers need, and makes no pods', () => {
  const rights = allowed('ClusterRole', 'cert-manager:controller');
  const watched = ['/secrets', '/pods', '/services', 'networking.k8s.io/ingresses', 'cert-manager.io/certificates'];
  expect(rights).toEqual(expect.arrayContaining(watched.flatMap((one) => [`${one} list`, `${one} watch`])));
  expect(rights.filter((right) => /\/(?:pods|services|ingresses) (?:create|delete)/.test(right))).toEqual([]);
});

test('it changes the records of one zone, and reaches name servers and the authority', () => {
  const [{ iam }] = objects.filter((object) => object?.kind === 'ClusterConfig');
  const own = iam.podIdentityAssociations.find(({ namespace }: Manifest) => namespace === 'cert-manager');
  const records = own.permissionPolicy.Statement.find(({ Action }: Manifest) =>
    Action.includes('route53:ChangeResourceRecordSets'),
  );
  expect(records.Resource).toEqual([expect.stringMatching(/^arn:aws:route53:::hostedzone\/\w+$/)]);
  const { egress } = find('NetworkPolicy', 'controller').spec;
  const outside = egress.find(({ to }: Manifest) => to.some(({ ipBlock }: Manifest) => ipBlock?.except));
  expect(outside.ports.map(({ port, protocol }: Manifest) => `${port}/${protocol}`)).toEqual([
    '443/TCP',
    '53/TCP',
    '53/UDP',
  ]);
});
