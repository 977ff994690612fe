import type { V1EndpointSlice, V1Pod } from '@kubernetes/client-node';
import { IMAGE, newApp, newCluster, stateful, web, worker } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { nameOf } from './harness/pods';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

const SMALL = { resources: { cpu: '50m', memory: '64Mi' } } as const;
const UNREADY = `${IMAGE}-unready`;

async function slicesOf(namespace: string, service: string): Promise<V1EndpointSlice[]> {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  return (await cluster.kube.discovery.listNamespacedEndpointSlice({ namespace, labelSelector })).items;
}

/** The conditions of what a Service lists, by pod. */
async function listed(namespace: string, service: string) {
  const endpoints = (await slicesOf(namespace, service)).flatMap((slice) => slice.endpoints ?? []);
  return Object.fromEntries(endpoints.map(({ targetRef, conditions }) => [targetRef!.name!, conditions]));
}

/** The ports of its endpoints: where a client of the Service ends up. */
async function portsOf(namespace: string, service: string): Promise<Record<string, number>> {
  const ports = (await slicesOf(namespace, service)).flatMap((slice) => slice.ports ?? []);
  return Object.fromEntries(ports.map(({ name, port }) => [name!, port!]));
}

const containerPorts = ({ spec }: V1Pod): Record<string, number> =>
  Object.fromEntries(spec!.containers[0]!.ports!.map(({ name, containerPort }) => [name!, containerPort]));

const READY = { ready: true, serving: true, terminating: false };
const NOT_READY = { ready: false, serving: false, terminating: false };

/** Waits until a Service lists exactly these pods. */
const untilListed = (namespace: string, service: string, expected: Awaited<ReturnType<typeof listed>>): Promise<true> =>
  eventually(`${service} lists ${Object.keys(expected).join(', ')}`, async () => {
    expect(await listed(namespace, service)).toEqual(expected);
    return true as const;
  }) as Promise<true>;

const all = (pods: readonly V1Pod[], conditions: typeof READY) =>
  Object.fromEntries(pods.map((pod) => [nameOf(pod), conditions]));

test('ready pods are listed under the names of the ports, with the numbers of their containers; others get no traffic', async () => {
  const ns = cluster.namespace('ready');
  const port = { http: 8080, admin: 9090 };
  await cluster.apply(
    tenantApp('ready', (tenant) => {
      web({ ...SMALL, replicas: 3, port, metrics: { path: '/metrics', port: 9102 } }, tenant);
      web({ ...SMALL, image: UNREADY }, tenant, 'young');
    }),
  );
  const pods = await ns.untilReady('web', 3);
  await untilListed('ready', 'web', all(pods, READY));
  expect(await portsOf('ready', 'web')).toEqual(port);
  // the scraper asks pods, not the Service
  expect(containerPorts(pods[0]!)).toEqual({ ...port, metrics: 9102 });

  const [first, ...others] = pods;
  await ns.kubelet.unready(nameOf(first!));
  await untilListed('ready', 'web', { ...all(others, READY), [nameOf(first!)]: NOT_READY });
  await ns.kubelet.ready(nameOf(first!));
  await untilListed('ready', 'web', all(pods, READY));

  const young = await eventually('two pods run', async () => {
    const found = await ns.pods('young');
    return found.length === 2 && found.every(({ status }) => status?.podIP) && found;
  });
  await untilListed('ready', 'young', all(young, NOT_READY));
});

test('members find each other before they are ready, on every port; clients get ready ones, on the ports for clients', async () => {
  const ns = cluster.namespace('members');
  const port = { client: 7000, raft: 7001, gossip: 7002 };
  const props = { ...SMALL, replicas: 2, port, memberPorts: ['raft', 'gossip'], order: 'Parallel' };
  const hosts: Record<string, readonly string[]> = {};
  await cluster.apply(
    tenantApp('members', (tenant) => {
      hosts.store = stateful(props, tenant).hosts;
      hosts.young = stateful({ ...props, image: UNREADY }, tenant, 'young').hosts;
    }),
  );
  const store = await ns.untilReady('store', 2);
  await untilListed('members', 'store', all(store, READY));
  expect(await portsOf('members', 'store')).toEqual({ client: 7000 });
  expect(await portsOf('members', 'store-headless')).toEqual(port);
  expect(containerPorts(store[0]!)).toEqual(port);

  const found = { ready: true, serving: false, terminating: false };
  await ns.kubelet.unready('store-1');
  await untilListed('members', 'store', { 'store-0': READY, 'store-1': NOT_READY });
  await untilListed('members', 'store-headless', { 'store-0': READY, 'store-1': found });
  await untilListed('members', 'young', { 'young-0': NOT_READY, 'young-1': NOT_READY });
  await untilListed('members', 'young-headless', { 'young-0': found, 'young-1': found });

  // what DNS makes of them are the names that the program knows
  for (const name of ['store', 'young']) {
    const endpoints = (await slicesOf('members', `${name}-headless`)).flatMap((slice) => slice.endpoints);
    const names = endpoints.map(({ hostname }) => `${hostname}.${name}-headless.members.svc.cluster.local`);
    expect(names.sort()).toEqual(hosts[name]);
  }
});

test('a pod that is told to stop gets no more traffic, and leaves when it is gone', async () => {
  const ns = cluster.namespace('leaving');
  await cluster.apply(tenantApp('leaving', (tenant) => web({ ...SMALL, replicas: 2 }, tenant)));
  const pods = await ns.untilReady('web', 2);
  await untilListed('leaving', 'web', all(pods, READY));

  const name = nameOf(pods[0]!);
  // it works off what it has until the finalizer goes
  await finalizers('leaving', name, ['example.com/works']);
  await cluster.kube.core.deleteNamespacedPod({ namespace: 'leaving', name });
  await eventually('it is told to stop, and another one has taken its place', async () => {
    const { [name]: leaving, ...others } = await listed('leaving', 'web');
    expect(leaving).toEqual({ ready: false, serving: true, terminating: true });
    expect(others).toEqual(all(await ns.untilReady('web', 2), READY));
    return true;
  });
  await finalizers('leaving', name, []);
  await untilListed('leaving', 'web', all(await ns.untilReady('web', 2), READY));
});

function finalizers(namespace: string, name: string, list: readonly string[]): Promise<unknown> {
  return cluster.kube.mergePatch({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, finalizers: [...list] },
  });
}

test('a Service selects the pods of its workload and no others', async () => {
  const ns = cluster.namespace('selected');
  const image = (name: string) => IMAGE.replace('/app:', `/${name}:`);
  const props = (name: string) => ({ ...SMALL, image: image(name) });
  await cluster.apply(
    tenantApp('selected', (tenant) => {
      web(props('web'), tenant, 'web');
      web(props('web-api'), tenant, 'web-api');
      stateful({ ...props('store'), replicas: 2, order: 'Parallel' }, tenant, 'store');
      worker(props('worker'), tenant, 'worker');
    }),
  );
  const pods = await eventually('all pods are ready', async () => {
    await Promise.all(['web', 'web-api', 'store', 'worker'].map((name) => ns.untilReady(name, 2)));
    return ns.pods();
  });
  for (const [service, workload] of [
    ['web', 'web'],
    ['web-api', 'web-api'],
    ['store', 'store'],
    ['store-headless', 'store'],
  ] as const) {
    // told apart by what runs in them, since labels are what is asked here
    const own = pods.filter(({ spec }) => spec!.containers[0]!.image === image(workload));
    expect(own).toHaveLength(2);
    await untilListed('selected', service, all(own, READY));
  }
  const { items } = await cluster.kube.core.listNamespacedService({ namespace: 'selected' });
  expect(items.map(({ metadata }) => metadata!.name).sort()).toEqual(['store', 'store-headless', 'web', 'web-api']);
});
