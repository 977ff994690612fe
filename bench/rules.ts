/**
 * npm run bench:rules: processor time of checking a ClusterConfig of 1, 50 and 200 node groups in a warm process, and of
 * writing the same config as YAML, with the ratio of the two.
 */
import { Yaml } from 'cdk8s';
import { ClusterConfig } from 'cdk8s-eks-patterns';

const ROUNDS = 100;

/** Half managed, half self-managed, each with what most rules look at. */
function configOf(groups: number): ClusterConfig {
  const group = (i: number) => ({
    name: `group-${i}`,
    desiredCapacity: 3,
    minSize: 1,
    maxSize: 9,
    privateNetworking: true,
    volumeSize: 100,
    volumeType: 'gp3',
    volumeIOPS: 3000,
    volumeThroughput: 250,
    volumeEncrypted: true,
    labels: { team: `team-${i}`, 'example.com/pool': 'general' },
    taints: [{ key: 'dedicated', value: `team-${i}`, effect: 'NoSchedule' as const }],
    availabilityZones: ['us-west-2a', 'us-west-2b'],
  });
  const half = Math.ceil(groups / 2);
  return {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'bench', region: 'us-west-2', version: '1.35' },
    availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
    addons: ['vpc-cni', 'kube-proxy', 'coredns', 'eks-pod-identity-agent'].map((name) => ({ name })),
    managedNodeGroups: Array.from({ length: half }, (_, i) => ({
      ...group(i),
      instanceTypes: ['m5.large', 'm5a.large'],
    })),
    nodeGroups: Array.from({ length: groups - half }, (_, i) => ({ ...group(half + i), instanceType: 'm5.large' })),
  };
}

/** Milliseconds of processor time a round, after as many rounds again that warm up. */
function cost(run: () => void): number {
  const rounds = () => {
    for (let i = 0; i < ROUNDS; i++) {
      run();
    }
  };
  rounds();
  const start = process.cpuUsage();
  rounds();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / ROUNDS;
}

console.log('node groups | check, ms | write YAML, ms | check / write');
for (const groups of [1, 50, 200]) {
  const config = configOf(groups);
  const errors = ClusterConfig.check(config).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Error(`the config of the benchmark is wrong: ${JSON.stringify(errors[0])}`);
  }
  const [check, write] = [cost(() => ClusterConfig.check(config)), cost(() => Yaml.stringify(config))];
  console.log(`${groups} | ${check.toFixed(2)} | ${write.toFixed(2)} | ${(check / write).toFixed(2)}`);
}
