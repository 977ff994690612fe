import { Cluster, EksApp, Env, Image, NodeAgent, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

/** A collector on each node, which applications call by the address of their node, and a gateway that exports to AWS. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const gateways = new Tenant(cluster, 'telemetry');
const agents = new Tenant(cluster, 'telemetry-agents', {
  podSecurity: { level: 'privileged', because: 'the agents are called on a port of their node' },
});
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const config = '/etc/otelcol-contrib/config.yaml';

/** What both kinds share: OTLP in, a limit of memory, batches. The collector reads JSON as YAML. */
const pipelines = (exporters: Record<string, object>, [traces, metrics]: [string, string], extensions = {}) =>
  JSON.stringify({
    extensions: { health_check: { endpoint: '0.0.0.0:13133' }, ...extensions },
    receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 25 },
      resource: { attributes: [{ key: 'k8s.node.name', value: '$' + '{env:NODE_NAME}', action: 'insert' }] },
      batch: {},
    },
    exporters,
    service: {
      extensions: ['health_check', ...Object.keys(extensions)],
      pipelines: Object.fromEntries(
        Object.entries({ traces, metrics }).map(([signal, exporter]) => [
          signal,
          { receivers: ['otlp'], processors: ['memory_limiter', 'resource', 'batch'], exporters: [exporter] },
        ]),
      ),
    },
  });
const collector = {
  image: Image.ecrCache({
    ...ecr,
    prefix: 'docker-hub',
    repository: 'otel/opentelemetry-collector-contrib',
    tag: '0.128.0',
  }),
  user: 10001,
  port: { grpc: 4317, http: 4318 },
  scratch: [],
  env: { NODE_NAME: Env.nodeName() },
  probes: {
    readiness: Probe.http('/', { port: 13133 }),
    liveness: Probe.http('/', { port: 13133, failures: 9 }),
  },
} as const;

const remoteWrite = 'https://aps-workspaces.us-west-2.amazonaws.com/workspaces/ws-example/api/v1/remote_write';
const gateway = new WebService(gateways, 'gateway', {
  ...collector,
  port: { ...collector.port, health: 13133 },
  replicas: 2,
  files: {
    [config]: pipelines(
      {
        awsxray: { region: 'us-west-2' },
        prometheusremotewrite: { endpoint: remoteWrite, auth: { authenticator: 'sigv4auth' } },
      },
      ['awsxray', 'prometheusremotewrite'],
      { sigv4auth: { region: 'us-west-2', service: 'aps' } },
    ),
  },
  resources: { cpu: '200m', memory: '512Mi' },
  aws: { managedPolicies: ['AWSXrayWriteOnlyAccess', 'AmazonPrometheusRemoteWriteAccess'] },
});
const agent = new NodeAgent(agents, 'agent', {
  ...collector,
  port: { http: 4318 },
  reach: 'node-ip',
  files: {
    [config]: pipelines({ otlphttp: { endpoint: gateway.url('http', 'http') } }, ['otlphttp', 'otlphttp']),
  },
  resources: { cpu: '50m', memory: '128Mi' },
  connectsTo: [gateway.on('http')],
});

new WebService(new Tenant(cluster, 'shop'), 'orders', {
  image: Image.ecr({ ...ecr, repository: 'shop/orders', tag: '1.4.2' }),
  user: 10001,
  port: 8080,
  replicas: 2,
  env: { OTEL_EXPORTER_OTLP_ENDPOINT: agent.nodeUrl('http', 'http'), OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  connectsTo: [agent.on('http')],
});
app.synth();
