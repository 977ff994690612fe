import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'retail-store-aws')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const config = objects.find((object) => object?.kind === 'ClusterConfig');
const WEB_ACL = /^arn:aws:wafv2:us-west-2:111122223333:regional\/webacl\//;
const calls = (name: string) =>
  find('NetworkPolicy', name).spec.egress.flatMap(({ to, ports }: Manifest) =>
    to.flatMap(({ ipBlock }: Manifest) =>
      ipBlock?.cidr.startsWith('10.64.') ? ports.map(({ port }: Manifest) => `${ipBlock.cidr} ${port}`) : [],
    ),
  );

test('the program has fewer than 250 lines, edits no object, and writes none by hand', () => {
  const source = fs.readFileSync(path.join(REPOSITORY, program.main), 'utf8');
  expect(source.split('\n').length).toBeLessThan(250);
  expect(source).not.toMatch(/customize|KubeObject/);
});

test('databases are reached in their subnets, each on its own port', () => {
  const subnets = ['10.64.0.0/24', '10.64.1.0/24', '10.64.2.0/24'];
  expect(calls('catalog')).toEqual(subnets.map((range) => `${range} 3306`));
  expect(calls('orders')).toEqual([5432, 5671].flatMap((port) => subnets.map((range) => `${range} ${port}`)));
  expect(calls('checkout')).toEqual(subnets.map((range) => `${range} 6379`));
  expect(calls('ui')).toEqual([]);
});

test('the cart has the permissions on its table, by EKS Pod Identity', () => {
  const association = config.iam.podIdentityAssociations.find((one: Manifest) => one.serviceAccountName === 'carts');
  const [statement] = association.permissionPolicy.Statement;
  expect(statement.Resource).toContain('arn:aws:dynamodb:us-west-2:111122223333:table/Items');
  expect(find('ServiceAccount', 'carts').metadata.annotations).toBeUndefined();
});

test('partners reach the catalog by TLS at addresses that stay', () => {
  const { metadata, spec } = find('Service', 'catalog-nlb');
  const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
  expect(metadata.annotations[`${prefix}eip-allocations`].split(',')).toHaveLength(3);
  expect(metadata.annotations[`${prefix}ssl-ports`]).toBe('http');
  expect(spec.ports).toMatchObject([{ port: 443, targetPort: 8080 }]);
  expect(spec.loadBalancerSourceRanges).toEqual(['198.51.100.0/24']);
});

test('the pictures are on EFS, read-only for the pods that show them, behind AWS WAF', () => {
  const pod = find('Deployment', 'assets').spec.template.spec;
  const claims = pod.volumes.flatMap(({ persistentVolumeClaim }: Manifest) => persistentVolumeClaim ?? []);
  expect(claims).toHaveLength(1);
  const claim = find('PersistentVolumeClaim', claims[0].claimName);
  expect(claim.spec.accessModes).toEqual(['ReadWriteMany']);
  expect(find('StorageClass', claim.spec.storageClassName).provisioner).toBe('efs.csi.aws.com');
  const mount = pod.containers[0].volumeMounts.find((one: Manifest) => one.mountPath.endsWith('/assets'));
  expect(mount.readOnly).toBe(true);
  expect(config.addons.map(({ name }: Manifest) => name)).toContain('aws-efs-csi-driver');
  expect(find('Ingress', 'assets').metadata.annotations['alb.ingress.kubernetes.io/wafv2-acl-arn']).toMatch(WEB_ACL);
});

test('the shop window is behind a Gateway with AWS WAF, and one request in ten goes to the canary', () => {
  const balancer = objects.find((object) => object?.kind === 'LoadBalancerConfiguration')!;
  expect(JSON.stringify(balancer.spec)).toContain('webacl/store');
  const route = find('HTTPRoute', 'ui');
  const [rule] = route.spec.rules;
  expect(rule.backendRefs.map(({ name, weight }: Manifest) => [name, weight])).toEqual([
    ['ui', 90],
    ['ui-canary', 10],
  ]);
  expect(find('Namespace', 'ui').metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject']).toBe('enabled');
});
