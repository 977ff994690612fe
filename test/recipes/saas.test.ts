import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'saas')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const ofKind = (kind: string): Manifest[] => objects.filter((object) => object?.kind === kind);
const find = (kind: string, namespace: string): Manifest =>
  ofKind(kind).find(({ metadata }) => metadata.namespace === namespace && metadata.name !== 'default-deny');
const TENANTS = ['acme', 'globex', 'initech'].flatMap((customer) => [`${customer}-live`, `${customer}-sandbox`]);

test('each customer has both environments', () => {
  expect(ofKind('Namespace').map(({ metadata }) => metadata.name)).toEqual(TENANTS);
});

test('all share one load balancer, by a class with the group', () => {
  const classes = new Set(ofKind('Ingress').map(({ spec }) => spec.ingressClassName));
  expect([...classes]).toEqual(['alb-customers']);
  const { spec } = ofKind('IngressClass').find(({ metadata }) => metadata.name === 'alb-customers');
  const params = ofKind('IngressClassParams').find(({ metadata }) => metadata.name === spec.parameters.name);
  expect(spec.controller).toBe('eks.amazonaws.com/alb');
  expect(params.spec).toEqual({ group: { name: 'customers' } });
  const hosts = ofKind('Ingress').map(({ spec: { rules } }) => rules[0].host);
  expect(new Set(hosts).size).toBe(TENANTS.length);
});

test.each(TENANTS)('%s has the quota of its plan, in which all its pods and a rollout have room', (tenant) => {
  const { hard } = find('ResourceQuota', tenant).spec;
  expect(hard.pods).toBe(tenant.startsWith('acme') ? '120' : '40');
  const { maxReplicas } = find('HorizontalPodAutoscaler', tenant).spec;
  const { cpu } = find('Deployment', tenant).spec.template.spec.containers[0].resources.requests;
  // a surge of a quarter, and as many again terminating
  expect(maxReplicas * 2.5 * Number.parseInt(cpu, 10)).toBeLessThanOrEqual(Number(hard['requests.cpu']) * 1000);
});

test.each(TENANTS)('%s is called by the load balancer alone, and calls the database, DNS and AWS', (tenant) => {
  const { egress, ingress } = find('NetworkPolicy', tenant).spec;
  const addresses = (peers: Manifest[]) => peers.map(({ ipBlock, ...others }) => ipBlock?.cidr ?? others);
  expect(ingress).toHaveLength(1);
  expect(addresses(ingress[0].from)).toEqual(['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19']);
  expect(egress.flatMap(({ to, ports }: Manifest) => addresses(to).map((to) => `${to}:${ports[0].port}`))).toEqual([
    '10.100.0.10/32:53',
    '10.20.0.0/24:5432',
    '169.254.170.23/32:80',
    '0.0.0.0/0:443',
  ]);
});

test.each(TENANTS)('the role of %s reads its own secret and files', (tenant) => {
  const [{ iam }] = ofKind('ClusterConfig');
  const own = iam.podIdentityAssociations.filter(({ namespace }: Manifest) => namespace === tenant);
  const resources = own.flatMap(({ permissionPolicy }: Manifest) =>
    permissionPolicy.Statement.flatMap(({ Resource }: Manifest) => Resource),
  );
  const folder = tenant.replace('-', '/');
  expect(resources).toEqual([
    `arn:aws:s3:::saas-files/${folder}/*`,
    `arn:aws:secretsmanager:us-west-2:*:secret:saas/${folder}/database-??????`,
  ]);
});

test.each(TENANTS)('%s runs on nodes of its kind, of which there are some', (tenant) => {
  const { nodeSelector } = find('Deployment', tenant).spec.template.spec;
  const type = tenant.endsWith('live') ? 'on-demand' : 'spot';
  expect(nodeSelector).toEqual({ 'karpenter.sh/capacity-type': type });
  const [pool] = ofKind('NodePool');
  expect(pool.spec.template.spec.requirements).toContainEqual(
    expect.objectContaining({ key: 'karpenter.sh/capacity-type', values: ['spot'] }),
  );
});
