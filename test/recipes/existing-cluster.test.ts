import * as fs from 'node:fs';
import * as path from 'node:path';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { REPOSITORY } from '../app/support';
import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'existing-cluster')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const read = (...below: string[]) => fs.readFileSync(path.join(REPOSITORY, ...below), 'utf8');
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const config = ClusterConfig.parse(read('examples', 'existing-cluster', 'cluster.yaml'));
const group = config.managedNodeGroups!.find(({ name }) => name === 'gpu')!;

test('every object is in the namespace of the team, or is that namespace', () => {
  const elsewhere = objects.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'media');
  expect(elsewhere).toEqual([]);
  expect(find('Namespace', 'media')).toBeDefined();
});

test('claims and pods name the classes of the platform, and a review of the files knows that they are there', () => {
  const [claim] = find('StatefulSet', 'index').spec.volumeClaimTemplates;
  expect(claim.spec.storageClassName).toBe('gp3-retain');
  expect(find('Deployment', 'api').spec.template.spec.priorityClassName).toBe('workload-standard');
  const review = read(program.dist, '.cdk8s-eks-patterns.review');
  expect(review).toContain('{"kind":"StorageClass","namespace":"","name":"gp3-retain"}');
});

test('roles come by IRSA, from steps that make them under the names in the annotations', () => {
  const steps = read(program.dist, 'cluster', 'prod.md');
  for (const name of ['transcriber', 'api']) {
    const annotation = find('ServiceAccount', name).metadata.annotations['eks.amazonaws.com/role-arn'];
    expect(annotation).toBe(`arn:aws:iam::111122223333:role/prod-media-${name}`);
    expect(steps).toContain(`roleName: prod-media-${name}\n`);
  }
  expect(config.addons!.map(({ name }) => name)).not.toContain('eks-pod-identity-agent');
});

test('a worker runs on the GPUs of the file, and a rollout needs no more of them than there are', () => {
  const { replicas, strategy, template } = find('Deployment', 'transcriber').spec;
  expect(template.spec.nodeSelector).toEqual(group.labels);
  expect(template.spec.tolerations).toContainEqual({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' });
  expect(replicas + strategy.rollingUpdate.maxSurge).toBeLessThanOrEqual(group.maxSize!);
  expect(objects.filter((object) => object?.kind === 'DaemonSet')).toEqual([]);
});

test('the load balancer calls from the private subnets that eksctl made in the range of the file', () => {
  const { ingress } = find('NetworkPolicy', 'api').spec;
  const ranges = ingress[0].from.map(({ ipBlock }: Manifest) => ipBlock.cidr);
  expect(ranges).toEqual(['10.42.96.0/19', '10.42.128.0/19', '10.42.160.0/19']);
  expect(callersOf(find('NetworkPolicy', 'index'))).toEqual({ 6379: ['api', 'transcriber'] });
});
