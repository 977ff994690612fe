/**
 * node plus.js COUNT FOLDER CHARTS: an equivalent program on cdk8s-plus-28 and cdk8s' own App. CHARTS is 'tenant', as ours
 * has it, or 'service', as programs for cdk8s mostly have it; the time of App depends on it.
 */
import { App, Chart, Duration, Size, YamlOutputType } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { SERVICES_PER_TENANT, serviceName, tenantName } from './shape';

interface Made {
  readonly deployment: plus.Deployment;
  readonly policy: plus.NetworkPolicy;
  readonly url: string;
}

const PORT = 8080;

/** The namespace and what holds for all of it. */
function tenantChart(app: App, name: string): Chart {
  const chart = new Chart(app, name, { namespace: name, labels: { owner: name } });
  new plus.Namespace(chart, 'namespace', {
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });
  new plus.k8s.KubeResourceQuota(chart, 'quota', {
    metadata: { name: 'quota' },
    spec: {
      hard: {
        pods: plus.k8s.Quantity.fromNumber(160),
        'requests.cpu': plus.k8s.Quantity.fromNumber(40),
        'requests.memory': plus.k8s.Quantity.fromString('80Gi'),
        'limits.memory': plus.k8s.Quantity.fromString('80Gi'),
      },
    },
  });
  new plus.k8s.KubeLimitRange(chart, 'limits', {
    metadata: { name: 'limits' },
    spec: {
      limits: [
        {
          type: 'Container',
          default: { memory: plus.k8s.Quantity.fromString('256Mi') },
          defaultRequest: { cpu: plus.k8s.Quantity.fromString('100m'), memory: plus.k8s.Quantity.fromString('256Mi') },
        },
      ],
    },
  });
  new plus.NetworkPolicy(chart, 'default-deny', {
    metadata: { name: 'default-deny' },
    egress: { default: plus.NetworkPolicyTrafficDefault.DENY },
    ingress: { default: plus.NetworkPolicyTrafficDefault.DENY },
  });
  return chart;
}

function service(chart: Chart, i: number, before: Made | undefined): Made {
  const name = serviceName(i);
  const metadata = {
    name,
    labels: {
      'app.kubernetes.io/component': 'service',
      'app.kubernetes.io/instance': name,
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': chart.namespace!,
      'app.kubernetes.io/version': `1.${i}.0`,
    },
  };
  const serviceAccount = new plus.ServiceAccount(chart, `${name}-account`, { metadata });
  const configMap = new plus.ConfigMap(chart, `${name}-env`, {
    metadata: { ...metadata, name: `${name}-env` },
    immutable: true,
    data: {
      LOG_LEVEL: 'info',
      SERVICE_NUMBER: String(i),
      FEATURES: 'search,cart,checkout',
      UPSTREAM: before?.url ?? 'none',
    },
  });
  const deployment = deploymentOf(chart, name, metadata, serviceAccount, configMap);
  const exposed = deployment.exposeViaService({ name, ports: [{ name: 'http', port: PORT, targetPort: PORT }] });
  exposed.metadata.addLabel('app.kubernetes.io/name', name);
  ingress(chart, name, metadata, exposed);
  new plus.HorizontalPodAutoscaler(chart, `${name}-scaling`, {
    metadata,
    target: deployment,
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [plus.Metric.resourceCpu(plus.MetricTarget.averageUtilization(80))],
    scaleDown: {
      stabilizationWindow: Duration.minutes(5),
      policies: [{ replicas: plus.Replicas.percent(50), duration: Duration.minutes(1) }],
    },
  });
  new plus.k8s.KubePodDisruptionBudget(chart, `${name}-budget`, {
    metadata,
    spec: {
      maxUnavailable: plus.k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
    },
  });
  const role = new plus.Role(chart, `${name}-role`, { metadata });
  role.allowRead(plus.ApiResource.CONFIG_MAPS);
  new plus.RoleBinding(chart, `${name}-binding`, { metadata, role }).addSubjects(serviceAccount);
  const policy = policyOf(chart, name, metadata, deployment, before);
  return { deployment, policy, url: `http://${name}.${chart.namespace}.svc.cluster.local:${PORT}` };
}

function deploymentOf(
  chart: Chart,
  name: string,
  metadata: plus.DeploymentProps['metadata'],
  serviceAccount: plus.ServiceAccount,
  configMap: plus.ConfigMap,
): plus.Deployment {
  const scratch = plus.Volume.fromEmptyDir(chart, `${name}-scratch`, 'scratch-tmp', { sizeLimit: Size.mebibytes(64) });
  const live = { port: PORT, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(1) };
  const deployment = new plus.Deployment(chart, `${name}-deployment`, {
    metadata,
    podMetadata: { labels: metadata!.labels },
    serviceAccount,
    automountServiceAccountToken: true,
    progressDeadline: Duration.minutes(10),
    strategy: plus.DeploymentStrategy.rollingUpdate({
      maxSurge: plus.PercentOrAbsolute.percent(25),
      maxUnavailable: plus.PercentOrAbsolute.absolute(0),
    }),
    terminationGracePeriod: Duration.seconds(40),
    securityContext: { user: 1000, group: 1000, fsGroup: 1000, ensureNonRoot: true },
    volumes: [scratch],
    containers: [
      {
        name,
        image: `registry.example.com/shop/${name}:${metadata!.labels!['app.kubernetes.io/version']}`,
        ports: [{ name: 'http', number: PORT }],
        envFrom: [plus.Env.fromConfigMap(configMap)],
        readiness: plus.Probe.fromHttpGet('/ready', { ...live, failureThreshold: 3 }),
        liveness: plus.Probe.fromHttpGet('/live', { ...live, failureThreshold: 3 }),
        startup: plus.Probe.fromHttpGet('/live', { ...live, failureThreshold: 30 }),
        lifecycle: { preStop: plus.Handler.fromCommand(['sleep', '15']) },
        resources: {
          cpu: { request: plus.Cpu.millis(250), limit: plus.Cpu.units(1) },
          memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) },
          ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(1) },
        },
        securityContext: { capabilities: { drop: [plus.Capability.ALL] } },
        volumeMounts: [{ path: '/tmp', volume: scratch }],
      },
    ],
  });
  deployment.scheduling.spread({ topology: plus.Topology.HOSTNAME });
  return deployment;
}

function ingress(chart: Chart, name: string, metadata: plus.IngressProps['metadata'], to: plus.Service): void {
  const host = `${name}.example.com`;
  new plus.Ingress(chart, `${name}-ingress`, {
    metadata: {
      ...metadata,
      annotations: {
        'alb.ingress.kubernetes.io/group.name': chart.namespace!,
        'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
        'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
        'alb.ingress.kubernetes.io/scheme': 'internal',
        'alb.ingress.kubernetes.io/ssl-redirect': '443',
        'alb.ingress.kubernetes.io/target-type': 'ip',
      },
    },
    className: 'alb',
    rules: [{ host, path: '/', backend: plus.IngressBackend.fromService(to) }],
    tls: [{ hosts: [host] }],
  });
}

function policyOf(
  chart: Chart,
  name: string,
  metadata: plus.NetworkPolicyProps['metadata'],
  deployment: plus.Deployment,
  before: Made | undefined,
): plus.NetworkPolicy {
  const policy = new plus.NetworkPolicy(chart, `${name}-policy`, {
    metadata,
    selector: deployment,
    egress: { default: plus.NetworkPolicyTrafficDefault.DENY },
    ingress: { default: plus.NetworkPolicyTrafficDefault.DENY },
  });
  const block = (id: string, cidr: string) => plus.NetworkPolicyIpBlock.ipv4(chart, `${name}-${id}`, cidr);
  const http = [plus.NetworkPolicyPort.tcp(PORT)];
  policy.addEgressRule(block('dns', '169.254.20.10/32'), [
    plus.NetworkPolicyPort.of({ port: 53, protocol: plus.NetworkProtocol.UDP }),
    plus.NetworkPolicyPort.tcp(53),
  ]);
  policy.addEgressRule(block('api', '10.100.0.1/32'), [plus.NetworkPolicyPort.tcp(443)]);
  for (const [zone, cidr] of ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'].entries()) {
    policy.addIngressRule(block(`zone-${zone}`, cidr), http);
  }
  if (before) {
    policy.addEgressRule(before.deployment, http);
    before.policy.addIngressRule(deployment, http);
  }
  return policy;
}

const [count, folder, charts] = process.argv.slice(2);
const app = new App({ outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_CHART });
let chart: Chart | undefined;
let before: Made | undefined;
for (let i = 0; i < Number(count); i++) {
  if (chart === undefined || i % SERVICES_PER_TENANT === 0) {
    chart = tenantChart(app, tenantName(i));
  }
  const own =
    charts === 'service' ? new Chart(app, serviceName(i), { namespace: tenantName(i), labels: chart.labels }) : chart;
  before = service(own, i, before);
}
app.synth();
