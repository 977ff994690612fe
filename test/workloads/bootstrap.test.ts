import { Env, Peer, Probe, Secret } from 'cdk8s-eks-patterns';
import { appOf, containerOf, IMAGE, newTenant, podOf, stateful, synth } from '../support/app';
import { findingsOf } from '../support/findings';

type Self = { readonly hosts: readonly string[]; readonly podIp: string; readonly podName: string };
const command = ['sh', '-ec', 'create'];
const members = { replicas: 3, order: 'Parallel', port: { client: 7000, bus: 17000 }, memberPorts: ['bus'] };
const hosts = [0, 1, 2].map((i) => `store-${i}.store-headless.shop.svc.cluster.local`);
const made = (props: object = {}, shop = newTenant()) =>
  stateful({ ...members, bootstrap: { command }, ...props }, shop);

test('is a Job with image, user and variables of the set, whose functions see the set', () => {
  const env = { PEERS: ({ hosts }: Self) => hosts.join(' '), SELF: ({ podName }: Self) => podName, LEVEL: 'info' };
  const bootstrap = { command, env: { ONLY: ({ hosts }: Self) => hosts[0], LEVEL: 'debug' } };
  const store = made({ env, bootstrap, user: { uid: 999, gid: 1000 } });
  const job = store.bootstrapJob!;
  expect(job.name).toBe('store-bootstrap');
  expect(containerOf(job)).toMatchObject({ image: IMAGE, command });
  expect(podOf(job).spec.securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 1000 });
  expect(job.configMap!.toJson().data).toEqual({ PEERS: hosts.join(' '), ONLY: hosts[0], LEVEL: 'debug' });
  expect(containerOf(job).env).toMatchObject([{ name: 'POD_NAME' }, { name: 'SELF', value: '$(POD_NAME)' }]);
  expect(stateful(members).bootstrapJob).toBeUndefined();
});

test('waits until every member accepts connections, and may call them on the ports of clients', () => {
  const store = made({ bootstrap: { command, waitImage: 'example.com/busybox:1', connectsTo: [Peer.internet(443)] } });
  expect(podOf(store.bootstrapJob!).spec.initContainers).toMatchObject([
    { name: 'wait-for-members', image: 'example.com/busybox:1', args: ['7000', ...hosts] },
  ]);
  const reached = store.bootstrapJob!.networkPolicy!.toJson().spec!.egress!.flatMap(({ ports }) => ports ?? []);
  expect(reached.map(({ port }) => port)).toEqual(expect.arrayContaining([7000, 443]));
  const own = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'store-bootstrap' } } };
  const from = (port: number) =>
    store
      .networkPolicy!.toJson()
      .spec!.ingress!.flatMap((rule) =>
        rule.ports!.some((one) => one.port === port) ? JSON.stringify(rule.from) : [],
      );
  expect([from(7000), from(17000)].map((peers) => peers.includes(JSON.stringify([own])))).toEqual([true, false]);
});

test('stands where the set does, without its spread, and takes defaults of the tenant', () => {
  const shop = newTenant({ defaults: { user: 4711 } });
  const placement = { architecture: 'arm64', spread: 'zones', nodeLabels: { role: 'data' } };
  const pod = podOf(made({ placement, user: undefined }, shop).bootstrapJob!).spec;
  expect(pod.nodeSelector).toMatchObject({ 'kubernetes.io/arch': 'arm64', role: 'data' });
  expect(pod.topologySpreadConstraints).toBeUndefined();
  expect(pod.securityContext).toMatchObject({ runAsUser: 4711 });
});

test('passes the review, secrets and files of the set included', () => {
  const shop = newTenant();
  const auth = Secret.fromSecretsManager(shop, 'auth', { secret: 'shop/auth', keys: ['password'] });
  const more = {
    env: { PASSWORD_FILE: auth.file('password') },
    files: { '/etc/store.conf': (s: Self) => s.hosts.join() },
  };
  const job = made({ ...more, probes: { readiness: Probe.tcp(), liveness: Probe.exec(['true']) } }, shop).bootstrapJob!;
  expect(containerOf(job).volumeMounts!.map(({ mountPath }) => mountPath)).toEqual(
    expect.arrayContaining(['/run/secrets/auth', '/etc/store.conf']),
  );
  const { warnings, clusterConfig } = synth(appOf(shop));
  expect(warnings.filter((one) => one.includes('bootstrap'))).toEqual([]);
  expect(clusterConfig!.iam.podIdentityAssociations).toContainEqual(
    expect.objectContaining({ serviceAccountName: 'store-bootstrap' }),
  );
});

test('a variable that only members have is refused, unless the Job has its own', () => {
  const ordinal = (bootstrap: object) => {
    const shop = newTenant();
    made({ env: { ID: Env.ordinal() }, bootstrap: { command, ...bootstrap } }, shop);
    return findingsOf(() => appOf(shop)).map(({ rule }) => rule);
  };
  expect(ordinal({})).toEqual(['containers/own-label']);
  expect(ordinal({ env: { ID: '0' } })).toEqual([]);
});

test.each<[string, object]>([
  ['bootstrap.command', { bootstrap: {} }],
  ['bootstrap.comand', { bootstrap: { comand: command } }],
  ['bootstrap', { bootstrap: 'create' }],
])('%s of %j is refused', (field, props) => {
  expect(findingsOf(() => made(props))).toMatchObject([{ field }]);
});

test('a message names the Job', () => {
  expect(findingsOf(() => made({ bootstrap: { command, retries: -1 } }))).toMatchObject([
    { construct: 'prod/shop/store/store-bootstrap', field: 'retries' },
  ]);
});
