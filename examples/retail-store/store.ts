import type { ServiceProbes, WebServiceProps } from 'cdk8s-eks-patterns';
import {
  type Cluster,
  Env,
  Expose,
  NodeAgent,
  Probe,
  ScheduledJob,
  Secret,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';
// From an ECR pull-through cache of public.ecr.aws: replace the account number (docs/not-run.md).
import image from './images.json';

/** A command that needs a shell, for its variables. */
const sh = (script: string) => ['sh', '-c', script];

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
} satisfies Partial<WebServiceProps>;

/** The Go and Node services have one endpoint: it tells readiness, a listening port tells liveness. */
const health = { readiness: Probe.http('/health'), liveness: Probe.tcp() } satisfies ServiceProbes;

export function retailStore(cluster: Cluster): void {
  // Catalog: Go, MySQL.
  const catalogTeam = new Tenant(cluster, 'catalog');
  const catalogDb = Secret.fromSecretsManager(catalogTeam, 'catalog-db', {
    secret: 'retail-store/catalog-db',
    keys: ['username', 'password', 'root-password'],
  });
  const mysql = new StatefulService(catalogTeam, 'catalog-mysql', {
    image: image.mysql,
    port: 3306,
    user: 999,
    replicas: 1, // the image does not replicate: a second pod would be a second database
    storage: { mountPath: '/var/lib/mysql', size: '30Gi' },
    scratch: ['/var/run/mysqld', '/var/lib/mysql-files', { path: '/tmp', size: '1Gi' }], // /tmp: large sorts
    env: {
      MYSQL_DATABASE: 'catalog',
      MYSQL_USER_FILE: catalogDb.file('username'),
      MYSQL_PASSWORD_FILE: catalogDb.file('password'),
      MYSQL_ROOT_PASSWORD_FILE: catalogDb.file('root-password'),
    },
    probes: {
      readiness: Probe.exec(
        sh('mysqladmin ping -h 127.0.0.1 -u "$(cat "$MYSQL_USER_FILE")" -p"$(cat "$MYSQL_PASSWORD_FILE")"'),
      ),
      liveness: Probe.tcp(),
    },
    resources: { cpu: '250m', memory: '1Gi' },
  });
  const catalog = new WebService(catalogTeam, 'catalog', {
    image: image.catalog,
    port: 8080,
    user: 1000,
    env: {
      RETAIL_CATALOG_PERSISTENCE_PROVIDER: 'mysql',
      RETAIL_CATALOG_PERSISTENCE_ENDPOINT: mysql.address,
      RETAIL_CATALOG_PERSISTENCE_DB_NAME: 'catalog',
      RETAIL_CATALOG_PERSISTENCE_USER: catalogDb.env('username'),
      RETAIL_CATALOG_PERSISTENCE_PASSWORD: catalogDb.env('password'),
    },
    probes: health,
    metrics: { path: '/metrics' },
    resources: { cpu: '100m', memory: '512Mi' },
    connectsTo: [mysql],
  });

  // Carts: Spring, a DynamoDB table reached with the service's own AWS permissions.
  const cartsTeam = new Tenant(cluster, 'carts');
  const items = `arn:aws:dynamodb:${cluster.region}:111122223333:table/Items`;
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
    resources: { cpu: '250m', memory: '1Gi' },
    aws: {
      allow: [{ actions: actions.map((action) => `dynamodb:${action}`), resources: [items, `${items}/index/*`] }],
    },
  });

  // Orders: Spring, PostgreSQL, RabbitMQ (three ordered replicas on EBS).
  const ordersTeam = new Tenant(cluster, 'orders');
  const ordersDb = Secret.fromSecretsManager(ordersTeam, 'orders-db', {
    secret: 'retail-store/orders-db',
    keys: ['username', 'password'],
  });
  const postgres = new StatefulService(ordersTeam, 'orders-postgresql', {
    image: image.postgres,
    port: 5432,
    user: 999,
    replicas: 1, // one writer
    storage: { mountPath: '/data', size: '30Gi' },
    scratch: ['/var/run/postgresql', '/tmp'],
    env: {
      POSTGRES_DB: 'orders',
      PGDATA: '/data/pgdata',
      POSTGRES_USER_FILE: ordersDb.file('username'),
      POSTGRES_PASSWORD_FILE: ordersDb.file('password'),
    },
    probes: {
      readiness: Probe.exec(sh('pg_isready -q -h 127.0.0.1 -U "$(cat "$POSTGRES_USER_FILE")" -d "$POSTGRES_DB"')),
      liveness: Probe.tcp(),
    },
    resources: { cpu: '250m', memory: '1Gi' },
  });
  const broker = Secret.fromSecretsManager(ordersTeam, 'orders-broker', {
    secret: 'retail-store/broker',
    keys: ['username', 'password', 'erlang-cookie'],
  });
  const rabbitmq = new StatefulService(ordersTeam, 'orders-rabbitmq', {
    image: image.rabbitmq,
    port: { amqp: 5672, epmd: 4369, dist: 25672 },
    user: 999,
    replicas: 3,
    order: 'OrderedReady', // the first one makes the cluster, the others join it
    storage: { mountPath: '/var/lib/rabbitmq', size: '10Gi' },
    // Erlang takes its cookie from a file that nobody else can read, whatever the volume's group.
    command: [
      'bash',
      '-c',
      'install -m 600 "$COOKIE_FILE" /var/lib/rabbitmq/.erlang.cookie && exec docker-entrypoint.sh rabbitmq-server',
    ],
    files: {
      // Members find each other by the stable names that a StatefulSet gives them.
      '/etc/rabbitmq/conf.d/10-cluster.conf': (self) =>
        [
          'log.console = true',
          'cluster_formation.peer_discovery_backend = classic_config',
          ...self.hosts.map((host, i) => `cluster_formation.classic_config.nodes.${i + 1} = rabbit@${host}`),
          'cluster_partition_handling = pause_minority',
        ].join('\n'),
    },
    env: {
      RABBITMQ_USE_LONGNAME: 'true',
      RABBITMQ_NODENAME: (self) => `rabbit@${self.podName}.${self.domain}`,
      RABBITMQ_DEFAULT_USER: broker.env('username'),
      RABBITMQ_DEFAULT_PASS: broker.env('password'),
      COOKIE_FILE: broker.file('erlang-cookie'),
    },
    probes: {
      // Members start in order: readiness must not wait for a later one (`check_running` would).
      readiness: Probe.exec(['rabbitmq-diagnostics', '-q', 'ping'], { timeout: '8s' }),
      liveness: Probe.tcp('dist'),
    },
    resources: { cpu: '250m', memory: '1Gi' },
    memberPorts: ['epmd', 'dist'], // for members only; clients reach amqp
  });
  const orders = new WebService(ordersTeam, 'orders', {
    ...spring,
    image: image.orders,
    env: {
      ...spring.env,
      RETAIL_ORDERS_PERSISTENCE_PROVIDER: 'postgres',
      RETAIL_ORDERS_PERSISTENCE_ENDPOINT: postgres.address,
      RETAIL_ORDERS_PERSISTENCE_NAME: 'orders',
      RETAIL_ORDERS_MESSAGING_PROVIDER: 'rabbitmq',
      RETAIL_ORDERS_MESSAGING_RABBITMQ_ADDRESSES: rabbitmq.address,
      RETAIL_ORDERS_MESSAGING_RABBITMQ_USERNAME: broker.env('username'),
      RETAIL_ORDERS_MESSAGING_RABBITMQ_PASSWORD: broker.env('password'),
      RETAIL_ORDERS_PERSISTENCE_USERNAME: ordersDb.env('username'),
      RETAIL_ORDERS_PERSISTENCE_PASSWORD: ordersDb.env('password'),
    },
    resources: { cpu: '250m', memory: '1Gi' },
    connectsTo: [postgres, rabbitmq],
  });
  new ScheduledJob(ordersTeam, 'orders-backup', {
    schedule: '0 3 * * *',
    timeZone: 'Etc/UTC',
    image: image.postgres,
    user: 999,
    // a dump that broke off never has the name of a whole one
    command: [
      'sh',
      '-ec',
      'umask 077; f="/backup/orders-$(date +%F).sql"; PGPASSWORD="$(cat "$PASSWORD_FILE")" pg_dump -h "$HOST" -U "$(cat "$USERNAME_FILE")" -f "$f.part" orders; mv "$f.part" "$f"',
    ],
    env: { HOST: postgres.host, USERNAME_FILE: ordersDb.file('username'), PASSWORD_FILE: ordersDb.file('password') },
    sharedStorage: { mountPath: '/backup', size: '20Gi' },
    resources: { cpu: '100m', memory: '256Mi' },
    connectsTo: [postgres],
  });

  // Checkout: Node, Redis.
  const checkoutTeam = new Tenant(cluster, 'checkout');
  const redis = new StatefulService(checkoutTeam, 'checkout-redis', {
    image: image.redis,
    port: 6379,
    user: { uid: 999, gid: 1000 },
    replicas: 1,
    storage: { mountPath: '/data', size: '5Gi' },
    args: ['--appendonly', 'yes'],
    probes: { readiness: Probe.exec(sh('test "$(redis-cli ping)" = PONG')), liveness: Probe.tcp() },
    resources: { cpu: '100m', memory: '256Mi' },
  });
  const checkout = new WebService(checkoutTeam, 'checkout', {
    image: image.checkout,
    port: 8080,
    user: 1000,
    env: {
      RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: 'redis',
      RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL: redis.url('redis'),
      RETAIL_CHECKOUT_ENDPOINTS_ORDERS: orders.url(),
    },
    probes: health,
    metrics: { path: '/metrics' },
    resources: { cpu: '100m', memory: '512Mi' },
    connectsTo: [redis, orders],
  });

  // The shop window.
  const uiTeam = new Tenant(cluster, 'ui');
  new WebService(uiTeam, 'ui', {
    ...spring,
    image: image.ui,
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
    replicas: { min: 2, max: 6, cpuUtilization: 80 },
    connectsTo: [catalog, carts, orders, checkout],
    expose: Expose.alb({ scheme: 'internet-facing', host: 'store.example.com' }),
  });
  // One log shipper a node, with its own AWS permissions.
  const logging = new Tenant(cluster, 'logging', {
    podSecurity: { level: 'privileged', because: 'the log agent reads /var/log of its node' },
  });
  new NodeAgent(logging, 'fluent-bit', {
    image: image.fluentBit,
    user: { root: 'container log files belong to root' },
    hostPaths: ['/var/log'],
    scratch: ['/tmp', '/var/fluent-bit/state'],
    files: {
      '/fluent-bit/etc/fluent-bit.conf': [
        '[SERVICE]',
        '  HTTP_Server On',
        '  HTTP_Listen 0.0.0.0',
        '  HTTP_Port 2020',
        '  Health_Check On',
        '[INPUT]',
        '  Name tail',
        '  Tag kube.*',
        '  Path /var/log/containers/*.log',
        '  multiline.parser cri',
        '  DB /var/fluent-bit/state/tail.db',
        '  Mem_Buf_Limit 32MB',
        '  Skip_Long_Lines On',
        '[OUTPUT]',
        '  Name cloudwatch_logs',
        '  Match *',
        '  region ${AWS_REGION}',
        '  log_group_name /eks/prod',
        '  log_stream_prefix ${NODE_NAME}-',
        '  auto_create_group On',
      ].join('\n'),
    },
    env: { AWS_REGION: cluster.region, NODE_NAME: Env.nodeName() },
    // /api/v1/health fails with the destination: a rollout should wait for it, and a restart would not help
    probes: { readiness: Probe.http('/api/v1/health', { port: 2020 }), liveness: Probe.http('/', { port: 2020 }) },
    resources: { cpu: '50m', memory: '128Mi' },
    aws: { managedPolicies: ['CloudWatchAgentServerPolicy'] },
  });
}
