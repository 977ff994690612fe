import {
  Cluster,
  EksApp,
  Expose,
  Image,
  NodePool,
  Peer,
  Placement,
  Probe,
  Secret,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

/** One program for many customers, each with a live environment and a sandbox, behind one load balancer. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  autoMode: true,
  publicAccessCIDRs: ['203.0.113.0/24'],
});
new NodePool(cluster, 'spot', { capacityTypes: ['spot'], limits: { cpu: '200', memory: '800Gi' } });

const plans = {
  team: { quota: { pods: 40, 'requests.cpu': '8', 'requests.memory': '16Gi' }, max: 4 },
  business: { quota: { pods: 120, 'requests.cpu': '32', 'requests.memory': '64Gi' }, max: 20 },
} as const;
const customers = { acme: 'business', globex: 'team', initech: 'team' } as const;
const environments = {
  live: { domain: 'example.com', placement: Placement.onDemand() },
  sandbox: { domain: 'sandbox.example.com', placement: Placement.spot() },
} as const;

for (const [customer, plan] of Object.entries(customers)) {
  for (const [environment, { domain, placement }] of Object.entries(environments)) {
    const { quota, max } = plans[plan];
    const tenant = new Tenant(cluster, `${customer}-${environment}`, {
      team: customer,
      quota,
      defaults: { placement },
    });
    const database = Secret.fromSecretsManager(tenant, 'database', {
      secret: `saas/${customer}/${environment}/database`,
      keys: ['url'],
    });
    new WebService(tenant, 'app', {
      image: Image.ecr({ account: '111122223333', region: 'us-west-2', repository: 'saas/app', tag: '7.2.0' }),
      user: 10001,
      port: 8080,
      replicas: { min: 2, max },
      env: { CUSTOMER: customer, ENVIRONMENT: environment, DATABASE_URL_FILE: database.file('url') },
      probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
      resources: { cpu: '250m', memory: '512Mi' },
      connectsTo: [Peer.cidr('10.20.0.0/24', 5432)],
      aws: {
        allow: [
          {
            actions: ['s3:GetObject', 's3:PutObject'],
            resources: [`arn:aws:s3:::saas-files/${customer}/${environment}/*`],
          },
        ],
      },
      expose: Expose.alb({ group: 'customers', scheme: 'internet-facing', host: `${customer}.${domain}` }),
    });
  }
}
app.synth();
