import { Cluster, EksApp } from 'cdk8s-eks-patterns';

/** Machines of your own data centre join as nodes, over a transit gateway; the add-ons run on a node group in AWS. */
const app = new EksApp();
new Cluster(app, 'factory', {
  region: 'us-west-2',
  version: '1.36',
  vpcCidr: '10.42.0.0/16',
  nodeGroups: [{ name: 'cloud', instanceType: 'm7i.large', minSize: 2 }],
  config: {
    remoteNetworkConfig: {
      iam: { provider: 'ssm' },
      vpcGatewayID: 'tgw-0123456789abcdef0',
      remoteNodeNetworks: [{ cidrs: ['10.80.0.0/16'] }],
      remotePodNetworks: [{ cidrs: ['10.85.0.0/16'] }],
    },
  },
});
app.synth();
