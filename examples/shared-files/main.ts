import { Cluster, EksApp, Probe, SharedVolume, Tenant, WebService, Worker } from 'cdk8s-eks-patterns';

/** A site with three pods, and a worker, which share the uploads of its users; media are read from a bucket. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm7g.large', minSize: 3, maxSize: 6 }],
});
const press = new Tenant(cluster, 'press', { defaults: { user: 10001 } });

const uploads = SharedVolume.efs(press, 'uploads', { fileSystem: 'fs-0123456789abcdef0' });
const media = SharedVolume.s3(press, 'media', { bucket: 'acme-press-media', readOnly: true });

new WebService(press, 'site', {
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/site:5.2.0',
  port: 8080,
  replicas: 3,
  mounts: { '/var/www/uploads': uploads, '/srv/media': media },
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
});

new Worker(press, 'thumbnails', {
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/thumbnails:1.8.1',
  mounts: { '/uploads': { volume: uploads, readOnly: true }, '/thumbnails': { volume: uploads, folder: 'thumbnails' } },
  probes: { liveness: Probe.exec(['test', '-e', '/tmp/alive']) },
  resources: { cpu: '500m', memory: '512Mi' },
});

app.synth();
