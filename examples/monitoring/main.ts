import {
  Cluster,
  EksApp,
  Expose,
  Image,
  Peer,
  Probe,
  Secret,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

/** Prometheus with rules from Git, Grafana behind a login with OpenID Connect, and a service that is scraped. */
const app = new EksApp({
  defaults: { scraper: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } } },
});
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const monitoring = new Tenant(cluster, 'monitoring');
const git = Secret.fromSecretsManager(monitoring, 'git', { secret: 'monitoring/git', keys: ['token'] });
const oidc = Secret.fromSecretsManager(monitoring, 'oidc', { secret: 'monitoring/oidc', keys: ['client', 'cookie'] });
const admin = Secret.fromSecretsManager(monitoring, 'admin', { secret: 'monitoring/grafana', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const annotation = (name: string) => `__meta_kubernetes_pod_annotation_prometheus_io_${name}`;
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';
const config = {
  global: { scrape_interval: '30s', external_labels: { cluster: 'prod' } },
  rule_files: ['/etc/rules/repo/rules/*.yml'],
  scrape_configs: [
    {
      job_name: 'pods', // by the annotations that `metrics` writes
      kubernetes_sd_configs: [{ role: 'pod' }],
      relabel_configs: [
        { source_labels: [annotation('scrape')], regex: 'true', action: 'keep' },
        { source_labels: ['__meta_kubernetes_pod_container_init'], regex: 'true', action: 'drop' },
        { source_labels: [annotation('path')], regex: '(.+)', target_label: '__metrics_path__' },
        {
          source_labels: ['__meta_kubernetes_pod_ip', annotation('port')],
          separator: ':',
          target_label: '__address__',
        },
        { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
        { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
      ],
    },
    {
      job_name: 'containers', // their memory and CPU, from the kubelets
      scheme: 'https',
      metrics_path: '/metrics/cadvisor',
      authorization: { credentials_file: `${serviceAccount}/token` },
      tls_config: { insecure_skip_verify: true }, // certificates of kubelets are signed by themselves
      kubernetes_sd_configs: [{ role: 'node' }],
    },
  ],
};
const prometheus = new StatefulService(monitoring, 'prometheus', {
  image: Image.ecrCache({ ...ecr, prefix: 'quay', repository: 'prometheus/prometheus', tag: 'v3.5.0' }),
  user: 65534,
  port: 9090,
  replicas: 1,
  storage: { mountPath: '/prometheus', size: '500Gi' },
  files: { '/etc/prometheus/prometheus.yml': JSON.stringify(config) },
  args: [
    '--config.file=/etc/prometheus/prometheus.yml',
    '--storage.tsdb.path=/prometheus',
    '--storage.tsdb.retention.time=90d',
    '--storage.tsdb.retention.size=400GB', // the log and compaction need the rest
    '--web.enable-lifecycle', // a reload by POST
  ],
  probes: {
    readiness: Probe.http('/-/ready'),
    liveness: Probe.http('/-/healthy'),
    startup: Probe.http('/-/ready', { period: '15s', failures: 120 }), // half an hour to replay the log
  },
  shutdown: { drain: '5m' },
  resources: { cpu: '1', memory: '8Gi' },
  sidecars: [
    {
      name: 'rules',
      image: Image.ecrCache({ ...ecr, prefix: 'kubernetes', repository: 'git-sync/git-sync', tag: 'v4.4.2' }),
      user: 65533,
      env: {
        GITSYNC_REPO: 'https://github.com/example/rules',
        GITSYNC_REF: 'main',
        GITSYNC_DEPTH: '1',
        GITSYNC_PERIOD: '60s',
        GITSYNC_MAX_FAILURES: '-1', // a failure of Git does not take Prometheus down
        GITSYNC_ROOT: '/etc/rules',
        GITSYNC_LINK: 'repo',
        GITSYNC_USERNAME: 'prometheus',
        GITSYNC_PASSWORD_FILE: git.file('token'),
        GITSYNC_WEBHOOK_URL: 'http://127.0.0.1:9090/-/reload',
      },
      resources: { cpu: '20m', memory: '64Mi' },
    },
  ],
  shared: [{ name: 'rules', path: '/etc/rules', size: '256Mi', with: ['main', 'rules'] }],
  apiAccess: {
    cluster: [
      { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    ],
  },
  connectsTo: [Peer.metrics(app), Peer.cidr('192.168.0.0/16', 10250), Peer.internet(443)],
});

new StatefulService(monitoring, 'grafana', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'grafana/grafana', tag: '12.1.1' }),
  user: 472,
  port: 3000,
  replicas: 1,
  storage: { mountPath: '/var/lib/grafana', size: '10Gi' },
  env: {
    GF_SERVER_ROOT_URL: 'https://grafana.example.com',
    GF_SECURITY_ADMIN_PASSWORD__FILE: admin.file('password'),
    GF_AUTH_PROXY_ENABLED: true,
    GF_AUTH_PROXY_HEADER_NAME: 'X-Forwarded-Email',
    GF_AUTH_PROXY_HEADER_PROPERTY: 'email',
    GF_AUTH_PROXY_WHITELIST: '127.0.0.1', // the header counts from the sidecar alone
    GF_LOG_MODE: 'console',
    GF_PLUGINS_PREINSTALL_DISABLED: true,
  },
  files: {
    '/etc/grafana/provisioning/datasources/prometheus.yaml': JSON.stringify({
      apiVersion: 1,
      datasources: [
        { name: 'Prometheus', type: 'prometheus', access: 'proxy', url: prometheus.url('http'), isDefault: true },
      ],
    }),
  },
  probes: { readiness: Probe.http('/api/health'), liveness: Probe.http('/api/health', { failures: 9 }) },
  resources: { cpu: '100m', memory: '512Mi' },
  sidecars: [
    {
      name: 'oauth2-proxy',
      image: Image.ecrCache({ ...ecr, prefix: 'quay', repository: 'oauth2-proxy/oauth2-proxy', tag: 'v7.13.0' }),
      user: 65532,
      port: { proxy: 4180 },
      scratch: [],
      env: {
        OAUTH2_PROXY_PROVIDER: 'oidc',
        OAUTH2_PROXY_OIDC_ISSUER_URL: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example',
        OAUTH2_PROXY_CLIENT_ID: 'grafana',
        OAUTH2_PROXY_CLIENT_SECRET_FILE: oidc.file('client'),
        OAUTH2_PROXY_COOKIE_SECRET_FILE: oidc.file('cookie'),
        OAUTH2_PROXY_EMAIL_DOMAINS: 'example.com',
        OAUTH2_PROXY_REDIRECT_URL: 'https://grafana.example.com/oauth2/callback',
        OAUTH2_PROXY_REVERSE_PROXY: true,
        OAUTH2_PROXY_HTTP_ADDRESS: '0.0.0.0:4180',
        OAUTH2_PROXY_UPSTREAMS: 'http://127.0.0.1:3000',
      },
      probes: { readiness: Probe.http('/ready'), liveness: Probe.http('/ping') },
      resources: { cpu: '20m', memory: '64Mi' },
    },
  ],
  expose: Expose.alb({ scheme: 'internet-facing', host: 'grafana.example.com', port: 'proxy' }),
  metrics: {},
  connectsTo: [prometheus, Peer.internet(443)],
});

new WebService(new Tenant(cluster, 'shop'), 'orders', {
  image: Image.ecr({ ...ecr, repository: 'shop/orders', tag: '1.4.2' }),
  user: 10001,
  port: { http: 8080, admin: 9100 },
  replicas: 2,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  metrics: { port: 'admin' },
});
app.synth();
