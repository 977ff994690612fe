import { appOf, newApp, newCluster, synth } from '../support/app';
import { refusedBy } from '../support/findings';

const GROUP = { name: 'disks', instanceType: 'm6id.large', minSize: 2 } as const;
const cluster = (more: object) => newCluster(newApp(), { nodeGroups: [{ ...GROUP, ...more }] } as never);
const groupOf = (more: object) => synth(appOf(cluster(more))).clusterConfig!.managedNodeGroups[0];

describe('disks of the instances', () => {
  it('are left alone', () => {
    expect(groupOf({})).not.toHaveProperty('overrideBootstrapCommand');
  });

  it('are joined by the configuration of the node', () => {
    const { overrideBootstrapCommand, labels } = groupOf({ instanceStore: 'RAID0' });
    expect(overrideBootstrapCommand).toBe(
      'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  instance:\n    localStorage:\n      strategy: RAID0\n',
    );
    expect(labels).toBeUndefined();
  });

  it('are mounted, on nodes with a label', () => {
    const { overrideBootstrapCommand, labels } = groupOf({ instanceStore: 'Mount', labels: { tier: 'db' } });
    expect(overrideBootstrapCommand).toContain('strategy: Mount');
    expect(labels).toEqual({ tier: 'db', 'cdk8s-eks-patterns.io/instance-store': 'Mount' });
  });

  it('have room for scratch folders when they are joined', () => {
    const room = (instanceStore?: string) =>
      cluster(instanceStore ? { instanceStore } : {}).capacity().groups[0]!.available!;
    // the root volume of 80 GiB, less one for the kubelet and a tenth before eviction
    expect(room().ephemeralStorage).toBe(71 * 1024);
    expect(room('Mount').ephemeralStorage).toBe(71 * 1024);
    // 118 GB are 109 GiB
    expect(room('RAID0').ephemeralStorage).toBe(109 * 1024 - 1024 - Math.ceil((109 * 1024) / 10));
  });

  it('are told to the autoscaler of a group without nodes', () => {
    const tag = 'k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage';
    expect(groupOf({ minSize: 0, maxSize: 2 }).tags[tag]).toBe('71Gi');
    expect(groupOf({ minSize: 0, maxSize: 2, instanceStore: 'RAID0' }).tags[tag]).toBe('97Gi');
  });

  it.each([
    [{ instanceStore: 'RAID1' }, 'props/unsupported', 'nodeGroups[0].instanceStore'],
    [{ instanceStore: 'RAID0', amiFamily: 'Bottlerocket' }, 'props/unsupported', 'nodeGroups[0].instanceStore'],
    [{ instanceStore: 'RAID0', instanceType: 'm6i.large' }, 'props/unsupported', 'nodeGroups[0].instanceStore'],
    [
      { instanceStore: 'Mount', instanceType: ['m6id.large', 'm6i.large'] },
      'props/unsupported',
      'nodeGroups[0].instanceStore',
    ],
  ])('%j is refused', (more, rule, field) => {
    expect(refusedBy(() => cluster(more))).toEqual([rule, field]);
  });

  it('of a type that is not known are believed in', () => {
    expect(groupOf({ instanceStore: 'RAID0', instanceType: 'm99id.large' }).overrideBootstrapCommand).toContain(
      'RAID0',
    );
  });
});
