import * as fs from 'node:fs';
import * as path from 'node:path';
import { newApp, newCluster, newTenant, temporaryFolder, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';

const cluster = useCluster();
const DRIVER = 'gpu.nvidia.com';
const selector = "device.attributes['gpu.nvidia.com'].productName == 'NVIDIA A10G'";
const app = () => {
  const made = newApp();
  const nodeGroups = [{ name: 'gpus', instanceType: 'g5.xlarge', minSize: 3 }] as const;
  const tenant = newTenant({}, newCluster(made, { nodeGroups: nodeGroups as never }), 'vision');
  web({ replicas: 2, resourceClaims: { gpu: { deviceClass: DRIVER, count: 1, selectors: [selector] } } }, tenant);
  const requests = { a: { deviceClass: DRIVER }, b: { deviceClass: DRIVER } };
  const pair = { requests, matchAttributes: ['gpu.nvidia.com/productName'] };
  web({ replicas: 1, resourceClaims: { pair } }, tenant, 'pair');
  return made;
};

/** What the driver publishes: two devices on each node. */
async function publishDevices(): Promise<void> {
  const { items } = await cluster.kube.core.listNode();
  const device = (name: string) => ({ name, attributes: { productName: { string: 'NVIDIA A10G' } } });
  const objects = [
    {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'DeviceClass',
      metadata: { name: DRIVER },
      spec: { selectors: [{ cel: { expression: `device.driver == '${DRIVER}'` } }] },
    },
    ...items.map(({ metadata }) => ({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceSlice',
      metadata: { name: `${metadata!.name}-gpus` },
      spec: {
        driver: DRIVER,
        nodeName: metadata!.name,
        pool: { name: metadata!.name, generation: 1, resourceSliceCount: 1 },
        devices: [device('gpu-0'), device('gpu-1')],
      },
    })),
  ];
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'devices.json'), objects.map((object) => JSON.stringify(object)).join('\n'));
  await cluster.kubectl.apply(folder);
}

test('claims are accepted in a restricted namespace, and the scheduler allocates devices to each pod', async () => {
  await cluster.addNodesOf(app());
  await publishDevices();
  await cluster.apply(app());
  await cluster.namespace('vision').untilReady('web', 2);
  const claims = await eventually('every claim is allocated', async () => {
    const said = await cluster.kubectl.run('get', 'resourceclaims', '--namespace=vision', '--output=json');
    const { items } = JSON.parse(said) as { items: { status?: { allocation?: { devices: { results: object[] } } } }[] };
    expect(items.filter(({ status }) => status?.allocation)).toHaveLength(3);
    return items;
  });
  const devices = claims.map(({ status }) => status?.allocation?.devices.results.length).sort();
  expect(devices).toEqual([1, 1, 2]);
});
