import { Cluster, EksApp } from 'cdk8s-eks-patterns';
import { retailStore } from './examples/retail-store/store';

/** The EKS Workshop's retail store and the cluster it runs on. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'standard-workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
});
retailStore(cluster);
app.synth();
