import {
  Cluster,
  EksApp,
  Expose,
  Image,
  InitContainer,
  Probe,
  StatefulService,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';

/** Online Boutique: ten services and a load generator, which call each other by gRPC, and the carts in Valkey. */
const app = new EksApp();
const cluster = new Cluster(app, 'demo', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 8 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const boutique = new Tenant(cluster, 'boutique');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

/** What all have: upstream's image by the name of the service, and a user. */
const common = (name: string, memory: `${number}Mi`) => ({
  image: Image.ecr({ ...ecr, repository: `online-boutique/${name}`, tag: 'v0.10.3' }),
  user: 10001, // the files of the images belong to root, and are readable
  resources: { cpu: '100m', memory },
});
type Calls = Readonly<Record<string, WebService<'grpc'>>>;
const addresses = (calls: Calls) =>
  Object.fromEntries(Object.entries(calls).map(([name, service]) => [`${name}_SERVICE_ADDR`, service.address]));

const probes = { readiness: Probe.grpc({ timeout: '5s' }), liveness: Probe.grpc({ timeout: '5s', failures: 9 }) };

/** A service on a port, with the services that it calls by the names of their variables. */
const grpc = (name: string, port: number, memory: `${number}Mi`, calls: Calls = {}): WebService<'grpc'> =>
  new WebService(boutique, name, {
    ...common(name, memory),
    port: { grpc: port },
    service: 'headless',
    env: { PORT: String(port), DISABLE_PROFILER: '1', ...addresses(calls) },
    connectsTo: Object.values(calls),
    probes,
  });

const valkey = new StatefulService(boutique, 'valkey-cart', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'valkey/valkey', tag: '8.1-alpine' }),
  user: { uid: 999, gid: 1000 },
  port: { valkey: 6379 },
  replicas: 1,
  storage: { mountPath: '/data', size: '1Gi' },
  args: ['--appendonly', 'yes'],
  probes: { readiness: Probe.exec(['valkey-cli', 'ping']), liveness: Probe.tcp() },
  resources: { cpu: '70m', memory: '256Mi' },
});

const PRODUCT_CATALOG = grpc('productcatalogservice', 3550, '128Mi');
const CURRENCY = grpc('currencyservice', 7000, '128Mi');
const SHIPPING = grpc('shippingservice', 50051, '128Mi');
const PAYMENT = grpc('paymentservice', 50051, '128Mi');
const EMAIL = grpc('emailservice', 8080, '128Mi');
const AD = grpc('adservice', 9555, '300Mi');
const RECOMMENDATION = grpc('recommendationservice', 8080, '450Mi', { PRODUCT_CATALOG });
const CART = new WebService(boutique, 'cartservice', {
  ...common('cartservice', '256Mi'),
  port: { grpc: 7070 },
  service: 'headless',
  env: { REDIS_ADDR: valkey.address },
  connectsTo: [valkey],
  probes,
});
const CHECKOUT = grpc('checkoutservice', 5050, '128Mi', { PRODUCT_CATALOG, CURRENCY, SHIPPING, PAYMENT, EMAIL, CART });

const calls = { PRODUCT_CATALOG, CURRENCY, CART, RECOMMENDATION, SHIPPING, CHECKOUT, AD };
const frontend = new WebService(boutique, 'frontend', {
  ...common('frontend', '128Mi'),
  port: 8080,
  replicas: { min: 2, max: 10 },
  // the assistant is not deployed, and its address is required
  env: { PORT: '8080', ENV_PLATFORM: 'aws', SHOPPING_ASSISTANT_SERVICE_ADDR: '-', ...addresses(calls) },
  connectsTo: Object.values(calls),
  probes: { readiness: Probe.http('/_healthz'), liveness: Probe.http('/_healthz', { failures: 9 }) },
  expose: Expose.alb({ scheme: 'internet-facing', host: 'boutique.example.com' }),
});

new Worker(boutique, 'loadgenerator', {
  ...common('loadgenerator', '512Mi'),
  replicas: 1,
  env: { FRONTEND_ADDR: frontend.address, USERS: '10', RATE: '1' },
  initContainers: [
    InitContainer.waitFor(frontend, { image: Image.ecr({ ...ecr, repository: 'busybox', tag: '1.37' }) }),
  ],
  probes: { liveness: Probe.none({ because: 'a load generator that stops is seen in its load' }) },
});
app.synth();
