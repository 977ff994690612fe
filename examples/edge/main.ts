import { Cluster, EksApp, Expose, Image, Peer, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

/** A resolver for the networks of offices, and a proxy for their programs, each behind a Network Load Balancer. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const edge = new Tenant(cluster, 'edge');
const cache = { account: '111122223333', region: 'us-west-2', prefix: 'docker-hub' } as const;
const offices = ['10.20.0.0/16', '10.30.0.0/16'] as const;

const COREFILE = `.:5353 {
  errors
  health :8080 {
    lameduck 10s
  }
  ready :8181
  forward example.com 10.20.0.2 10.30.0.2
  forward . /etc/resolv.conf
  cache 30
  prometheus :9153
}
`;
new WebService(edge, 'resolver', {
  image: Image.ecrCache({ ...cache, repository: 'coredns/coredns', tag: '1.12.4' }),
  args: ['-conf', '/etc/coredns/Corefile'],
  user: 65532,
  port: { dns: 5353, 'dns-udp': { port: 5353, protocol: 'UDP' }, ready: 8181, health: 8080 },
  replicas: 3,
  files: { '/etc/coredns/Corefile': COREFILE },
  probes: { readiness: Probe.http('/ready', { port: 'ready' }), liveness: Probe.http('/health', { port: 'health' }) },
  metrics: { port: 9153 },
  resources: { cpu: '100m', memory: '128Mi' },
  security: {
    capabilities: { add: ['NET_BIND_SERVICE'], because: 'the file of the program has it, and would not start' },
  },
  connectsTo: offices.map((range) => Peer.cidr(range, { port: 53, protocol: 'UDP' }, 53)),
  expose: Expose.nlb({
    scheme: 'internal',
    listeners: { 53: ['dns', 'dns-udp'] },
    allowFrom: offices,
    privateAddresses: ['192.168.96.53', '192.168.128.53', '192.168.160.53'],
  }),
});

const ENVOY = `admin:
  address: { socket_address: { address: 0.0.0.0, port_value: 9901 } }
static_resources:
  listeners:
    - name: https
      address: { socket_address: { address: 0.0.0.0, port_value: 8443 } }
      listener_filters:
        - name: envoy.filters.listener.proxy_protocol
          typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol }
      filter_chains:
        - filters:
            - name: envoy.filters.network.tcp_proxy
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                stat_prefix: api
                cluster: api
  clusters:
    - name: api
      type: STRICT_DNS
      load_assignment:
        cluster_name: api
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: api.example.com, port_value: 443 } } }
`;
new WebService(edge, 'proxy', {
  image: Image.ecrCache({ ...cache, repository: 'envoyproxy/envoy', tag: 'distroless-v1.35.3' }),
  args: ['-c', '/etc/envoy/envoy.yaml', '--drain-time-s', '20'],
  user: 65532,
  port: { https: 8443, admin: 9901 },
  replicas: { min: 3, max: 9 },
  files: { '/etc/envoy/envoy.yaml': ENVOY },
  probes: { readiness: Probe.http('/ready', { port: 'admin' }), liveness: Probe.tcp('admin') },
  metrics: { port: 'admin', path: '/stats/prometheus' },
  resources: { cpu: '250m', memory: '256Mi' },
  connectsTo: [Peer.internet(443)],
  expose: Expose.nlb({
    scheme: 'internal',
    listeners: { 443: 'https' },
    clientIp: 'proxy-protocol',
    allowFrom: offices,
  }),
});
app.synth();
