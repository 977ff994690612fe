import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'edge')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const listening = (name: string) =>
  find('Service', name).spec.ports.map(
    ({ port, protocol, targetPort }: Manifest) => `${port}/${protocol} ${targetPort}`,
  );
const callers = (name: string) =>
  find('NetworkPolicy', name).spec.ingress.map(({ from, ports }: Manifest) => [
    from.map(({ ipBlock, namespaceSelector }: Manifest) => ipBlock?.cidr ?? (namespaceSelector ? 'pods' : 'members')),
    ports.map(({ port, protocol }: Manifest) => `${port}/${protocol}`),
  ]);
const SUBNETS = ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'];
const OFFICES = ['10.20.0.0/16', '10.30.0.0/16'];

test('TCP and UDP share a listener, which asks the pods whether they are ready', () => {
  expect(listening('resolver-nlb')).toEqual(['53/TCP 5353', '53/UDP 5353']);
  expect(find('Service', 'resolver-nlb').metadata.annotations).toMatchObject({
    [`${NLB}enable-tcp-udp-listener`]: 'true',
    [`${NLB}healthcheck-path`]: '/ready',
    [`${NLB}healthcheck-port`]: '8181',
  });
});

test('clients of UDP are admitted themselves, those of TCP by the load balancer', () => {
  expect(callers('resolver')).toEqual(
    expect.arrayContaining([
      [SUBNETS, ['5353/TCP', '5353/UDP', '8181/TCP']],
      [OFFICES, ['5353/UDP']],
    ]),
  );
});

test('the proxy reads the header that the load balancer writes', () => {
  expect(listening('proxy-nlb')).toEqual(['443/TCP 8443']);
  expect(find('Service', 'proxy-nlb').metadata.annotations[`${NLB}target-group-attributes`]).toContain(
    'proxy_protocol_v2.enabled=true',
  );
  const files = objects.find(
    (object) => object?.kind === 'ConfigMap' && object.metadata.name.startsWith('proxy-files'),
  );
  expect(Object.values(files.data).join()).toContain('proxy_protocol.v3.ProxyProtocol');
  expect(callers('proxy')).toEqual(expect.arrayContaining([[SUBNETS, ['8443/TCP', '9901/TCP']]]));
});

test('the resolver may have the capability that its file asks for', () => {
  const [container] = find('Deployment', 'resolver').spec.template.spec.containers;
  expect(container.securityContext.capabilities).toEqual({ add: ['NET_BIND_SERVICE'], drop: ['ALL'] });
  expect(find('Namespace', 'edge').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
});
