import { InitContainer, NodeAgent, Probe, type Tenant } from 'cdk8s-eks-patterns';
import {
  agent,
  agentProps,
  appOf,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  podOf,
  privilegedTenant,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const otel = { port: { otlp: 4317, statsd: { port: 8125, protocol: 'UDP' } }, probes: { liveness: Probe.tcp(13133) } };
const byNode = { ...otel, reach: 'node-ip' };
const because = 'the test says so';
const agents = (props: object, tenant: Tenant = privilegedTenant()) =>
  agent({ ...otel, ...props }, tenant) as NodeAgent<string>;
const rulesOf = ({ networkPolicy }: { networkPolicy: NodeAgent['networkPolicy'] }) => networkPolicy!.toJson().spec!;

describe('an agent that is called by its Service', () => {
  test('has one that stays on the node, also in a restricted tenant', () => {
    const made = agents({}, newTenant());
    expect(made.service!.toJson().spec).toEqual({
      internalTrafficPolicy: 'Local',
      selector: { 'app.kubernetes.io/name': 'agent' },
      type: 'ClusterIP',
      ports: [
        { name: 'otlp', port: 4317, targetPort: 4317, protocol: 'TCP' },
        { name: 'statsd', port: 8125, targetPort: 8125, protocol: 'UDP' },
      ],
    });
    const { ports } = podOf(made).spec.containers[0]!;
    expect(ports).toEqual([
      { name: 'otlp', containerPort: 4317, protocol: 'TCP' },
      { name: 'statsd', containerPort: 8125, protocol: 'UDP' },
      { name: 'probe-13133', containerPort: 13133, protocol: 'TCP' },
    ]);
    expect(made.address).toBe('agent.shop.svc.cluster.local:4317');
    expect(made.url('http', 'statsd')).toBe('http://agent.shop.svc.cluster.local:8125');
  });

  test('and its callers let each other through', () => {
    const tenant = newTenant();
    const made = agents({}, tenant);
    const app = web({ env: { OTLP: made.url('http') }, connectsTo: [made.on('otlp')] }, tenant);
    const port = [{ port: 4317, protocol: 'TCP' }];
    const pods = (name: string) => [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }];
    expect(rulesOf(made).ingress).toEqual([{ from: pods('web'), ports: port }]);
    expect(rulesOf(app).egress).toEqual(expect.arrayContaining([{ to: pods('agent'), ports: port }]));
    expect(findingsOf(() => appOf(tenant))).toEqual([]);
  });

  test('can be waited for', () => {
    const tenant = newTenant();
    const app = web({ initContainers: [InitContainer.waitFor(agents({}, tenant))] }, tenant);
    expect(podOf(app).spec.initContainers![0]!.args).toEqual(['agent.shop.svc.cluster.local', '4317']);
    expect(refusedBy(() => InitContainer.waitFor(agents(byNode)))).toEqual(['props/required', 'host']);
  });

  test('is not called by default: no Service, no port', () => {
    const made = agent();
    expect(made.service).toBeUndefined();
    expect(refusedBy(() => web({ connectsTo: [made] }, newTenant()))).toEqual(['props/required', 'port']);
    expect(refusedBy(() => made.address)).toEqual(['props/required', 'port']);
  });
});

describe('an agent that is called by the address of its node', () => {
  test('takes a port of the node, and no Service', () => {
    const made = agents(byNode);
    expect(made.service).toBeUndefined();
    expect(podOf(made).spec.containers[0]!.ports).toEqual([
      { name: 'otlp', containerPort: 4317, hostPort: 4317, protocol: 'TCP' },
      { name: 'statsd', containerPort: 8125, hostPort: 8125, protocol: 'UDP' },
      { name: 'probe-13133', containerPort: 13133, protocol: 'TCP' },
    ]);
  });

  test('in the network of the node every port is one already', () => {
    const made = agents({ ...byNode, hostNetwork: { because } });
    expect(podOf(made).spec.containers[0]!.ports![0]).toEqual({ name: 'otlp', containerPort: 4317, protocol: 'TCP' });
  });

  test('gives callers a variable, and both sides a way', () => {
    const cluster = newCluster();
    const made = agents(byNode, privilegedTenant(cluster));
    const shop = newTenant({}, cluster, 'apps');
    const app = web(
      { env: { OTLP: made.nodeUrl('http', 'otlp'), HOST: made.nodeAddress() }, connectsTo: [made.on('otlp')] },
      shop,
    );
    const { env } = podOf(app).spec.containers[0]!;
    expect(env).toEqual(
      expect.arrayContaining([
        { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        { name: 'OTLP', value: 'http://$(NODE_IP):4317' },
        { name: 'HOST', value: '$(NODE_IP):4317' },
      ]),
    );
    const port = [{ port: 4317, protocol: 'TCP' }];
    expect(rulesOf(app).egress).toEqual(
      expect.arrayContaining([{ to: [{ ipBlock: { cidr: '192.168.0.0/16' } }], ports: port }]),
    );
    expect(rulesOf(made).ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'apps' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
          },
        ],
        ports: port,
      },
    ]);
    expect(findingsOf(() => appOf(shop))).toEqual([]);
    expect(appOf(shop).findings.filter(({ rule }) => rule === 'connections/node-address')).toEqual([]);
  });

  test('has brackets around an address of IPv6, and warns where its range is not known', () => {
    const cluster = newCluster(newApp(), { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' } } } as never);
    const tenant = privilegedTenant(cluster);
    const made = agents(byNode, tenant);
    const app = web({ env: { OTLP: made.nodeUrl('http') }, connectsTo: [made] }, tenant);
    expect(podOf(app).spec.containers[0]!.env).toContainEqual({ name: 'OTLP', value: 'http://[$(NODE_IP)]:4317' });
    findingsOf(() => appOf(tenant));
    expect(appOf(tenant).findings.map(({ rule }) => rule)).toContain('network/node-range');
  });

  test('is reached by a range in Auto Mode too', () => {
    const tenant = privilegedTenant(newAutoCluster());
    const made = agents(byNode, tenant);
    const app = web({ connectsTo: [made], env: { A: made.nodeAddress() } }, tenant);
    expect(JSON.stringify(rulesOf(app).egress)).toContain('"cidr":"192.168.0.0/16"');
  });

  test('needs a privileged tenant', () => {
    expect(refusedBy(() => agents(byNode, newTenant()))).toEqual(['props/forbidden', 'reach']);
  });

  test.each([
    ['unsupported', 'reach', () => agents({}).nodeUrl('http')],
    ['unsupported', 'reach', () => agents(byNode).url('http')],
    ['unsupported', '', () => agents(byNode).nodeUrl('http', 'http')],
    ['unsupported', '', () => agents({}).on('http')],
    ['unsupported', 'reach', () => agents({ reach: 'nodeIp' })],
    ['required', 'port', () => agents({ port: undefined, reach: 'service' })],
    ['duplicate', 'metrics.port', () => agents({ port: { metrics: 4317 }, metrics: { port: 9090 } })],
  ])('is refused: %s %s', (rule, field, make) => {
    expect(refusedBy(make)).toEqual([`props/${rule}`, field]);
  });

  test('is typed by its ports', () => {
    const typed = new NodeAgent(privilegedTenant(), 'typed', { ...agentProps, port: { otlp: 4317 }, reach: 'node-ip' });
    typed.nodeUrl('http', 'otlp');
    // @ts-expect-error 'oltp' is none of its ports
    expect(() => typed.nodeUrl('http', 'oltp')).toThrow();
  });
});

describe('what an agent sees of its node', () => {
  test('are its processes, for a reason', () => {
    const made = agent({ hostPID: { because } }, privilegedTenant());
    const { metadata, spec } = podOf(made);
    expect(spec.hostPID).toBe(true);
    expect(metadata!.annotations).toMatchObject({ 'cdk8s-eks-patterns.io/host-pid-because': because });
    expect(podOf(agent()).spec).not.toHaveProperty('hostPID');
    synth(appOf(made));
  });

  const path = '/opt/agent';
  const hostPathOf = (spec: object, more: object = {}) => {
    const { volumes, containers } = podOf(agent({ hostPaths: [{ path, ...spec }], ...more }, privilegedTenant())).spec;
    const volume = volumes!.find(({ hostPath }) => hostPath !== undefined)!;
    return [volume.hostPath!.type, containers[0]!.volumeMounts!.find(({ name }) => name === volume.name)];
  };
  test.each([
    [undefined, 'Directory'],
    ['directory', 'Directory'],
    ['create', 'DirectoryOrCreate'],
    ['file', 'File'],
    ['socket', 'Socket'],
    ['device', 'CharDevice'],
    ['blockDevice', 'BlockDevice'],
  ])('is of the kind %s', (kind, type) => {
    expect(hostPathOf({ kind })[0]).toBe(type);
  });

  test('are mounts that come later', () => {
    expect(hostPathOf({ propagation: 'hostToContainer' })[1]).toMatchObject({ mountPropagation: 'HostToContainer' });
    const more = { security: { privileged: { because } } };
    expect(hostPathOf({ propagation: 'bidirectional', readOnly: false }, more)[1]).toMatchObject({
      mountPropagation: 'Bidirectional',
    });
  });

  test.each([
    ['forbidden', 'hostPaths[0].propagation', { hostPaths: [{ path, propagation: 'bidirectional' }] }],
    ['unsupported', 'hostPaths[0].propagation', { hostPaths: [{ path, propagation: 'both' }] }],
    ['unsupported', 'hostPaths[0].kind', { hostPaths: [{ path, kind: 'folder' }] }],
    ['required', 'hostPID.because', { hostPID: {} }],
    ['type', 'hostPID', { hostPID: true }],
  ])('is refused: %s %s', (rule, field, props) => {
    expect(refusedBy(() => agent(props, privilegedTenant()))).toEqual([`props/${rule}`, field]);
  });

  test('needs a privileged tenant', () => {
    expect(refusedBy(() => agent({ hostPID: { because } }))).toEqual(['props/forbidden', 'hostPID']);
  });
});
