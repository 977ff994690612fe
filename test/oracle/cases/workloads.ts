import type { RuleCase } from './case';

const group = (name: string, more: object = {}) => ({ name, instanceType: 'm5.large', ...more });
const profile = (more: object) => ({ name: 'batch', selectors: [{ namespace: 'batch' }], ...more });
const IDENTITY_CENTER = { argocd: { awsIdc: { idcInstanceArn: 'arn:aws:sso:::instance/ssoins-0abc' } } };
const ARGO = { name: 'argocd', type: 'ARGOCD', configuration: IDENTITY_CENTER };

/** Node groups as a whole, Fargate profiles and capabilities. */
export const WORKLOAD_CASES: readonly RuleCase[] = [
  {
    rule: 'A7a',
    tried: 'a managed group of nothing, on which eksctl crashes',
    config: { managedNodeGroups: [{}] },
    eksctl: 'refuses',
    finds: ['A7a'],
  },
  {
    rule: 'A7a',
    tried: 'a self-managed group of nothing',
    config: { nodeGroups: [{}] },
    eksctl: 'refuses',
    finds: ['A7a'],
  },
  {
    rule: 'A7a',
    tried: 'an empty name',
    config: { managedNodeGroups: [group('')] },
    eksctl: 'refuses',
    finds: ['A7a'],
  },
  {
    rule: 'A7b',
    tried: 'two names',
    config: { managedNodeGroups: [group('a'), group('b')] },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A7b',
    tried: 'one name in both kinds',
    config: { managedNodeGroups: [group('a')], nodeGroups: [group('a')] },
    eksctl: 'refuses',
    finds: ['A7b'],
  },
  {
    rule: 'A7c',
    tried: 'private nodes',
    config: { privateCluster: { enabled: true }, managedNodeGroups: [group('a', { privateNetworking: true })] },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A7c',
    tried: 'public nodes',
    config: { privateCluster: { enabled: true }, managedNodeGroups: [group('a')] },
    eksctl: 'refuses',
    finds: ['A7c'],
  },

  { rule: 'X51', tried: 'a profile', config: { fargateProfiles: [profile({})] }, eksctl: 'accepts', finds: [] },
  { rule: 'X51', tried: 'null', config: { fargateProfiles: [null] }, eksctl: 'accepts', finds: ['X51'] },
  {
    rule: 'X36',
    tried: 'one group, tainted',
    config: { managedNodeGroups: [group('gpu', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] })] },
    eksctl: 'accepts',
    finds: ['X36'],
  },
  {
    rule: 'X36',
    tried: 'a tainted group beside one for the add-ons',
    config: {
      managedNodeGroups: [
        group('gpu', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] }),
        group('system', { taints: [{ key: 'CriticalAddonsOnly', effect: 'NoSchedule' }] }),
      ],
    },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'X51',
    tried: 'no name',
    config: { fargateProfiles: [profile({ name: '' })] },
    eksctl: 'accepts',
    finds: ['X51'],
  },
  {
    rule: 'X51',
    tried: 'a name of EKS',
    config: { fargateProfiles: [profile({ name: 'eks-batch' })] },
    eksctl: 'accepts',
    finds: ['X51'],
  },
  {
    rule: 'X51',
    tried: 'a name twice',
    config: { fargateProfiles: [profile({}), profile({})] },
    eksctl: 'accepts',
    finds: ['X51'],
  },
  {
    rule: 'X52',
    tried: 'no selector',
    config: { fargateProfiles: [profile({ selectors: [] })] },
    eksctl: 'accepts',
    finds: ['X52'],
  },
  {
    rule: 'X52',
    tried: 'a selector without namespace',
    config: { fargateProfiles: [profile({ selectors: [{ labels: { a: 'b' } }] })] },
    eksctl: 'accepts',
    finds: ['X52'],
  },
  {
    rule: 'X52',
    tried: 'six selectors',
    config: { fargateProfiles: [profile({ selectors: [...'abcdef'].map((namespace) => ({ namespace })) })] },
    eksctl: 'accepts',
    finds: ['X52'],
  },
  {
    rule: 'X53',
    tried: 'pod identity of pods on Fargate',
    config: {
      addons: [{ name: 'eks-pod-identity-agent' }],
      iam: {
        podIdentityAssociations: [
          { namespace: 'batch', serviceAccountName: 'jobs', roleARN: 'arn:aws:iam::111122223333:role/jobs' },
        ],
      },
      fargateProfiles: [profile({})],
    },
    eksctl: 'accepts',
    finds: ['X53'],
  },
  {
    rule: 'X54',
    tried: 'two capabilities',
    config: { capabilities: [ARGO, { name: 'ack', type: 'ACK' }] },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'X54',
    tried: 'one name',
    config: {
      capabilities: [
        { name: 'ack', type: 'KRO' },
        { name: 'ack', type: 'ACK' },
      ],
    },
    eksctl: 'accepts',
    finds: ['X54'],
  },
  { rule: 'X54', tried: 'no name', config: { capabilities: [{ type: 'ACK' }] }, eksctl: 'accepts', finds: ['X54'] },
  {
    rule: 'X55',
    tried: 'a type in small letters',
    config: { capabilities: [{ name: 'ack', type: 'ack' }] },
    eksctl: 'accepts',
    finds: ['X55'],
  },
  {
    rule: 'X55',
    tried: 'a type to come, as a warning',
    config: { capabilities: [{ name: 'flux', type: 'FLUX' }] },
    eksctl: 'accepts',
    finds: ['X55'],
  },
  {
    rule: 'X56',
    tried: 'Argo CD alone',
    config: { capabilities: [{ name: 'argocd', type: 'ARGOCD' }] },
    eksctl: 'accepts',
    finds: ['X56'],
  },
  {
    rule: 'X57',
    tried: 'the name of a policy',
    config: {
      capabilities: [
        { ...ARGO, accessPolicies: [{ policyARN: 'AmazonEKSViewPolicy', accessScope: { type: 'cluster' } }] },
      ],
    },
    eksctl: 'refuses',
    finds: ['X57'],
  },
  {
    rule: 'X57',
    tried: 'a policy by its ARN',
    config: {
      capabilities: [
        {
          ...ARGO,
          accessPolicies: [
            {
              policyARN: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
              accessScope: { type: 'cluster' },
            },
          ],
        },
      ],
    },
    eksctl: 'accepts',
    finds: [],
  },
];
