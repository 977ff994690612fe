import { Cluster } from 'cdk8s-eks-patterns';
import type { ClusterProps } from '../../charts/cluster/props';
import { newApp } from '../support/app';
import { findingsOf } from '../support/findings';

const REGION = { region: 'us-west-2', version: '1.35', publicAccessCIDRs: ['203.0.113.0/24'] } as const;
const GROUP = { name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 } as const;

/** Rule and field of what a cluster with these props is refused for. */
const refused = (props: Partial<ClusterProps>) =>
  findingsOf(() => {
    const app = newApp();
    new Cluster(app, 'prod', { ...REGION, ...props } as ClusterProps);
    return app;
  }).map(({ rule, field }) => `${rule} ${field}`);

describe('what eksctl would take, and what fails later', () => {
  test.each<[string, Partial<ClusterProps>, string[]]>([
    [
      'nodes without addresses for pods',
      { nodeGroups: [{ ...GROUP, instanceType: 't3.micro' }] },
      ['X106 managedNodeGroups[0].instanceType'],
    ],
    [
      'private nodes without NAT, by the default of the library',
      { nodeGroups: [GROUP], config: { vpc: { nat: { gateway: 'Disable' } } } },
      ['X37 managedNodeGroups[0].privateNetworking'],
    ],
    [
      'Auto Mode without NAT',
      { autoMode: true, config: { vpc: { nat: { gateway: 'Disable' } } } },
      ['X37 vpc.nat.gateway'],
    ],
  ])('%s', (_, props, expected) => {
    expect(refused(props)).toEqual(expected);
  });

  test.each<[string, Partial<ClusterProps>]>([
    ['a small type with addresses', { nodeGroups: [{ ...GROUP, instanceType: 't3.medium' }] }],
    ['types that were unknown before', { nodeGroups: [{ ...GROUP, instanceType: 'inf2.xlarge' }] }],
    [
      'endpoints in place of NAT',
      { nodeGroups: [GROUP], config: { vpc: { nat: { gateway: 'Disable' } }, privateCluster: { enabled: true } } },
    ],
  ])('but not %s', (_, props) => {
    expect(refused(props)).toEqual([]);
  });
});
