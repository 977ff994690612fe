import {
  Aws,
  Cluster,
  EksApp,
  Peer,
  Probe,
  Secret,
  SecretSource,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';

/** Workloads that call services of AWS, and secrets that External Secrets brings and Reloader follows. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'eu-central-1',
  version: '1.36',
  nodeGroups: [{ name: 'workers', instanceType: 'm7i.large', minSize: 3 }],
});
const shop = new Tenant(cluster, 'shop', {
  defaults: {
    user: 10001,
    resources: { cpu: '250m', memory: '512Mi' },
    secretSource: SecretSource.externalSecrets({ refresh: '15m' }),
    onSecretChange: 'restart',
  },
});
const registry = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
const account = '111122223333';

const payment = Secret.fromSecretsManager(shop, 'payment', { secret: 'shop/payment', keys: ['client-id', 'api-key'] });

new WebService(shop, 'orders', {
  image: `${registry}/orders:2.3.0@sha256:0f21d4cf29b1a20b2e4d2a1d2ad5d2be1c5b4e03ac1c5b7c2ef0cf40ba59d0c1`,
  port: 8080,
  probes: { readiness: Probe.http('/ready'), liveness: Probe.http('/alive') },
  env: { CLIENT_ID: payment.env('client-id'), API_KEY_FILE: payment.file('api-key') },
  // the database lets users of IAM in
  connectsTo: [Peer.cidr('10.0.64.0/20', 5432)],
  aws: {
    account,
    allow: [
      Aws.sqs('invoices', { env: 'INVOICES_QUEUE_URL' }).send(),
      Aws.dynamodb('orders', { env: 'ORDERS_TABLE' }).readWrite(),
      Aws.rds('cluster-ABCDEFGHIJKL01234/orders').connect(),
      Aws.eventBus('shop', { env: 'EVENT_BUS' }).put(),
      Aws.metrics('Shop/Orders'),
    ],
  },
});

new Worker(shop, 'invoices', {
  image: `${registry}/invoices:1.9.2@sha256:6b1d3c7c0a1d9a6c2d7fd2a6cfa29d2bb0c40e0b9cf1d85f9a0a41db7e5f0c11`,
  probes: { liveness: Probe.exec(['/app/alive']) },
  aws: {
    account,
    allow: [
      Aws.sqs('invoices', { env: 'INVOICES_QUEUE_URL' }).consume(),
      Aws.s3('shop-invoices', {
        env: 'BUCKET',
        kmsKey: 'arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012',
      })
        .below('pdf/')
        .write(),
    ],
  },
});

// the data of the warehouse is in another account
new Worker(shop, 'stock', {
  image: `${registry}/stock:1.0.4@sha256:9d1c5e7d2f0b6a18c3e5d7f90b2a4c6e8f1d3b5a7c9e0f2d4b6a8c1e3f5d7b90`,
  probes: { liveness: Probe.exec(['/app/alive']) },
  aws: { targetRole: 'arn:aws:iam::444455556666:role/warehouse-reader' },
});
app.synth();
