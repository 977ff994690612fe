import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'online-boutique')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const all = (kind: string): Manifest[] => objects.filter((object) => object?.kind === kind);
const find = (kind: string, name: string): Manifest => all(kind).find(({ metadata }) => metadata.name === name);
const called = (rules: readonly Manifest[], side: 'from' | 'to'): string[] =>
  rules
    .flatMap((rule) => rule[side])
    .flatMap((peer: Manifest) => peer.podSelector?.matchLabels['app.kubernetes.io/name'] ?? [])
    .sort();

test('the program has at most 90 lines without comments', () => {
  const text = fs.readFileSync(path.join(REPOSITORY, program.main), 'utf8');
  const lines = text.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line));
  expect(lines.length).toBeLessThanOrEqual(90);
  expect(all('Deployment')).toHaveLength(11);
});

const GRPC = all('Deployment').filter(({ spec }) => spec.template.spec.containers[0].readinessProbe?.grpc);

test('the name of a gRPC service leads to its pods, and its liveness is more patient than its readiness', () => {
  expect(GRPC).toHaveLength(9);
  for (const { metadata, spec } of GRPC) {
    const { livenessProbe, readinessProbe, ports } = spec.template.spec.containers[0];
    expect(find('Service', metadata.name).spec).toMatchObject({
      clusterIP: 'None',
      ports: [{ name: 'grpc', port: ports[0].containerPort }],
    });
    expect(livenessProbe.failureThreshold).toBeGreaterThanOrEqual(3 * readinessProbe.failureThreshold);
  }
});

test.each([
  ['cartservice', ['valkey-cart']],
  ['recommendationservice', ['productcatalogservice']],
  [
    'checkoutservice',
    ['cartservice', 'currencyservice', 'emailservice', 'paymentservice', 'productcatalogservice', 'shippingservice'],
  ],
  ['loadgenerator', ['frontend']],
  ['emailservice', []],
])('%s calls %j, and nothing else', (name, callees) => {
  const { egress } = find('NetworkPolicy', name).spec;
  expect(called(egress, 'to')).toEqual(callees);
  for (const callee of callees) {
    expect(called(find('NetworkPolicy', callee).spec.ingress, 'from')).toContain(name);
  }
});

test('only the frontend is reached from outside', () => {
  expect(all('Ingress').map(({ metadata }) => metadata.name)).toEqual(['frontend']);
  expect(all('Service').filter(({ spec }) => ['NodePort', 'LoadBalancer'].includes(spec.type))).toEqual([]);
});
