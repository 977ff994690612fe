import { Cluster, EksApp } from 'cdk8s-eks-patterns';

/** A cluster for production on managed node groups: named admins, an own key, one group for add-ons, one for everything else. */
const account = '111122223333';
const region = 'eu-central-1';
const app = new EksApp();

new Cluster(app, 'prod', {
  region,
  version: '1.36',
  vpcCidr: '10.42.0.0/16',
  availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  // whoever runs eksctl must be one of them
  admins: [`arn:aws:iam::${account}:role/platform-admin`],
  publicAccessCIDRs: ['203.0.113.0/24'],
  secretsKey: `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  tags: { environment: 'prod', 'cost-center': 'platform' },
  nodeGroups: [
    {
      name: 'system',
      instanceType: 'm7i.large',
      minSize: 3,
      amiFamily: 'Bottlerocket',
      taints: [{ key: 'CriticalAddonsOnly', effect: 'NoSchedule' }],
    },
    { name: 'apps', instanceType: 'm7i.xlarge', minSize: 3, maxSize: 12, amiFamily: 'Bottlerocket' },
  ],
  addons: [{ name: 'aws-ebs-csi-driver' }, { name: 'snapshot-controller' }],
  config: {
    // what has no prop, in eksctl's spelling
    metadata: { rollbackConfig: { timeoutMinutes: 1440 } },
    cloudWatch: { clusterLogging: { logRetentionInDays: 365 } },
    managedNodeGroups: [{ name: 'apps', updateConfig: { maxUnavailablePercentage: 20 } }],
  },
});
app.synth();
