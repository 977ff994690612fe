import { ARCH, CAPACITY_TYPE, KARPENTER_PREFIX, OS } from '../../../eks/node-labels';
import type { NodePool } from '../../../imports/karpenter';
import type { AnyObject } from '../../core/k8s';
import type { ResolvedKarpenter } from './resolve-karpenter';

type Term = { id: string } | { tags: Record<string, string> };
type Labels = Readonly<Record<string, string>>;

/** What an EC2NodeClass has, as far as it is written here. */
export interface Ec2NodeClassManifest extends AnyObject {
  apiVersion: 'karpenter.k8s.aws/v1';
  kind: 'EC2NodeClass';
  spec: {
    role: string;
    amiFamily?: string;
    amiSelectorTerms: Record<string, string | Record<string, string>>[];
    subnetSelectorTerms: Term[];
    securityGroupSelectorTerms: (Term | { name: string })[];
    metadataOptions: Record<string, string | number>;
    blockDeviceMappings: { deviceName: string; ebs: Record<string, string | number | boolean> }[];
    associatePublicIPAddress?: boolean;
    detailedMonitoring?: boolean;
    instanceStorePolicy?: 'RAID0';
    kubelet?: Record<string, number | Record<string, string>>;
    userData?: string;
    tags?: Record<string, string>;
  };
}

const NAME = 'default';
/** The role of the nodes, which the template of Karpenter's guide makes. */
export const nodeRole = (cluster: string): string => `KarpenterNodeRole-${cluster}`;

/** @param subnets of an existing VPC; undefined in the one that eksctl makes and tags */
export function ec2NodeClass(
  cluster: string,
  labels: Labels,
  subnets: readonly string[] | undefined,
): Ec2NodeClassManifest {
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name: NAME, labels: { ...labels } },
    spec: {
      role: nodeRole(cluster),
      amiSelectorTerms: [{ alias: 'al2023@latest' }],
      subnetSelectorTerms: subnets?.map((id) => ({ id })) ?? [
        { tags: { 'alpha.eksctl.io/cluster-name': cluster, 'kubernetes.io/role/internal-elb': '1' } },
      ],
      securityGroupSelectorTerms: [{ tags: { 'aws:eks:cluster-name': cluster } }],
      // as for node groups: IMDSv2, which pods do not reach
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', ebs: { volumeSize: '80Gi', volumeType: 'gp3', encrypted: true } },
      ],
    },
  };
}

/** Instances of the categories that Auto Mode's pool 'general-purpose' has. */
export function nodePool({ architectures, capacityTypes, limits }: ResolvedKarpenter, labels: Labels): NodePool {
  const isIn = (key: string, values: readonly string[]) => ({ key, operator: 'In' as const, values: [...values] });
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: NAME, labels: { ...labels } },
    spec: {
      ...(limits ? { limits } : {}),
      disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '1m' },
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: NAME },
          requirements: [
            isIn(ARCH, architectures),
            isIn(OS, ['linux']),
            isIn(CAPACITY_TYPE, capacityTypes),
            isIn(`${KARPENTER_PREFIX}instance-category`, ['c', 'm', 'r']),
            { key: `${KARPENTER_PREFIX}instance-generation`, operator: 'Gt', values: ['4'] },
          ],
          expireAfter: '336h',
          terminationGracePeriod: '24h',
        },
      },
    },
  };
}
