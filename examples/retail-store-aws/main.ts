import {
  Cluster,
  EksApp,
  Env,
  Expose,
  Gateway,
  Image,
  Peer,
  Probe,
  RouteMatch,
  Secret,
  type ServiceProbes,
  SharedVolume,
  Tenant,
  WebService,
  type WebServiceProps,
} from 'cdk8s-eks-patterns';
// From an ECR pull-through cache of public.ecr.aws: replace the account number (docs/not-run.md).
import image from '../retail-store/images.json';

/** The retail store on services of AWS: RDS, DynamoDB, ElastiCache and Amazon MQ in place of pods, EFS for the pictures. */
const app = new EksApp();
const cluster = new Cluster(app, 'store', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 9 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const account = '111122223333';
const registry = { account, region: 'us-west-2' } as const;
const certificate = `arn:aws:acm:us-west-2:${account}:certificate/12345678-1234-1234-1234-123456789012` as const;
const webAcl = `arn:aws:wafv2:us-west-2:${account}:regional/webacl/store/12345678-1234-1234-1234-123456789012` as const;
/** The subnets of the databases, of which the security groups let the nodes in. */
const databases = (port: number) =>
  (['10.64.0.0/24', '10.64.1.0/24', '10.64.2.0/24'] as const).map((range) => Peer.cidr(range, port));

/** What the Spring Boot services (ui, carts, orders) share. All services of the store run as uid 1000. */
const spring = {
  port: 8080,
  user: 1000,
  env: { JAVA_OPTS: '-XX:MaxRAMPercentage=75.0 -Djava.security.egd=file:/dev/urandom' },
  probes: {
    readiness: Probe.http('/actuator/health/readiness'),
    liveness: Probe.http('/actuator/health/liveness'),
  },
  metrics: { path: '/actuator/prometheus' },
  resources: { cpu: '250m', memory: '1Gi' },
} satisfies Partial<WebServiceProps>;
/** The Go and Node services have one endpoint: it tells readiness, a listening port tells liveness. */
const health = { readiness: Probe.http('/health'), liveness: Probe.tcp() } satisfies ServiceProbes;
const small = { port: 8080, user: 1000, probes: health, metrics: { path: '/metrics' } } as const;

// Catalog: Go, RDS for MySQL. Partners read it through a Network Load Balancer with addresses that stay.
const catalogTeam = new Tenant(cluster, 'catalog');
const catalogDb = Secret.fromSecretsManager(catalogTeam, 'catalog-db', {
  secret: 'retail-store/catalog-db',
  keys: ['username', 'password'],
});
const catalog = new WebService(catalogTeam, 'catalog', {
  ...small,
  port: { http: 8080 },
  image: image.catalog,
  env: {
    RETAIL_CATALOG_PERSISTENCE_PROVIDER: 'mysql',
    RETAIL_CATALOG_PERSISTENCE_ENDPOINT: 'catalog.cluster-abc.us-west-2.rds.amazonaws.com:3306',
    RETAIL_CATALOG_PERSISTENCE_DB_NAME: 'catalog',
    RETAIL_CATALOG_PERSISTENCE_USER: catalogDb.env('username'),
    RETAIL_CATALOG_PERSISTENCE_PASSWORD: catalogDb.env('password'),
  },
  resources: { cpu: '100m', memory: '512Mi' },
  connectsTo: databases(3306),
  expose: Expose.nlb({
    scheme: 'internet-facing',
    listeners: { 443: 'http' },
    certificate,
    elasticIps: ['eipalloc-0123456789abcdef0', 'eipalloc-0123456789abcdef1', 'eipalloc-0123456789abcdef2'],
    allowFrom: ['198.51.100.0/24'],
  }),
});

// Carts: Spring, a DynamoDB table reached with the service's own AWS permissions.
const cartsTeam = new Tenant(cluster, 'carts');
const items = `arn:aws:dynamodb:us-west-2:${account}:table/Items`;
const actions = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];
const carts = new WebService(cartsTeam, 'carts', {
  ...spring,
  image: image.cart,
  env: {
    ...spring.env,
    RETAIL_CART_PERSISTENCE_PROVIDER: 'dynamodb',
    RETAIL_CART_PERSISTENCE_DYNAMODB_TABLE_NAME: 'Items',
    RETAIL_CART_PERSISTENCE_DYNAMODB_CREATE_TABLE: 'false',
  },
  aws: {
    allow: [{ actions: actions.map((action) => `dynamodb:${action}`), resources: [items, `${items}/index/*`] }],
  },
});

// Orders: Spring, Aurora PostgreSQL, Amazon MQ for RabbitMQ.
const ordersTeam = new Tenant(cluster, 'orders');
const ordersDb = Secret.fromSecretsManager(ordersTeam, 'orders-db', {
  secret: 'retail-store/orders-db',
  keys: ['username', 'password'],
});
const broker = Secret.fromSecretsManager(ordersTeam, 'orders-broker', {
  secret: 'retail-store/broker',
  keys: ['username', 'password'],
});
const orders = new WebService(ordersTeam, 'orders', {
  ...spring,
  image: image.orders,
  env: {
    ...spring.env,
    RETAIL_ORDERS_PERSISTENCE_PROVIDER: 'postgres',
    RETAIL_ORDERS_PERSISTENCE_ENDPOINT: 'orders.cluster-abc.us-west-2.rds.amazonaws.com:5432',
    RETAIL_ORDERS_PERSISTENCE_NAME: 'orders',
    RETAIL_ORDERS_PERSISTENCE_USERNAME: ordersDb.env('username'),
    RETAIL_ORDERS_PERSISTENCE_PASSWORD: ordersDb.env('password'),
    RETAIL_ORDERS_MESSAGING_PROVIDER: 'rabbitmq',
    RETAIL_ORDERS_MESSAGING_RABBITMQ_ADDRESSES: 'amqps://b-abc.mq.us-west-2.amazonaws.com:5671',
    RETAIL_ORDERS_MESSAGING_RABBITMQ_USERNAME: broker.env('username'),
    RETAIL_ORDERS_MESSAGING_RABBITMQ_PASSWORD: broker.env('password'),
  },
  connectsTo: [...databases(5432), ...databases(5671)],
});

// Checkout: Node, ElastiCache for Valkey.
const checkoutTeam = new Tenant(cluster, 'checkout');
const checkout = new WebService(checkoutTeam, 'checkout', {
  ...small,
  image: image.checkout,
  env: {
    RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: 'redis',
    RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL: 'rediss://checkout-abc.serverless.usw2.cache.amazonaws.com:6379',
    RETAIL_CHECKOUT_ENDPOINTS_ORDERS: orders.url(),
  },
  resources: { cpu: '100m', memory: '512Mi' },
  connectsTo: [orders, ...databases(6379)],
});

// Assets: pictures on EFS, behind an Application Load Balancer with AWS WAF.
const assetsTeam = new Tenant(cluster, 'assets');
const pictures = SharedVolume.efs(assetsTeam, 'pictures', { fileSystem: 'fs-0123456789abcdef0' });
new WebService(assetsTeam, 'assets', {
  image: Image.ecrCache({
    ...registry,
    prefix: 'docker-hub',
    repository: 'nginxinc/nginx-unprivileged',
    tag: '1.29-alpine',
  }),
  port: 8080,
  user: 101,
  probes: { readiness: Probe.http('/index.html'), liveness: Probe.tcp() },
  scratch: ['/tmp'],
  mounts: { '/usr/share/nginx/html/assets': { volume: pictures, readOnly: true } },
  resources: { cpu: '100m', memory: '128Mi' },
  replicas: 2,
  expose: Expose.alb({ scheme: 'internet-facing', host: 'assets.example.com', certificate, webAcl }),
});

// The shop window, behind a Gateway: a new version for those who ask for it, and for one in ten of the others.
const edge = new Tenant(cluster, 'edge');
const uiTeam = new Tenant(cluster, 'ui');
const gateway = new Gateway(edge, 'store', { scheme: 'internet-facing', routesFrom: [uiTeam], certificate, webAcl });
const at = { gateway, host: 'store.example.com' } as const;
const ui = {
  ...spring,
  env: {
    ...spring.env,
    RETAIL_UI_ENDPOINTS_CATALOG: catalog.url(),
    RETAIL_UI_ENDPOINTS_CARTS: carts.url(),
    RETAIL_UI_ENDPOINTS_ORDERS: orders.url(),
    RETAIL_UI_ENDPOINTS_CHECKOUT: checkout.url(),
    METADATA_KUBERNETES_POD_NAME: Env.podName(),
    METADATA_KUBERNETES_NAMESPACE: Env.namespace(),
    METADATA_KUBERNETES_NODE_NAME: Env.nodeName(),
  },
  resources: { cpu: '250m', memory: '1.5Gi' },
  connectsTo: [catalog, carts, orders, checkout],
} satisfies Partial<WebServiceProps>;
const canary = new WebService(uiTeam, 'ui-canary', {
  ...ui,
  image: image.ui,
  replicas: 2,
  expose: Expose.gateway({ ...at, matches: [RouteMatch.anyPath({ headers: { 'x-canary': 'always' } })] }),
});
new WebService(uiTeam, 'ui', {
  ...ui,
  image: image.ui,
  replicas: { min: 2, max: 6, cpuUtilization: 80 },
  expose: Expose.gateway({ ...at, weights: [{ to: canary, weight: 10 }] }),
});
app.synth();
