import { Cluster, EksApp, Env, Image, Probe, StatefulService, Tenant, WebService } from 'cdk8s-eks-patterns';

/** OpenSearch with three cluster managers, three data nodes, and a service that searches. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.2xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const search = new Tenant(cluster, 'search');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const home = '/usr/share/opensearch';

const node = {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'opensearchproject/opensearch', tag: '3.3.0' }),
  user: 1000,
  port: { http: 9200, transport: 9300 },
  memberPorts: ['transport'],
  scratch: ['/tmp', `${home}/logs`],
  // a node creates its keystore beside the configuration of the image
  initContainers: [
    {
      name: 'config',
      like: 'main',
      command: ['cp', '-r', `${home}/config/.`, '/copy'],
      resources: { cpu: '10m', memory: '32Mi' },
    },
  ],
  shared: [{ name: 'config', with: { config: '/copy', main: `${home}/config` } }],
  shutdown: { drain: '2m' },
} as const;
const settings = {
  'cluster.name': 'search',
  'node.name': Env.podName(),
  DISABLE_SECURITY_PLUGIN: true,
  DISABLE_PERFORMANCE_ANALYZER_AGENT_CLI: true,
} as const;
// without the log of the garbage collector, which grows to 2 GB
const heap = (size: string) => `-Xms${size} -Xmx${size} -Xlog:disable -Xlog:all=warning:stderr`;

const managers = new StatefulService(search, 'manager', {
  ...node,
  quorum: 3,
  storage: { mountPath: `${home}/data`, size: '10Gi' },
  env: {
    ...settings,
    'node.roles': 'cluster_manager',
    'discovery.seed_hosts': (self) => self.hosts.join(','),
    'cluster.initial_cluster_manager_nodes': (self) => self.members.join(','),
    OPENSEARCH_JAVA_OPTS: heap('1g'),
  },
  probes: {
    // an error while there is no elected manager
    readiness: Probe.http('/_cluster/health?cluster_manager_timeout=2s', { port: 'http', timeout: '5s' }),
    liveness: Probe.tcp('transport', { failures: 9 }),
  },
  resources: { cpu: '250m', memory: '2Gi' },
});

const data = new StatefulService(search, 'data', {
  ...node,
  replicas: 3,
  order: 'Parallel',
  memberOf: [managers],
  storage: { mountPath: `${home}/data`, size: '200Gi' },
  env: {
    ...settings,
    'node.roles': 'data,ingest',
    'node.attr.zone': Env.zone(),
    'cluster.routing.allocation.awareness.attributes': 'zone', // copies of a shard are in different zones
    'discovery.seed_hosts': managers.hosts.join(','),
    OPENSEARCH_JAVA_OPTS: heap('4g'),
  },
  probes: {
    readiness: Probe.http('/_cluster/health?local=true', { port: 'http', timeout: '5s' }),
    liveness: Probe.tcp('transport', { failures: 9 }),
  },
  resources: { cpu: '1', memory: '8Gi' },
});

new WebService(search, 'web', {
  image: Image.ecr({ ...ecr, repository: 'search/web', tag: '2.4.0' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: { OPENSEARCH_URL: data.url('http', 'http') },
  connectsTo: [data.on('http')],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
