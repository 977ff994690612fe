import type { ClusterConfig } from '../../../../eksctl/types';
import { clusterSide } from '../../../../review/cluster-side';
import { plan } from '../../../../review/plan/plan';
import { simulatedClusterSide } from '../../../../review/simulated-cluster-side';
import { deployment, type Given, inventoryOf, said } from './support';

const config = (desiredCapacity: number): ClusterConfig =>
  ({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
    managedNodeGroups: [
      {
        name: 'workers',
        instanceType: 'm5.large',
        minSize: 1,
        maxSize: 9,
        desiredCapacity,
        availabilityZones: ['us-west-2a'],
      },
    ],
  }) as unknown as ClusterConfig;

/** Pods of which one node holds three. */
const asking = (image = 'example.com/app:1') => ({ main: { image, resources: { requests: { cpu: '500m' } } } });
const strategy = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } };

function capacityOf(before: Given[], after: Given[], nodes = 1, nodesBefore = nodes): readonly string[] {
  const [old, next] = [inventoryOf(before), inventoryOf(after)];
  const { effects } = plan(old, next, {
    cluster: simulatedClusterSide(config(nodes), next),
    clusterBefore: simulatedClusterSide(config(nodesBefore), old),
  });
  return said(effects, 'capacity');
}

const web = (spec: object, image?: string) => deployment({ ...strategy, ...spec }, asking(image));

test('a rollout that has no room for a pod more', () => {
  expect(capacityOf([web({})], [web({}, 'example.com/app:2')])).toEqual([
    "danger: the rollout does not fit on the 1 node that the cluster begins with: no place for 1 pod of 'shop/web' (cpu), of CPU 104 % is asked for",
  ]);
  expect(capacityOf([web({})], [web({}, 'example.com/app:2')], 2)).toEqual([]);
});

test('only what changes surges', () => {
  const other = deployment(
    { replicas: 1, ...strategy },
    { main: { image: 'a', resources: { requests: { cpu: '100m' } } } },
    'other',
  );
  const changed = deployment(
    { replicas: 1, ...strategy },
    { main: { image: 'b', resources: { requests: { cpu: '100m' } } } },
    'other',
  );
  expect(capacityOf([web({}), other], [web({}), changed])).toEqual([]);
});

test('more pods, and what stays behind, take room', () => {
  expect(capacityOf([web({})], [web({ replicas: 4 })])[0]).toMatch(
    /^danger: the set with what stays behind does not fit/,
  );
  expect(capacityOf([web({})], [deployment(strategy, asking(), 'site')])[0]).toContain('no place for 3 pods');
});

test('fewer nodes', () => {
  expect(capacityOf([web({ replicas: 5 })], [web({ replicas: 5 })], 1, 2)[0]).toMatch(
    /^danger: the set with what stays/,
  );
});

test('nothing is said where the nodes are not known, or where there was no room before', () => {
  const [old, next] = [inventoryOf([web({})]), inventoryOf([web({}, 'example.com/app:2')])];
  expect(said(plan(old, next, { cluster: clusterSide(config(1)) }).effects, 'capacity')).toEqual([]);
  expect(capacityOf([web({ replicas: 9 })], [web({ replicas: 9 }, 'example.com/app:2')])).toEqual([]);
});

test('of very many pods the sums are compared', () => {
  const many = (replicas: number, image?: string) => [web({ replicas }, image)];
  expect(capacityOf(many(1100), many(1100, 'example.com/app:2'), 400)).toEqual([]);
  expect(capacityOf(many(1100), many(1300), 290)).toEqual([
    expect.stringMatching(/^danger: the rollout does not fit on 290 nodes: of CPU 1\d\d % is asked for$/),
  ]);
});
