import type { Cluster } from 'cdk8s-eks-patterns';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { newApp, newCluster, newTenant, temporaryFolder, web } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';

const RESOURCE = 'vpc.amazonaws.com/pod-eni';
const REPLICAS = 20;
const program = () => {
  const app = newApp();
  const nodeGroups = [{ name: 'workers', instanceType: 'm5.large', minSize: 2, maxSize: 2 }];
  const made: Cluster = newCluster(app, { nodeGroups } as never);
  web(
    {
      replicas: REPLICAS,
      securityGroups: ['sg-0123456789abcdef0'],
      resources: { cpu: '1m', memory: '16Mi' },
      // the webhook of EKS adds the request
      customize: {
        deployment: (deployment: never) => {
          const [container] = (deployment as { spec: { template: { spec: { containers: Container[] } } } }).spec
            .template.spec.containers;
          container!.resources.limits[RESOURCE] = '1';
        },
      },
    } as never,
    newTenant({}, made, 'shop'),
  );
  return { app, made };
};
interface Container {
  readonly resources: { readonly limits: Record<string, string> };
}

const when = CRDS_PRESENT ? describe : describe.skip;

when(`branch interfaces${CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)'}`, () => {
  const cluster = useCluster();

  test('as many pods find no place as the capacity report says, on two nodes with nine each', async () => {
    const { core } = cluster.kube;
    const of = { apiVersion: 'vpcresources.k8s.aws/v1beta1', kind: 'SecurityGroupPolicy', metadata: { name: '' } };
    await installDefinitions(cluster.kubectl, [of], temporaryFolder());
    await cluster.addNodesOf(program().app);
    const status = JSON.stringify({ status: { capacity: { [RESOURCE]: '9' }, allocatable: { [RESOURCE]: '9' } } });
    for (const { metadata } of (await core.listNode()).items) {
      await cluster.kubectl.run('patch', 'node', metadata!.name!, '--subresource=status', '-p', status);
    }
    await cluster.apply(program().app);
    const { unplaced } = program().made.capacity().verdict('as applied', 'desired')!;
    expect(unplaced).toEqual([{ workload: 'shop/web', kind: 'Deployment', pods: 2, because: ['branch interfaces'] }]);
    const placed = async () => {
      const { items } = await core.listNamespacedPod({ namespace: 'shop' });
      return items.filter(({ spec }) => spec!.nodeName).length;
    };
    const room = REPLICAS - unplaced[0]!.pods;
    await eventually('the others run', async () => (await placed()) === room);
    await throughout(2, async () => expect(await placed()).toBe(room));
  });
});
