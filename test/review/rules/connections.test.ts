import { Config, Peer } from 'cdk8s-eks-patterns';
import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';
import { appOf, newTenant, stateful, synth, web } from '../../support/app';
import { findingsOf } from '../../support/findings';

type Container = Readonly<Record<string, unknown>>;

const podOf = (name: string, container: Container = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: { containers: [{ name, image: 'app', ...container }], ...spec },
});
const serviceOf = (name: string, ports: readonly object[], spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports, ...spec },
});
const policy = (name: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec,
});
const configMap = (name: string, data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data,
});
const DENY = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const DENY_EGRESS = policy('default-deny', { podSelector: {}, policyTypes: ['Egress'] });
const PORTS = [{ name: 'main', containerPort: 5432 }];

/** Rule and severity of what the policies close. */
function closed(...manifests: readonly object[]): string[] {
  return review({ inventory: loadInventory(manifests.map((value) => ({ value, origin: {} }))) }).flatMap(
    ({ rule, severity }) => (rule.startsWith('connections/') ? [`${rule} ${severity}`] : []),
  );
}
const INSIDE = ['connections/undeclared error'];
const OUTSIDE = ['connections/outside warning'];
const db = [podOf('db', { ports: PORTS }), serviceOf('db', [{ port: 5432 }])];

describe('an address of a Service of the set', () => {
  test.each<[string, Container]>([
    ['in a URL', { env: [{ name: 'A', value: 'postgres://app:$(PASSWORD)@db:5432/app' }] }],
    ['with the port of its scheme', { env: [{ name: 'A', value: 'postgres://db/app' }] }],
    ['of a driver', { env: [{ name: 'A', value: 'jdbc:postgresql://db:5432/app?ssl=true' }] }],
    ['with a port', { env: [{ name: 'A', value: 'db:5432' }] }],
    ['with its namespace', { env: [{ name: 'A', value: 'db.shop:5432' }] }],
    ['in full', { env: [{ name: 'A', value: 'see db.shop.svc.cluster.local.' }] }],
    ['by its name, where a host is expected', { env: [{ name: 'DB_HOST', value: 'db' }] }],
    ['as one of a list', { env: [{ name: 'A', value: 'other:1,db:5432' }] }],
    ['as the value of a flag', { args: ['--db-host=db'] }],
    ['behind a flag', { args: ['--db-host', 'db'] }],
    ['in a script', { command: ['sh', '-c', 'exec app --url "postgres://db:5432/x"'] }],
  ])('%s', (_what, container) => {
    expect(closed(podOf('web', container), ...db, DENY)).toEqual(INSIDE);
  });

  test.each<[string, Container]>([
    ['a word that is the name of a Service', { env: [{ name: 'COMPONENT', value: 'db' }] }],
    ['an image', { env: [{ name: 'IMAGE', value: 'db:1.2' }] }],
    ['a host that is put in later', { env: [{ name: 'A', value: 'postgres://$(DB_HOST):5432/app' }] }],
    ['the machine itself', { env: [{ name: 'A', value: 'http://localhost:5432, 127.0.0.1:5432, 0.0.0.0:80' }] }],
    ['another port number without a host', { env: [{ name: 'A', value: ':5432' }] }],
  ])('is not %s', (_what, container) => {
    expect(closed(podOf('web', container), ...db, DENY)).toEqual([]);
  });

  test('in a sidecar, an init container and each ConfigMap that the pod reads', () => {
    const sidecar = podOf('web', {}, { initContainers: [{ name: 's', env: [{ name: 'A', value: 'db:5432' }] }] });
    expect(closed(sidecar, ...db, DENY)).toEqual(INSIDE);
    const maps = [configMap('conf', { URL: 'http://db:5432', 'app.conf': '# x\nurl = http://db:5432/\n' })];
    const variable = podOf('web', { envFrom: [{ configMapRef: { name: 'conf' } }] });
    const keyRef = { configMapKeyRef: { name: 'conf', key: 'URL' } };
    const key = podOf('web', { env: [{ name: 'A', valueFrom: keyRef }] });
    const volumes = [{ name: 'c', configMap: { name: 'conf', items: [{ key: 'app.conf', path: 'a' }] } }];
    const file = podOf('web', { volumeMounts: [{ name: 'c', mountPath: '/c' }] }, { volumes });
    for (const pod of [variable, key, file]) {
      expect(closed(pod, ...maps, ...db, DENY)).toEqual(INSIDE);
    }
    // of two workloads one may not use it
    expect(
      closed(variable, podOf('b', { envFrom: [{ configMapRef: { name: 'conf' } }] }), ...maps, ...db, DENY),
    ).toEqual(Array(2).fill('connections/undeclared warning'));
  });

  test('not in a comment, nor in a file for people', () => {
    const volumes = [{ name: 'c', configMap: { name: 'conf' } }];
    const pod = podOf('web', { volumeMounts: [{ name: 'c', mountPath: '/c' }] }, { volumes });
    const data = { 'a.conf': '# url = http://db:5432\n; db:5432\n', 'README.md': 'see http://db:5432' };
    expect(closed(pod, configMap('conf', data), ...db, DENY)).toEqual([]);
  });

  const caller = podOf('web', { env: [{ name: 'A', value: 'tcp://db:80' }] });
  const target = [podOf('db', { ports: PORTS }), serviceOf('db', [{ port: 80, targetPort: 'main' }])];
  const to = (ports: readonly object[] | undefined, peer: object = { podSelector: { matchLabels: { app: 'db' } } }) =>
    policy('web', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [peer], ports }],
    });

  test.each<[string, object]>([
    ['the port of the pod', to([{ port: 5432 }])],
    ['its name', to([{ port: 'main' }])],
    ['a range of ports', to([{ port: 5000, endPort: 6000 }])],
    ['all ports', to(undefined)],
    [
      'a namespace',
      to([{ port: 5432 }], { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }),
    ],
    ['a range of the VPC', to([{ port: 5432 }], { ipBlock: { cidr: '192.168.0.0/16' } })],
    ['every address', to([{ port: 5432 }], { ipBlock: { cidr: '0.0.0.0/0' } })],
  ])('is open by %s', (_what, opening) => {
    expect(closed(caller, ...target, DENY_EGRESS, opening)).toEqual([]);
  });

  test.each<[string, object]>([
    ['the port of the Service', to([{ port: 80 }])],
    ['another name', to([{ port: 'other' }])],
    ['UDP', to([{ port: 5432, protocol: 'UDP' }])],
    ['other pods', to([{ port: 5432 }], { podSelector: { matchLabels: { app: 'x' } } })],
    [
      'another namespace',
      to([{ port: 5432 }], { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'x' } } }),
    ],
    [
      'the internet alone',
      to([{ port: 5432 }], {
        ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'] },
      }),
    ],
  ])('is not open by %s', (_what, opening) => {
    expect(closed(caller, ...target, DENY_EGRESS, opening)).toEqual(INSIDE);
  });

  test('is closed by a policy without directions only where it has rules of egress', () => {
    const own = { podSelector: { matchLabels: { app: 'web' } } };
    expect(closed(caller, ...target, policy('web', { ...own, egress: [] }))).toEqual([]);
    expect(closed(caller, ...target, policy('web', { ...own, policyTypes: [], egress: [] }))).toEqual([]);
    expect(closed(caller, ...target, policy('web', { ...own, policyTypes: ['Egress'] }))).toEqual(INSIDE);
  });

  test('is closed by the policies of the called, too', () => {
    const only = policy('db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
    const from = (app: string) =>
      policy('more', {
        podSelector: { matchLabels: { app: 'db' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app } } }] }],
      });
    expect(closed(caller, ...target, only)).toEqual(INSIDE);
    expect(closed(caller, ...target, only, from('x'))).toEqual(INSIDE);
    expect(closed(caller, ...target, only, from('web'))).toEqual([]);
  });

  test('needs nothing to oneself, on the network of the node, and where other policies may decide', () => {
    const self = podOf('db', { env: [{ name: 'A', value: 'db:80' }], ports: PORTS });
    expect(closed(self, target[1]!, DENY)).toEqual([]);
    expect(closed({ ...caller, spec: { ...caller.spec, hostNetwork: true } }, ...target, DENY_EGRESS)).toEqual([]);
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'c', namespace: 'shop' },
    };
    expect(closed(caller, ...target, DENY, cilium)).toEqual([]);
    expect(closed(caller, ...target)).toEqual([]);
  });
});

describe('an address outside of the set', () => {
  const out = (ports: readonly object[], cidr = '0.0.0.0/0') =>
    policy('out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }], ports }] });
  const calling = (value: string, name = 'A') => podOf('web', { env: [{ name, value }] });

  test.each([
    ['postgres://app.abc123.us-west-2.rds.amazonaws.com:5432/app'],
    ['https://api.payments.example/v1'],
    ['broker.example.com:9092'],
    ['redis://10.1.2.3:6379'],
    ['http://grafana.monitoring.svc.cluster.local:3000'],
  ])('%s', (value) => {
    expect(closed(calling(value), DENY)).toEqual(OUTSIDE);
  });

  test.each([
    ['http://localhost:80'],
    ['http://169.254.169.254/latest'],
    ['http://www.w3.org/2001/XMLSchema'],
    ['s3://bucket/key'],
    ['https://kubernetes.default.svc'],
    ['registry.example.com:5000/app:1.2'],
    ['arn:aws:sqs:us-west-2:111122223333:q'],
    ['12:30'],
    ['me@example.com'],
  ])('is not %s', (value) => {
    expect(closed(calling(value), DENY)).toEqual([]);
  });

  test.each(['CORS_ORIGIN', 'PUBLIC_URL', 'OAUTH_REDIRECT_URI'])('is not what %s says', (name) => {
    expect(closed(calling('https://shop.example.com', name), DENY)).toEqual([]);
  });

  test('by a host and a port in two variables', () => {
    const pod = (port: string) =>
      podOf('web', {
        env: [
          { name: 'DB_HOST', value: 'db.example.com' },
          { name: 'DB_PORT', value: port },
        ],
      });
    expect(closed(pod('5432'), DENY)).toEqual(OUTSIDE);
    expect(closed(pod('5432'), DENY, out([{ port: 5432 }]))).toEqual([]);
    expect(closed(pod('none'), DENY)).toEqual([]);
  });

  test('is told once for the hosts of a domain', () => {
    const brokers = 'b-1.x.kafka.us-west-2.amazonaws.com:9092,b-2.x.kafka.us-west-2.amazonaws.com:9092';
    expect(closed(calling(brokers), DENY)).toEqual(OUTSIDE);
  });

  test('is open by a range that may hold it, on its port', () => {
    const pod = calling('https://api.example.com');
    expect(closed(pod, DENY, out([{ port: 443 }]))).toEqual([]);
    expect(closed(pod, DENY, out([{ port: 80 }]))).toEqual(OUTSIDE);
    expect(closed(pod, DENY, out([{ port: 443 }], '169.254.170.23/32'))).toEqual(OUTSIDE);
    expect(closed(calling('redis://10.1.2.3:6379'), DENY, out([{ port: 6379 }], '10.1.0.0/16'))).toEqual([]);
    expect(closed(calling('redis://10.1.2.3:6379'), DENY, out([{ port: 6379 }], '10.2.0.0/16'))).toEqual(OUTSIDE);
  });
});

describe('the patterns', () => {
  test('a bare name is refused, and connectsTo opens it', () => {
    for (const connects of [false, true]) {
      const shop = newTenant();
      const store = stateful({}, shop, 'db');
      web({ env: { DATABASE_URL: 'tcp://db:7000/app' }, connectsTo: connects ? [store] : [] }, shop);
      expect(findingsOf(() => appOf(shop)).map(({ rule, construct, field }) => [rule, construct, field])).toEqual(
        connects ? [] : [['connections/undeclared', 'prod/shop/web', 'connectsTo']],
      );
    }
  });

  test('an address on the internet is a warning that says the way out', () => {
    const shop = newTenant();
    const env = { API: 'https://api.payments.example/v1', DB: 'postgres://a.b.us-west-2.rds.amazonaws.com/x' };
    const workload = web({ env }, shop);
    synth(appOf(workload));
    const fixes = appOf(workload).findings.flatMap(({ rule, fix }) => (rule === 'connections/outside' ? [fix] : []));
    expect(fixes).toEqual([
      expect.stringContaining('Peer.internet(443)'),
      expect.stringContaining("Peer.cidr('<subnets>', 5432)"),
    ]);
    const open = newTenant();
    web({ env, connectsTo: [Peer.internet(443), Peer.cidr('10.0.0.0/16', 5432)] }, open);
    synth(appOf(open));
    expect(appOf(open).findings.map(({ rule }) => rule)).not.toContain('connections/outside');
  });

  test('a Config that two workloads read is a warning', () => {
    const shop = newTenant();
    const store = stateful({}, shop);
    const shared = new Config(shop, 'shared', { STORE: store.address });
    web({ envFrom: [shared] }, shop, 'a');
    web({ envFrom: [shared], connectsTo: [store] }, shop, 'b');
    synth(appOf(shop));
    expect(appOf(shop).findings).toContainEqual(
      expect.objectContaining({ rule: 'connections/undeclared', severity: 'warning', construct: 'prod/shop/a' }),
    );
  });
});

test('a sidecar and an edit of a pattern are judged as the container of the pattern', () => {
  const env = [{ name: 'STORE', value: 'http://db:7000' }];
  const sidecar = { name: 'proxy', image: 'registry.example.com/proxy:1', env };
  const edit = (d: { spec: { template: { spec: { containers: object[] } } } }) => {
    d.spec.template.spec.containers.push(sidecar);
  };
  for (const props of [{ sidecars: [sidecar] }, { initContainers: [sidecar] }, { customize: { deployment: edit } }]) {
    const shop = newTenant();
    stateful({}, shop, 'db');
    web(props, shop);
    const found = findingsOf(() => appOf(shop)).filter(({ rule }) => rule.startsWith('connections/'));
    expect(found.map(({ construct, container }) => [construct, container])).toEqual([['prod/shop/web', 'proxy']]);
  }
});
