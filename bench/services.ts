import { Cluster, EksApp, Expose, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';
import { SERVICES_PER_TENANT, serviceName, tenantName } from './shape';

/**
 * The program that is measured: services of ten objects each, ten services a tenant, each calling the one before it.
 * A group of ingresses a tenant, as teams share a load balancer.
 */
export function servicesApp(count: number, outdir: string): EksApp {
  const app = new EksApp({ outdir });
  const cluster = new Cluster(app, 'prod', {
    region: 'us-west-2',
    version: '1.35',
    publicAccessCIDRs: ['203.0.113.0/24'],
    nodeGroups: [{ name: 'standard-workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  });
  let tenant: Tenant | undefined;
  let before: WebService | undefined;
  for (let i = 0; i < count; i++) {
    if (tenant === undefined || i % SERVICES_PER_TENANT === 0) {
      tenant = new Tenant(cluster, tenantName(i));
    }
    before = webService(tenant, i, before);
  }
  return app;
}

function webService(tenant: Tenant, i: number, before: WebService | undefined): WebService {
  const name = serviceName(i);
  return new WebService(tenant, name, {
    image: `registry.example.com/shop/${name}:1.${i}.0`,
    port: 8080,
    user: 1000,
    env: {
      LOG_LEVEL: 'info',
      SERVICE_NUMBER: String(i),
      FEATURES: 'search,cart,checkout',
      UPSTREAM: before?.url() ?? 'none',
    },
    probes: { readiness: Probe.http('/ready'), liveness: Probe.http('/live') },
    resources: { cpu: '250m', memory: '512Mi' },
    replicas: { min: 2, max: 6, cpuUtilization: 80 },
    apiAccess: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    expose: Expose.alb({ scheme: 'internal', host: `${name}.example.com`, group: tenant.namespace }),
    connectsTo: before ? [before] : [],
  });
}
