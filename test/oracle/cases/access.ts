import type { RuleCase } from './case';

const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const WHOLE = { type: 'cluster' };
const accessEntries = (...accessEntries: unknown[]) => ({ accessConfig: { accessEntries } });
const policies = (...accessPolicies: unknown[]) => accessEntries({ principalARN: ADMIN, accessPolicies });
const mapping = (mapping: unknown) => ({ iamIdentityMappings: [mapping] });
const PROVIDER = { type: 'oidc', name: 'corporate', clientID: 'kubernetes', issuerURL: 'https://login.example.com' };
const GROUP = { name: 'workers', instanceType: 'm5.large' };

export const ACCESS_CASES: readonly RuleCase[] = [
  {
    rule: 'A17a',
    tried: 'an entry',
    config: policies({ policyARN: POLICY, accessScope: WHOLE }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A17a',
    tried: 'an entry beside aws-auth alone',
    config: { accessConfig: { authenticationMode: 'CONFIG_MAP', accessEntries: [{ principalARN: ADMIN }] } },
    eksctl: 'refuses',
    finds: ['A17a'],
  },
  { rule: 'A17b', tried: 'no principal', config: accessEntries({}), eksctl: 'refuses', finds: ['A17b'] },
  { rule: 'A17b', tried: 'null', config: accessEntries(null), eksctl: 'refuses', finds: ['A17b'] },
  {
    rule: 'A17b',
    tried: 'the name of a role',
    config: accessEntries({ principalARN: 'admin' }),
    eksctl: 'refuses',
    finds: ['A17b'],
  },
  {
    rule: 'A17b',
    tried: 'an ARN of nothing',
    config: accessEntries({ principalARN: 'arn:::::' }),
    eksctl: 'refuses',
    finds: ['A17b'],
  },
  {
    rule: 'A17c',
    tried: 'a principal twice',
    config: accessEntries({ principalARN: ADMIN }, { principalARN: ADMIN }),
    eksctl: 'refuses',
    finds: ['A17c'],
  },
  {
    rule: 'A17d',
    tried: 'the type of Auto Mode',
    config: accessEntries({ principalARN: ADMIN, type: 'EC2' }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A17d',
    tried: 'a type in small letters',
    config: accessEntries({ principalARN: ADMIN, type: 'ec2_linux' }),
    eksctl: 'refuses',
    finds: ['A17d'],
  },
  {
    rule: 'A17e',
    tried: 'groups of nodes',
    config: accessEntries({ principalARN: ADMIN, type: 'EC2_LINUX', kubernetesGroups: ['system:masters'] }),
    eksctl: 'refuses',
    finds: ['A17e'],
  },
  {
    rule: 'A17e',
    tried: 'a policy of hybrid nodes',
    config: accessEntries({
      principalARN: ADMIN,
      type: 'HYBRID_LINUX',
      accessPolicies: [{ policyARN: POLICY, accessScope: WHOLE }],
    }),
    eksctl: 'refuses',
    finds: ['A17e'],
  },
  {
    rule: 'A17f',
    tried: 'a policy of IAM',
    config: policies({ policyARN: 'arn:aws:iam::aws:policy/ReadOnlyAccess', accessScope: WHOLE }),
    eksctl: 'refuses',
    finds: ['A17f'],
  },
  { rule: 'A17f', tried: 'no policy', config: policies({ accessScope: WHOLE }), eksctl: 'refuses', finds: ['A17f'] },
  {
    rule: 'A17f',
    tried: 'the name of a policy',
    config: policies({ policyARN: 'AmazonEKSViewPolicy', accessScope: WHOLE }),
    eksctl: 'refuses',
    finds: ['A17f'],
  },
  {
    rule: 'A17g',
    tried: 'a namespace',
    config: policies({ policyARN: POLICY, accessScope: { type: 'namespace', namespaces: ['shop'] } }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A17g',
    tried: 'no namespace',
    config: policies({ policyARN: POLICY, accessScope: { type: 'namespace' } }),
    eksctl: 'refuses',
    finds: ['A17g'],
  },
  {
    rule: 'A17g',
    tried: 'a namespace of the whole',
    config: policies({ policyARN: POLICY, accessScope: { type: 'cluster', namespaces: ['shop'] } }),
    eksctl: 'refuses',
    finds: ['A17g'],
  },
  { rule: 'A17g', tried: 'no scope', config: policies({ policyARN: POLICY }), eksctl: 'refuses', finds: ['A17g'] },
  {
    rule: 'A17g',
    tried: 'another scope',
    config: policies({ policyARN: POLICY, accessScope: { type: 'Cluster' } }),
    eksctl: 'refuses',
    finds: ['A17g'],
  },
  {
    rule: 'A20',
    tried: 'self-managed nodes without a principal that lets them join',
    config: { accessConfig: { bootstrapClusterCreatorAdminPermissions: false }, nodeGroups: [GROUP] },
    eksctl: 'refuses',
    finds: ['A20'],
  },
  {
    rule: 'A20',
    tried: 'self-managed nodes and an entry',
    config: {
      accessConfig: { bootstrapClusterCreatorAdminPermissions: false, accessEntries: [{ principalARN: ADMIN }] },
      nodeGroups: [GROUP],
    },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'X23',
    tried: 'another mode',
    config: { accessConfig: { authenticationMode: 'IAM' } },
    eksctl: 'accepts',
    finds: ['X23'],
  },
  {
    rule: 'X24',
    tried: 'no principal at all',
    config: { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } },
    eksctl: 'accepts',
    finds: ['X24'],
  },

  {
    rule: 'A14a',
    tried: 'a role',
    config: mapping({ arn: ADMIN, username: 'admin', groups: ['system:masters'] }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A14a',
    tried: 'a service and a whole principal',
    config: mapping({
      serviceName: 'emr-containers',
      namespace: 'emr',
      arn: ADMIN,
      username: 'admin',
      groups: ['view'],
    }),
    eksctl: 'refuses',
    finds: ['A14a'],
  },
  {
    rule: 'A14a',
    tried: 'a service and an ARN, which eksctl does not mind',
    config: mapping({ serviceName: 'emr-containers', namespace: 'emr', arn: ADMIN }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A14b',
    tried: 'a service without namespace',
    config: mapping({ serviceName: 'emr-containers' }),
    eksctl: 'refuses',
    finds: ['A14b'],
  },
  {
    rule: 'A14b',
    tried: 'a namespace without service',
    config: mapping({ namespace: 'emr' }),
    eksctl: 'refuses',
    finds: ['A14b'],
  },
  { rule: 'A14b', tried: 'nothing', config: mapping({}), eksctl: 'accepts', finds: [] },
  { rule: 'A14c', tried: 'an account', config: mapping({ account: '111122223333' }), eksctl: 'accepts', finds: [] },
  {
    rule: 'A14c',
    tried: 'an account and a user',
    config: mapping({ account: '111122223333', username: 'admin' }),
    eksctl: 'refuses',
    finds: ['A14c'],
  },
  {
    rule: 'X25',
    tried: 'a mapping that is ignored',
    config: { accessConfig: { authenticationMode: 'API' }, ...mapping({ arn: ADMIN }) },
    eksctl: 'accepts',
    finds: ['X25'],
  },

  { rule: 'A8', tried: 'a provider', config: { identityProviders: [PROVIDER] }, eksctl: 'accepts', finds: [] },
  {
    rule: 'A8',
    tried: 'no client',
    config: { identityProviders: [{ ...PROVIDER, clientID: undefined }] },
    eksctl: 'refuses',
    finds: ['A8'],
  },
  {
    rule: 'A8',
    tried: 'no type',
    config: { identityProviders: [{ ...PROVIDER, type: undefined }] },
    eksctl: 'refuses',
    finds: ['A8'],
  },
  {
    rule: 'A8',
    tried: 'another type',
    config: { identityProviders: [{ ...PROVIDER, type: 'saml' }] },
    eksctl: 'refuses',
    finds: ['A8'],
  },
  { rule: 'A8', tried: 'null', config: { identityProviders: [null] }, eksctl: 'refuses', finds: ['A8'] },
];
