import { agent, NODE_GROUP, newApp, newCluster, newTenant, podProps, web } from '../support/app';
import { deploymentByHand } from './harness/by-hand';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';

const cluster = useCluster();
const LABEL = 'cdk8s-eks-patterns.io/tenant';

test('a tenant has its nodes for itself, and agents of others run there all the same', async () => {
  const app = newApp();
  const nodeGroups = [NODE_GROUP, { ...NODE_GROUP, name: 'bank', tenant: 'bank' }];
  const prod = newCluster(app, { nodeGroups } as never);
  const small = { resources: { ...podProps.resources, cpu: '50m' } };
  web({ ...small, replicas: 3 }, newTenant({ nodes: 'dedicated', quota: 'none' }, prod, 'bank'));
  const shop = newTenant({ quota: 'none', admission: 'deny' }, prod);
  web({ ...small, replicas: 3 }, shop);
  agent(small, shop);
  await cluster.addNodesOf(app);
  await cluster.apply(app);
  const { items } = await cluster.kube.core.listNode();
  const tenantOf = new Map(items.map(({ metadata }) => [metadata!.name!, metadata!.labels![LABEL]]));
  const places = async (namespace: string, name: string, count: number) => {
    const pods = await cluster.namespace(namespace).untilReady(name, count, { seconds: 90 });
    return new Set(pods.map(({ spec }) => tenantOf.get(spec!.nodeName!)));
  };
  expect(await places('bank', 'web', 3)).toEqual(new Set(['bank']));
  expect(await places('shop', 'web', 3)).toEqual(new Set([undefined]));
  expect(await places('shop', 'agent', items.length)).toEqual(new Set([undefined, 'bank']));

  // YAML from elsewhere, that would like to be there
  const stranger = deploymentByHand('stranger', 1);
  stranger.spec!.template.spec = {
    ...stranger.spec!.template.spec!,
    nodeSelector: { [LABEL]: 'bank' },
    tolerations: [{ operator: 'Exists' }],
  };
  const create = cluster.kube.apps.createNamespacedDeployment({ namespace: 'shop', body: stranger });
  await expect(create).rejects.toThrow(/placement\/tenant-nodes/);
  // and one that says nothing of nodes
  await cluster.kube.apps.createNamespacedDeployment({ namespace: 'bank', body: deploymentByHand('plain', 1) });
  await eventually('it stays off the nodes of the bank, whose namespace has no policies', async () => {
    const pods = await cluster.namespace('bank').pods('plain');
    return pods.some(({ spec }) => spec?.nodeName !== undefined && tenantOf.get(spec.nodeName) === undefined);
  });
});
