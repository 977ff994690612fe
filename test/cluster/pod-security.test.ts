import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { newApp, newCluster, newTenant } from '../support/app';
import { deploymentOf, edited, good, podOf, REFUSED_PODS } from '../support/refused-pods';
import { refusal } from './harness/by-hand';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { warningsIn } from './harness/warnings';

const cluster = useCluster();
const namespace = 'shop';

/** What the API server refuses in a Deployment too, whatever the namespace: it contradicts another field. */
const CONTRADICTIONS = ['containers[0].securityContext.privileged', 'containers[0].securityContext.procMount'];
const pods = REFUSED_PODS.map(([field, edit], i) => ({ field, name: `refused-${i}`, spec: edited(edit) }));

const deploy = (spec: object, name: string) =>
  cluster.kube.apps.createNamespacedDeployment({ namespace, body: deploymentOf(spec, name) as V1Deployment });
const create = (spec: object) =>
  cluster.kube.core.createNamespacedPod({ namespace, body: podOf(spec) as V1Pod, dryRun: 'All' });

beforeAll(async () => {
  const app = newApp();
  newTenant({ quota: 'none' }, newCluster(app), namespace);
  await cluster.apply(app);
  await eventually('the service account of the pods exists', () =>
    cluster.kube.core.readNamespacedServiceAccount({ namespace, name: 'default' }),
  );
}, 120_000);

test('every pod that is refused at synthesis is refused by the API server', async () => {
  for (const { field, spec } of pods.filter((pod) => !CONTRADICTIONS.includes(pod.field))) {
    expect({ field, said: await refusal(create(spec)) }).toEqual({
      field,
      said: expect.stringContaining('violates PodSecurity "restricted:latest"'),
    });
  }
  await create(good());
});

test('a Deployment of such a pod is accepted, and its pods fail to be created', async () => {
  const accepted = pods.filter(({ field }) => !CONTRADICTIONS.includes(field));
  for (const { field, name, spec } of pods) {
    if (CONTRADICTIONS.includes(field)) {
      expect(await refusal(deploy(spec, name))).toMatch(/ is invalid: /);
    } else {
      await deploy(spec, name);
    }
  }
  await deploy(good(), 'admitted');
  await eventually('every refused Deployment has a warning', async () => {
    const warnings = await warningsIn(cluster.kube, namespace);
    const warned = (name: string) =>
      warnings.some(
        (text) => text.startsWith(`FailedCreate ReplicaSet/${name}-`) && text.includes('violates PodSecurity'),
      );
    const missing = accepted.filter(({ name }) => !warned(name)).map(({ field }) => field);
    if (missing.length > 0) {
      throw new Error(`none for ${missing.join(', ')}`);
    }
    return true;
  });
  const running = await eventually('the admitted pod is created', async () => {
    const found = await cluster.namespace(namespace).pods();
    return found.length > 0 && found;
  });
  expect(running.map(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'])).toEqual(['admitted']);
}, 120_000);
