import { BASE, type Case, OTHER_ROLE, POLICY, ROLE } from './case';

const CORE = [{ name: 'vpc-cni' }, { name: 'coredns' }, { name: 'kube-proxy' }];
const EBS = { name: 'aws-ebs-csi-driver' };
const with_ = (...addons: readonly object[]) => ({ addons: [...CORE, ...addons] }) as object;
const capabilities = (...list: readonly object[]) => ({ capabilities: list }) as object;
const ARGO = {
  name: 'argocd',
  type: 'ARGOCD',
  roleArn: ROLE,
  configuration: { argocd: { awsIdc: { idcInstanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef' } } },
};
const profiles = (...fargateProfiles: readonly object[]) => ({ fargateProfiles }) as object;
const JOBS = { name: 'jobs', selectors: [{ namespace: 'jobs' }] };

export const ADDONS: readonly Case[] = [
  {
    name: 'new add-ons',
    old: with_(),
    new: with_({ name: 'eks-pod-identity-agent' }, { ...EBS, useDefaultPodIdentityAssociations: true }),
  },
  {
    name: 'values of an add-on that eksctl installed',
    new: { addons: [{ name: 'coredns', configurationValues: '{"replicaCount":3}' }] },
  },
  { name: 'an add-on that is taken away', old: with_(EBS), new: with_() },
  { name: 'an add-on that eksctl installs anyway', old: with_({ name: 'metrics-server' }), new: with_() },
  {
    name: 'a version of an add-on',
    old: with_({ ...EBS, version: 'v1.50.0' }),
    new: with_({ ...EBS, version: 'v1.56.0' }),
  },
  { name: 'no version of an add-on', old: with_({ ...EBS, version: 'v1.50.0' }), new: with_(EBS) },
  {
    name: 'values of an add-on',
    old: with_(EBS),
    new: with_({ ...EBS, configurationValues: 'controller: {replicaCount: 3}', resolveConflicts: 'overwrite' }),
  },
  {
    name: 'no values of an add-on',
    old: with_({ ...EBS, configurationValues: '{"controller":{"replicaCount":3}}' }),
    new: with_(EBS),
  },
  { name: 'what happens in conflicts', old: with_(EBS), new: with_({ ...EBS, resolveConflicts: 'preserve' }) },
  {
    name: 'the role of an add-on',
    old: { ...with_({ ...EBS, serviceAccountRoleARN: ROLE }), iam: { withOIDC: true } },
    new: { ...with_({ ...EBS, serviceAccountRoleARN: OTHER_ROLE }), iam: { withOIDC: true } },
  },
  {
    name: 'no role of an add-on',
    old: { ...with_({ ...EBS, attachPolicyARNs: [POLICY] }), iam: { withOIDC: true } },
    new: { ...with_(EBS), iam: { withOIDC: true } },
  },
  {
    name: 'no pod identities of an add-on',
    old: with_(
      { name: 'eks-pod-identity-agent' },
      {
        ...EBS,
        podIdentityAssociations: [
          { namespace: 'kube-system', serviceAccountName: 'ebs-csi-controller-sa', roleARN: ROLE },
        ],
      },
    ),
    new: with_({ name: 'eks-pod-identity-agent' }, EBS),
  },
  {
    name: 'tags of an add-on',
    old: with_({ ...EBS, tags: { team: 'shop' } }),
    new: with_({ ...EBS, tags: { team: 'platform' } }),
  },
  {
    name: 'the namespace of an add-on',
    old: with_(EBS),
    new: with_({ ...EBS, namespaceConfig: { namespace: 'storage' } }),
  },
  {
    name: 'pod identities by themselves',
    new: {
      addonsConfig: { autoApplyPodIdentityAssociations: true },
      addons: [...CORE, { name: 'eks-pod-identity-agent' }],
    },
  },
  { name: 'a capability', new: capabilities({ name: 'ack', type: 'ACK', roleArn: ROLE }) },
  {
    name: 'the role of a capability',
    old: capabilities({ name: 'ack', type: 'ACK', roleArn: ROLE }),
    new: capabilities({ name: 'ack', type: 'ACK', roleArn: OTHER_ROLE, tags: { team: 'shop' } }),
  },
  {
    name: 'the namespace of Argo CD',
    old: capabilities(ARGO),
    new: capabilities({ ...ARGO, configuration: { argocd: { ...ARGO.configuration.argocd, namespace: 'argo' } } }),
  },
  {
    name: 'roles of Argo CD',
    old: capabilities(ARGO),
    new: capabilities({
      ...ARGO,
      configuration: {
        argocd: {
          ...ARGO.configuration.argocd,
          rbacRoleMappings: [
            { role: 'ADMIN', identities: [{ id: '94482488-3041-7053-4a3e-1b0a3a2f4d5e', type: 'SSO_GROUP' }] },
          ],
        },
      },
    }),
  },
  { name: 'no capability', old: capabilities({ name: 'kro', type: 'KRO', roleArn: ROLE }) },
  { name: 'a Fargate profile', new: profiles(JOBS) },
  {
    name: 'selectors of a Fargate profile',
    old: profiles(JOBS),
    new: profiles({ ...JOBS, selectors: [{ namespace: 'jobs', labels: { size: 'small' } }] }),
  },
  { name: 'the role of a Fargate profile', old: profiles(JOBS), new: profiles({ ...JOBS, podExecutionRoleARN: ROLE }) },
  {
    name: 'subnets of a Fargate profile',
    old: profiles(JOBS),
    new: profiles({ ...JOBS, subnets: ['subnet-0000000a'] }),
  },
  { name: 'tags of a Fargate profile', old: profiles(JOBS), new: profiles({ ...JOBS, tags: { team: 'shop' } }) },
  { name: 'no Fargate profile', old: profiles(JOBS) },
  {
    name: 'Karpenter',
    old: {
      ...with_(),
      iam: { withOIDC: true },
      karpenter: { version: '1.9.0' },
      metadata: { ...BASE.metadata, tags: { 'karpenter.sh/discovery': 'prod' } },
    },
    new: {
      ...with_(),
      iam: { withOIDC: true },
      karpenter: { version: '1.13.0' },
      metadata: { ...BASE.metadata, tags: { 'karpenter.sh/discovery': 'prod' } },
    },
  },
  {
    name: 'Flux',
    new: { gitops: { flux: { gitProvider: 'github', flags: { owner: 'example', repository: 'fleet' } } } },
  },
  {
    name: 'no Flux',
    old: { gitops: { flux: { gitProvider: 'github', flags: { owner: 'example', repository: 'fleet' } } } },
  },
  { name: 'another add-on', old: with_(EBS), new: with_({ name: 'aws-efs-csi-driver' }) },
  { name: 'a renamed Fargate profile', old: profiles(JOBS), new: profiles({ ...JOBS, name: 'batch' }) },
  {
    name: 'a renamed capability',
    old: capabilities({ name: 'ack', type: 'ACK', roleArn: ROLE }),
    new: capabilities({ name: 'aws', type: 'ACK', roleArn: ROLE }),
  },
  {
    name: 'the type of a capability',
    old: capabilities({ name: 'one', type: 'ACK', roleArn: ROLE }),
    new: capabilities({ name: 'one', type: 'KRO', roleArn: ROLE }),
  },
];
