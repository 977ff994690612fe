import { Cluster, EksApp } from 'cdk8s-eks-patterns';

/**
 * The EKS Workshop's first command, in today's words:
 *
 *   eksctl create cluster --name prod --version 1.13 --nodegroup-name standard-workers --node-type t3.medium
 *     --nodes 3 --nodes-min 1 --nodes-max 4 --node-ami auto
 *
 * Version 1.13 is long gone, and `--node-ami auto` is what leaving it out means.
 */
const app = new EksApp();
new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.36',
  nodeGroups: [{ name: 'standard-workers', instanceType: 't3.medium', minSize: 1, desiredCapacity: 3, maxSize: 4 }],
});
app.synth();
