import { job, newApp, newCluster } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

type Self = { readonly leader: string };
const small = { resources: { cpu: '10m', memory: '16Mi' } };
const shop = (name: string, props: object) => tenantApp(name, (tenant) => job({ ...small, ...props }, tenant));
const podsOf = async (namespace: string) => (await cluster.kube.core.listNamespacedPod({ namespace })).items;
const jobsOf = async (namespace: string) => (await cluster.kube.batch.listNamespacedJob({ namespace })).items;

test('pods of a mesh have the host names that the leader is called by, and the label that it is made of', async () => {
  const mesh = { port: 29500, anyPort: true };
  await cluster.apply(shop('mesh', { completions: 3, mesh, env: { MASTER_ADDR: (self: Self) => self.leader } }));
  await eventually('the controller has made all pods', async () => {
    expect(await podsOf('mesh')).toHaveLength(3);
    return true as const;
  });
  const [made] = await jobsOf('mesh');
  const name = made!.metadata!.name!;
  for (const { metadata, spec } of await podsOf('mesh')) {
    const index = metadata!.labels!['batch.kubernetes.io/job-completion-index'];
    expect(metadata!.labels!['batch.kubernetes.io/job-name']).toBe(name);
    expect([spec!.hostname, spec!.subdomain]).toEqual([`${name}-${index}`, 'job-mesh']);
  }
});

test('an elastic Job gets more and fewer pods in place', async () => {
  for (const completions of [2, 4, 1]) {
    await cluster.apply(shop('elastic', { completions, elastic: true, image: 'example.com/runs:1.0.0' }));
    await eventually(`there are ${completions}`, async () => {
      const jobs = await jobsOf('elastic');
      expect(jobs.map(({ spec }) => [spec!.completions, spec!.parallelism])).toEqual([[completions, completions]]);
      return true as const;
    });
  }
});
