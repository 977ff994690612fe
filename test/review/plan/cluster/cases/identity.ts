import { type Case, OTHER_ROLE, POLICY, ROLE } from './case';

const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const scope = { type: 'cluster' } as const;
const entries = (...accessEntries: readonly object[]) =>
  ({ accessConfig: { authenticationMode: 'API', accessEntries } }) as object;
const AGENT = [{ name: 'vpc-cni' }, { name: 'coredns' }, { name: 'kube-proxy' }, { name: 'eks-pod-identity-agent' }];
const pods = (...podIdentityAssociations: readonly object[]) =>
  ({ addons: AGENT, iam: { podIdentityAssociations } }) as object;
const accounts = (...serviceAccounts: readonly object[]) => ({ iam: { withOIDC: true, serviceAccounts } }) as object;
const POD = { namespace: 'shop', serviceAccountName: 'web' };
const READER = { metadata: { namespace: 'shop', name: 'reader' } };
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }] };
const ID = { type: 'oidc', name: 'company', issuerURL: 'https://id.example', clientID: 'kubernetes' };
const providers = (...identityProviders: readonly object[]) => ({ identityProviders }) as object;
const mappings = (...iamIdentityMappings: readonly object[]) => ({ iamIdentityMappings }) as object;

export const IDENTITY: readonly Case[] = [
  {
    name: 'access entries alone',
    old: { accessConfig: { authenticationMode: 'CONFIG_MAP' } },
    new: { accessConfig: { authenticationMode: 'API' } },
  },
  {
    name: 'back to aws-auth',
    old: { accessConfig: { authenticationMode: 'API' } },
    new: { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
  },
  { name: 'the creator as administrator', new: { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } } },
  { name: 'another access entry', old: entries(), new: entries({ principalARN: ROLE, kubernetesGroups: ['viewers'] }) },
  { name: 'no access entry', old: entries({ principalARN: ROLE }), new: entries() },
  {
    name: 'groups and user of an access entry',
    old: entries({ principalARN: ROLE, kubernetesGroups: ['viewers'] }),
    new: entries({ principalARN: ROLE, kubernetesGroups: ['editors', 'viewers'], kubernetesUsername: 'jo' }),
  },
  {
    name: 'no groups of an access entry',
    old: entries({ principalARN: ROLE, kubernetesGroups: ['viewers'] }),
    new: entries({ principalARN: ROLE }),
  },
  {
    name: 'the user of an access entry taken away',
    old: entries({ principalARN: ROLE, kubernetesUsername: 'jo' }),
    new: entries({ principalARN: ROLE }),
  },
  {
    name: 'policies of an access entry',
    old: entries({ principalARN: ROLE, accessPolicies: [{ policyARN: ADMIN, accessScope: scope }] }),
    new: entries({
      principalARN: ROLE,
      accessPolicies: [{ policyARN: VIEW, accessScope: { type: 'namespace', namespaces: ['shop', 'jobs'] } }],
    }),
  },
  {
    name: 'the type of an access entry',
    old: entries({ principalARN: ROLE, type: 'EC2_LINUX' }),
    new: entries({ principalARN: ROLE, type: 'EC2_WINDOWS' }),
  },
  { name: 'an identity provider', new: providers(ID) },
  {
    name: 'another client of an identity provider',
    old: providers(ID),
    new: providers({ ...ID, clientID: 'cluster' }),
  },
  { name: 'tags of an identity provider', old: providers(ID), new: providers({ ...ID, tags: { team: 'shop' } }) },
  {
    name: 'a mapping in aws-auth',
    new: mappings({ arn: ROLE, username: 'jo', groups: ['system:masters', 'viewers'] }),
  },
  {
    name: 'another group of a mapping',
    old: mappings({ arn: ROLE, groups: ['viewers'] }),
    new: mappings({ arn: ROLE, groups: ['editors'] }),
  },
  { name: 'no mapping of an account', old: mappings({ account: '111122223333' }) },
  { name: 'no mapping of a service', old: mappings({ serviceName: 'emr-containers', namespace: 'emr' }) },
  { name: 'an OIDC provider', new: { iam: { withOIDC: true } } },
  { name: 'no OIDC provider', old: { iam: { withOIDC: true } } },
  { name: 'a role of a ServiceAccount', old: accounts(), new: accounts({ ...READER, attachPolicyARNs: [POLICY] }) },
  {
    name: 'permissions and labels of a ServiceAccount',
    old: accounts({ ...READER, attachPolicyARNs: [POLICY] }),
    new: accounts({
      metadata: { ...READER.metadata, labels: { team: 'shop' } },
      wellKnownPolicies: { externalDNS: true },
    }),
  },
  {
    name: 'the name of the role of a ServiceAccount',
    old: accounts({ ...READER, attachPolicyARNs: [POLICY] }),
    new: accounts({ ...READER, attachPolicyARNs: [POLICY], roleName: 'reader' }),
  },
  { name: 'no role of a ServiceAccount', old: accounts({ ...READER, attachPolicyARNs: [POLICY] }), new: accounts() },
  { name: 'a pod identity', old: pods(), new: pods({ ...POD, permissionPolicy: document }) },
  { name: 'no pod identity', old: pods({ ...POD, roleARN: ROLE }), new: pods() },
  {
    name: 'another role of a pod identity',
    old: pods({ ...POD, roleARN: ROLE }),
    new: pods({ ...POD, roleARN: OTHER_ROLE, tags: { team: 'shop' } }),
  },
  {
    name: 'permissions of a pod identity',
    old: pods({ ...POD, permissionPolicyARNs: [POLICY] }),
    new: pods({ ...POD, permissionPolicyARNs: [POLICY], wellKnownPolicies: { certManager: true } }),
  },
  {
    name: 'a role of the pod identity in another account',
    old: pods({ ...POD, roleARN: ROLE }),
    new: pods({ ...POD, roleARN: ROLE, targetRoleARN: OTHER_ROLE, disableSessionTags: true }),
  },
  {
    name: 'a policy of a session',
    old: pods({ ...POD, roleARN: ROLE, disableSessionTags: true }),
    new: pods({ ...POD, roleARN: ROLE, disableSessionTags: true, policy: JSON.stringify(document) }),
  },
  {
    name: 'no role in another account',
    old: pods({ ...POD, roleARN: ROLE, targetRoleARN: OTHER_ROLE }),
    new: pods({ ...POD, roleARN: ROLE }),
  },
  {
    name: 'a role of your own for a pod identity',
    old: pods({ ...POD, permissionPolicyARNs: [POLICY] }),
    new: pods({ ...POD, roleARN: ROLE }),
  },
  {
    name: 'an access entry of another role',
    old: entries({ principalARN: ROLE }),
    new: entries({ principalARN: OTHER_ROLE }),
  },
  {
    name: 'a pod identity of another ServiceAccount',
    old: pods({ ...POD, roleARN: ROLE }),
    new: pods({ ...POD, serviceAccountName: 'api', roleARN: ROLE }),
  },
  {
    name: 'a pod identity in another namespace',
    old: pods({ ...POD, roleARN: ROLE }),
    new: pods({ ...POD, namespace: 'front', roleARN: ROLE }),
  },
];
