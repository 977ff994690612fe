import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parseQuantity } from '../../kube/quantity';
import { REPOSITORY } from '../app/support';
import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'training')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.labels?.['app.kubernetes.io/name'] === name);
const job = find('Job', 'train');
const pod = job.spec.template.spec;
const [trainer] = pod.containers;
const { managedNodeGroups } = objects.find((object) => object?.kind === 'ClusterConfig');
const group = managedNodeGroups.find(({ name }: Manifest) => name === 'gpu');

test('as many pods as torchrun waits for run at once, and find the one with index 0', () => {
  const { completions, completionMode, parallelism } = job.spec;
  expect([completionMode, completions, parallelism]).toEqual(['Indexed', 4, 4]);
  expect(trainer.args).toContain(`--nnodes=${completions}`);
  const leader = trainer.env.find(({ name }: Manifest) => name === 'LEADER').value;
  expect(leader).toBe('$(JOB_NAME)-0.train-mesh.research.svc.cluster.local');
  const { ports, publishNotReadyAddresses } = find('Service', 'train').spec;
  expect(publishNotReadyAddresses).toBe(true);
  expect(trainer.args).toContain(`--rdzv-endpoint=$(LEADER):${ports[0].port}`);
  expect(pod.subdomain).toBe('train-mesh');
});

test('the pods reach each other on every port, and nobody else reaches them', () => {
  expect(callersOf(find('NetworkPolicy', 'train'))).toEqual({ 1: ['train'] });
  const [{ ports }] = find('NetworkPolicy', 'train').spec.ingress;
  expect(ports).toEqual([{ port: 1, endPort: 65535, protocol: 'TCP' }]);
});

test('a pod is made again, but not for ever, and the loss of a node counts as nothing', () => {
  expect(job.spec).toMatchObject({ backoffLimitPerIndex: 3, maxFailedIndexes: 0 });
  expect(job.spec.podFailurePolicy.rules).toMatchObject([
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
  ]);
  expect(job.spec.backoffLimit).toBeUndefined();
});

test('the nodes have what the pods ask for, in one zone, and the autoscaler knows of it', () => {
  expect(group).toMatchObject({ efaEnabled: true, minSize: 0, maxSize: job.spec.completions });
  expect(group.availabilityZones).toHaveLength(1);
  const { limits } = trainer.resources;
  const tag = (resource: string) => group.tags[`k8s.io/cluster-autoscaler/node-template/resources/${resource}`];
  expect(tag('vpc.amazonaws.com/efa')).toBe(limits['vpc.amazonaws.com/efa']);
  expect(Number.parseInt(tag('ephemeral-storage'), 10)).toBeGreaterThan(120);
});

test('the only taint is the one that the plugin of the adapters tolerates, and the pods do too', () => {
  expect(group.taints.map(({ key }: Manifest) => key)).toEqual(['aws.amazon.com/efa']);
  expect(pod.tolerations).toContainEqual({ key: 'aws.amazon.com/efa', operator: 'Exists', effect: 'NoSchedule' });
});

describe('the queue of the page', () => {
  const page = fs.readFileSync(path.join(REPOSITORY, 'docs', 'recipes', 'training.md'), 'utf8');
  const text = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, yaml]) => yaml!)
    .find((yaml) => /kueue/.test(yaml));
  const documents: Manifest[] = parseAllDocuments(text!).map((document) => document.toJS());
  const [flavor, cluster, local] = documents;

  test('is the one of the Job, and takes its nodes', () => {
    expect(job.metadata.labels['kueue.x-k8s.io/queue-name']).toBe(local.metadata.name);
    expect(local).toMatchObject({ metadata: { namespace: 'research' }, spec: { clusterQueue: cluster.metadata.name } });
    expect(flavor.spec.nodeLabels).toEqual(pod.nodeSelector);
  });

  test('has room for all pods in each resource that they request, in the order that Kueue demands', () => {
    const [{ coveredResources, flavors }] = cluster.spec.resourceGroups;
    const requested = trainer.resources.requests;
    expect([...coveredResources].sort()).toEqual(Object.keys(requested).sort());
    expect(flavors[0].resources.map(({ name }: Manifest) => name)).toEqual(coveredResources);
    for (const { name, nominalQuota } of flavors[0].resources) {
      expect(parseQuantity(String(nominalQuota))).toBe(parseQuantity(requested[name])! * BigInt(job.spec.completions));
    }
  });
});
