import { parseAllDocuments } from 'yaml';
import { find, type Manifest } from '../support/app';
import { app, web } from './neighbours';

const made = parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as Manifest);

test('a policy of cdk8s-plus selects a workload and a tenant, which do not load it', () => {
  const { podSelector, ingress } = made.find(
    (m) => m.kind === 'NetworkPolicy' && m.metadata.name.startsWith('prod-shop-'),
  )!.spec;
  expect(podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  expect(ingress[0].from[0].podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  expect(ingress[1].from[0].podSelector).toEqual({});
  expect(web.toPodSelectorConfig().labelSelector.isEmpty()).toBe(false);
  expect(web.toPodSelector()).toBe(web);
});

test('a Deployment of cdk8s-plus is hardened', () => {
  const { spec } = made.find((m) => m.kind === 'Deployment' && m.metadata.name !== 'web')!.spec.template;
  expect(spec.securityContext.runAsUser).toBe(1000);
  expect(spec.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
});

test('a binding of cdk8s-plus names the account of a workload', () => {
  expect(made.find((m) => m.kind === 'RoleBinding')!.subjects).toMatchObject([
    { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
  ]);
});

test('a Peer in acceptsFrom opens its own ports, another peer those of every client', () => {
  const { ingress } = find(made, 'NetworkPolicy', 'web').spec;
  const portsTo = (cidr: string): unknown[] =>
    ingress
      .filter((rule: { from: { ipBlock?: { cidr: string } }[] }) => rule.from.some((f) => f.ipBlock?.cidr === cidr))
      .flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
  expect(portsTo('203.0.113.0/24')).toEqual([9090]);
  expect(portsTo('198.51.100.0/24')).toEqual([8080, 9090]);
});
