import { Cluster, EksApp, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';
import { loadTest } from './load-test';

/** A shop and a Job that visits it, on a cluster that exists already. */
const app = new EksApp();
const cluster = Cluster.existing(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  addons: ['aws-ebs-csi-driver', 'eks-pod-identity-agent', 'metrics-server', 'vpc-cni'],
  features: ['ebs', 'metrics', 'network-policy', 'pod-identity'],
});
const tenant = new Tenant(cluster, 'shop');
const shop = new WebService(tenant, 'shop', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/shop:1.4.2@sha256:bc7a95e1a509dd5a321d3aac475f591f96f32f3058f3bc4a273c45b5ba2fdf64',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  replicas: 3,
});
loadTest(tenant, shop);
app.synth();
