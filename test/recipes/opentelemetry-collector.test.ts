import { manifests, PROGRAMS } from '../golden/programs';

const all = manifests(PROGRAMS.find(({ name }) => name === 'opentelemetry-collector')!).map(({ manifest }) => manifest);
const find = (kind: string, name: string) =>
  all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;
const admits = (name: string) =>
  find('NetworkPolicy', name).spec.ingress.flatMap(
    // biome-ignore lint/suspicious/noExplicitAny: plain YAML
    ({ from, ports }: any) =>
      // biome-ignore lint/suspicious/noExplicitAny: plain YAML
      from.map((peer: any) => [
        peer.podSelector.matchLabels['app.kubernetes.io/name'],
        // biome-ignore lint/suspicious/noExplicitAny: plain YAML
        ports.map(({ port }: any) => port),
      ]),
  );

test('the agent has a port of its node, and the application calls it by the address of the node', () => {
  const { ports } = find('DaemonSet', 'agent').spec.template.spec.containers[0];
  expect(ports.filter(({ hostPort }: { hostPort?: number }) => hostPort !== undefined)).toEqual([
    { containerPort: 4318, hostPort: 4318, name: 'http', protocol: 'TCP' },
  ]);
  expect(find('Deployment', 'orders').spec.template.spec.containers[0].env).toEqual(
    expect.arrayContaining([{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://$(NODE_IP):4318' }]),
  );
});

test('only the application reaches the agent, and only the agent reaches the gateway', () => {
  expect([admits('agent'), admits('gateway')]).toEqual([[['orders', [4318]]], [['agent', [4318]]]]);
});

test('a drain leaves a gateway', () => {
  expect(find('Deployment', 'gateway').spec.replicas).toBe(2);
  expect(find('PodDisruptionBudget', 'gateway').spec.maxUnavailable).toBe(1);
});
