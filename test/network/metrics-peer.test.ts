import { Peer } from 'cdk8s-eks-patterns';
import { agent, newApp, newCluster, newTenant, stateful, synth, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const selects = (name: string, namespace?: string) => ({
  ...(namespace ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } } : {}),
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});

test('a Prometheus of the app reaches every metrics port, also of what is created later, and is let in', () => {
  const app = newApp();
  const cluster = newCluster(app);
  const monitoring = newTenant({}, cluster, 'observe');
  const shop = newTenant({}, cluster);
  web({ metrics: {} }, shop);
  const prometheus = worker({ metrics: { port: 9090 }, connectsTo: [Peer.metrics(app)] }, monitoring, 'prometheus');
  stateful({ metrics: { port: 9100 } }, shop);
  worker({}, shop, 'silent');
  worker({ metrics: { port: 9100 } }, monitoring, 'near');
  const { manifests } = synth(app);
  const policy = (name: string) =>
    manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)!.spec;

  expect(prometheus.name).toBe('prometheus');
  expect(policy('prometheus').egress).toEqual(
    expect.arrayContaining([
      { to: [selects('web', 'shop')], ports: [{ port: 8080, protocol: 'TCP' }] },
      { to: [selects('store', 'shop'), selects('near')], ports: [{ port: 9100, protocol: 'TCP' }] },
    ]),
  );
  expect(policy('web').ingress).toContainEqual({
    from: [selects('prometheus', 'observe')],
    ports: [{ port: 8080, protocol: 'TCP' }],
  });
  expect(policy('near').ingress).toContainEqual({
    from: [selects('prometheus')],
    ports: [{ port: 9100, protocol: 'TCP' }],
  });
  expect(JSON.stringify(policy('silent'))).not.toContain('prometheus');
});

test('a tenant as the scope leaves the others out', () => {
  const app = newApp();
  const cluster = newCluster(app);
  const [shop, other] = [newTenant({}, cluster), newTenant({}, cluster, 'other')];
  web({ metrics: {} }, shop);
  web({ metrics: {} }, other, 'far');
  worker({ connectsTo: [Peer.metrics(shop)] }, shop, 'prometheus');
  const policies = synth(app).manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const text = (name: string) => JSON.stringify(policies.find(({ metadata }) => metadata.name === name));
  expect(text('prometheus')).toContain('"web"');
  expect(text('prometheus')).not.toContain('"far"');
  expect(text('far')).not.toContain('"prometheus"');
});

test('an agent with the address of its node is reached there', () => {
  const app = newApp();
  const shop = newTenant({ podSecurity: { level: 'privileged', because: 'the test says so' } }, newCluster(app));
  agent({ metrics: { port: 9100 }, hostNetwork: { because: 'it counts packets' } }, shop);
  worker({ connectsTo: [Peer.metrics(app)] }, shop, 'prometheus');
  const { manifests } = synth(app);
  const own = manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'prometheus')!;
  expect(own.spec.egress).toContainEqual({
    to: expect.arrayContaining([{ ipBlock: { cidr: '10.0.0.0/8' } }]),
    ports: [{ port: 9100, protocol: 'TCP' }],
  });
});

test('what is not a construct, and another app, are refused', () => {
  expect(refusedBy(() => Peer.metrics('app' as never))).toEqual(['props/type', 'scope']);
  const shop = newTenant();
  expect(refusedBy(() => worker({ connectsTo: [Peer.metrics(newApp())] }, shop, 'v'))).toEqual([
    'props/forbidden',
    'connectsTo',
  ]);
});
