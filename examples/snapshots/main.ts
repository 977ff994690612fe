import { Cluster, EksApp, Probe, SnapshotSchedule, StatefulService, Tenant } from 'cdk8s-eks-patterns';

/** A database on fast volumes, a snapshot of it every night, and a copy of last night's data to try an upgrade on. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm7g.large', minSize: 3, maxSize: 6 }],
});
const fast = cluster.storageClass('io2-fast', { type: 'io2', iops: 8000, fsType: 'xfs' });
const books = new Tenant(cluster, 'books', { defaults: { user: 999 } });

const ledger = {
  port: 5432,
  replicas: 1,
  probes: { readiness: Probe.exec(['ledger', 'ready']), liveness: Probe.tcp() },
  resources: { cpu: '500m', memory: '2Gi' },
} as const;
const volume = { mountPath: '/var/lib/ledger', size: '100Gi', className: fast };

const db = new StatefulService(books, 'db', {
  ...ledger,
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/ledger:7.4.1',
  storage: volume,
});
new SnapshotSchedule(books, 'db-nightly', { of: db, schedule: '0 4 * * *', timeZone: 'Europe/Berlin', keep: 14 });

new StatefulService(books, 'upgrade-trial', {
  ...ledger,
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/ledger:8.0.0',
  storage: { ...volume, from: { snapshot: 'data-db-0-20261128-0300' } },
});

app.synth();
