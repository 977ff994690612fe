import { Cluster, EksApp, Expose, Image, Peer, Probe, Secret, Tenant, WebService } from 'cdk8s-eks-patterns';

/** Keycloak with replicas that share their caches, a database in RDS, and an Application Load Balancer. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const identity = new Tenant(cluster, 'identity');
const database = Secret.fromSecretsManager(identity, 'database', {
  secret: 'identity/keycloak-database',
  keys: ['username', 'password'],
});
const admin = Secret.fromSecretsManager(identity, 'admin', { secret: 'identity/keycloak-admin', keys: ['password'] });

new WebService(identity, 'keycloak', {
  // built from quay.io/keycloak/keycloak:26.4.5 by 'kc.sh build', since the root file system is read-only
  image: Image.ecr({ account: '111122223333', region: 'us-west-2', repository: 'identity/keycloak', tag: '26.4.5-1' }),
  user: { uid: 1000, gid: 0 },
  args: ['start', '--optimized'],
  replicas: { min: 2, max: 6 },
  port: { http: 8080, management: 9000, jgroups: 7800, failures: 57800 },
  memberPorts: ['jgroups', 'failures'],
  scratch: ['/tmp', '/opt/keycloak/data'],
  env: {
    KC_HOSTNAME: 'https://login.example.com',
    KC_HTTP_ENABLED: true,
    KC_PROXY_HEADERS: 'xforwarded',
    KC_DB_URL: 'jdbc:postgresql://identity.cluster-c1a2b3.us-west-2.rds.amazonaws.com:5432/keycloak?sslmode=require',
    KC_DB_USERNAME: database.env('username'),
    KC_DB_PASSWORD: database.env('password'),
    KC_DB_POOL_MAX_SIZE: 20,
    KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
    KC_BOOTSTRAP_ADMIN_PASSWORD: admin.env('password'),
  },
  probes: {
    readiness: Probe.http('/health/ready', { port: 'management' }),
    liveness: Probe.http('/health/live', { port: 'management' }),
    startup: Probe.http('/health/started', { port: 'management', period: '5s', failures: 120 }),
  },
  resources: { cpu: '1', memory: '2Gi' },
  metrics: { port: 'management' },
  connectsTo: [Peer.cidr('10.0.128.0/20', 5432)], // the subnets of the database, in a peered VPC
  expose: Expose.alb({ scheme: 'internet-facing', host: 'login.example.com' }),
  shutdown: { drain: '30s' },
});
app.synth();
