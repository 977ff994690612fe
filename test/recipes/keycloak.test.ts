import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'keycloak')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name = 'keycloak'): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const ports = (rule: Manifest): number[] => rule.ports.map(({ port }: Manifest) => port);
const pods = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'keycloak' } } };

test('only pods of the set use the ports of the caches', () => {
  const open = find('NetworkPolicy').spec.ingress.filter((rule: Manifest) =>
    ports(rule).some((port) => [7800, 57800].includes(port)),
  );
  expect(open.map(({ from }: Manifest) => from)).toEqual([[pods]]);
  expect(ports(open[0])).toEqual(expect.arrayContaining([7800, 57800]));
  expect(find('Service').spec.ports.map(({ port }: Manifest) => port)).toEqual([8080, 9000]);
});

test('the database is reached on its port, and no address besides', () => {
  const outside = find('NetworkPolicy').spec.egress.filter((rule: Manifest) => !ports(rule).includes(53));
  expect(outside.map(({ to }: Manifest) => to)).toEqual([[{ ipBlock: { cidr: '10.0.128.0/20' } }], [pods]]);
  expect(ports(outside[0])).toEqual([5432]);
});

test('the load balancer asks the management port', () => {
  expect(find('Ingress').metadata.annotations).toMatchObject({
    'alb.ingress.kubernetes.io/healthcheck-path': '/health/ready',
    'alb.ingress.kubernetes.io/healthcheck-port': '9000',
  });
  const [container] = find('Deployment').spec.template.spec.containers;
  expect(container.readinessProbe.httpGet).toMatchObject({ path: '/health/ready', port: 9000 });
});

test('passwords are references', () => {
  const { env } = find('Deployment').spec.template.spec.containers[0];
  expect(env.filter(({ name }: Manifest) => /PASSWORD$/.test(name)).map((each: Manifest) => each.valueFrom)).toEqual([
    { secretKeyRef: { name: 'database', key: 'password' } },
    { secretKeyRef: { name: 'admin', key: 'password' } },
  ]);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
