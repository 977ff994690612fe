import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'monitoring')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const podOf = (name: string): Manifest => find('StatefulSet', name).spec.template.spec;
/** Names of workloads that call a port, and 'load balancer' for a range. */
const callers = (name: string, port: number): string[] => {
  const names = find('NetworkPolicy', name)
    .spec.ingress.filter(({ ports }: Manifest) => ports.some((open: Manifest) => open.port === port))
    .flatMap(({ from }: Manifest) => from)
    .map((peer: Manifest) => peer.podSelector?.matchLabels['app.kubernetes.io/name'] ?? 'load balancer');
  return [...new Set<string>(names)].sort();
};

test('Grafana is reached through the proxy alone, whose readiness the load balancer asks', () => {
  expect(callers('grafana', 4180)).toEqual(['load balancer']);
  expect(callers('grafana', 3000)).toEqual(['prometheus']);
  const { annotations } = find('Ingress', 'grafana').metadata;
  expect(annotations['alb.ingress.kubernetes.io/healthcheck-path']).toBe('/ready');
  expect(find('Ingress', 'grafana').spec.rules[0].http.paths[0].backend.service.port).toEqual({ name: 'proxy' });
});

test('Prometheus calls what has metrics, and the kubelets, and is called by Grafana', () => {
  const { egress } = find('NetworkPolicy', 'prometheus').spec;
  const ports = egress.flatMap((rule: Manifest) => rule.ports.map(({ port }: Manifest) => port));
  expect(ports).toEqual(expect.arrayContaining([3000, 9100, 10250]));
  expect(callers('orders', 9100)).toEqual(['prometheus']);
  expect(callers('prometheus', 9090)).toEqual(['grafana']);
});

test('it has half an hour to replay its log, and its volume more than it keeps', () => {
  const [main] = podOf('prometheus').containers;
  expect(main.startupProbe.periodSeconds * main.startupProbe.failureThreshold).toBe(1800);
  expect(podOf('prometheus').terminationGracePeriodSeconds).toBeGreaterThan(300);
  const [claim] = find('StatefulSet', 'prometheus').spec.volumeClaimTemplates;
  expect(claim.spec.resources.requests.storage).toBe('500Gi');
  expect(main.args).toContain('--storage.tsdb.retention.size=400GB');
});

test('rules are read from the folder that the sidecar writes', () => {
  const mount = { name: 'shared-rules', mountPath: '/etc/rules' };
  expect(podOf('prometheus').containers[0].volumeMounts).toContainEqual(mount);
  expect(podOf('prometheus').initContainers[0].volumeMounts).toContainEqual(mount);
});

test('each secret is mounted by the container that reads it, and none is in the output', () => {
  const mountsOf = (name: string, secret: string) =>
    [...podOf(name).containers, ...podOf(name).initContainers]
      .filter(({ volumeMounts }: Manifest) => volumeMounts.some((mount: Manifest) => mount.name === `secret-${secret}`))
      .map((container: Manifest) => container.name);
  expect(mountsOf('grafana', 'oidc')).toEqual(['oauth2-proxy']);
  expect(mountsOf('grafana', 'admin')).toEqual(['grafana']);
  expect(mountsOf('prometheus', 'git')).toEqual(['rules']);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
