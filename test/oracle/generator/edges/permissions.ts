import { ABSENT, append, list, maybe, one, rarely } from '../template';
import { anArn, association, BOUNDARY, bool, DOCUMENT, POLICY, ROLE, tags, wellKnown } from '../values';
import { type Edge, edges } from './edge';

const agent = { name: 'eks-pod-identity-agent' };

const serviceAccount = {
  metadata: one(
    {
      name: one('app', 'app', 'cart', '', ABSENT),
      namespace: one('shop', 'default', '', ABSENT),
      labels: rarely(tags),
    },
    ABSENT,
    { name: 'app' },
    { name: 'cart' },
  ),
  attachPolicyARNs: maybe(list(one(POLICY, 'no-arn'), 0, 2)),
  attachPolicy: rarely(one(DOCUMENT, {})),
  attachRoleARN: rarely(one(ROLE, '')),
  wellKnownPolicies: rarely(wellKnown),
  roleName: rarely('app'),
  roleOnly: rarely(bool),
  permissionsBoundary: rarely(BOUNDARY),
  tags: rarely(tags),
};

const entry = {
  principalARN: one(ROLE, 'arn:aws:iam::123456789012:role/other', 'arn:aws:iam::123456789012:user/anna', anArn, ABSENT),
  type: one(
    ABSENT,
    ABSENT,
    'STANDARD',
    'EC2',
    'EC2_LINUX',
    'EC2_WINDOWS',
    'FARGATE_LINUX',
    'HYBRID_LINUX',
    'HYPERPOD_LINUX',
    'standard',
    '',
  ),
  kubernetesGroups: rarely(one(['viewers'], [])),
  kubernetesUsername: rarely(one('anna', '')),
  accessPolicies: maybe(
    list(
      {
        policyARN: one(
          'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          POLICY,
          'arn:aws:eks::aws:cluster-access-policy',
          ABSENT,
        ),
        accessScope: one(
          { type: 'cluster' },
          { type: 'cluster', namespaces: one(['shop'], []) },
          { type: 'namespace', namespaces: one(['shop'], ['shop', 'cart'], [], ABSENT) },
          { type: one('Cluster', '', ABSENT) },
          ABSENT,
        ),
      },
      0,
      2,
    ),
  ),
};

/** IAM, pod identity, access. */
export const PERMISSION_EDGES: readonly Edge[] = edges(
  'config',
  { iam: { withOIDC: one(true, true, false, ABSENT), serviceAccounts: list(serviceAccount, 0, 3) } },
  { iam: { withOIDC: true, serviceAccounts: [serviceAccount] } },
  {
    iam: {
      withOIDC: bool,
      vpcResourceControllerPolicy: maybe(bool),
      serviceRoleARN: rarely(anArn),
      serviceRolePermissionsBoundary: rarely(BOUNDARY),
    },
  },
  { iam: { fargatePodExecutionRoleARN: anArn, fargatePodExecutionRolePermissionsBoundary: rarely(BOUNDARY) } },
  {
    iam: { podIdentityAssociations: list(association, 0, 2) },
    addons: append(one(agent, agent, { name: 'Eks-Pod-Identity-Agent' })),
  },
  { iam: { podIdentityAssociations: [association] }, addons: append(agent) },
  {
    iam: {
      podIdentityAssociations: [
        {
          namespace: 'shop',
          serviceAccountName: 'app',
          permissionPolicy: one(DOCUMENT, {}, ABSENT),
          permissionPolicyARNs: maybe([POLICY]),
          permissionPolicyName: one('s3', '--', ''),
        },
      ],
    },
    addons: append(agent),
  },
  { iam: { podIdentityAssociations: one([], [{ namespace: 'shop', serviceAccountName: 'app', roleARN: ROLE }]) } },
  {
    iamIdentityMappings: list(
      {
        arn: rarely(anArn),
        username: rarely('anna'),
        groups: rarely(one(['viewers'], [])),
        account: rarely(one('123456789012', '')),
        serviceName: rarely(one('emr-containers', '', 'other')),
        namespace: rarely(one('shop', '')),
        noDuplicateARNs: rarely(bool),
      },
      0,
      2,
    ),
  },
  {
    iamIdentityMappings: [
      {
        arn: maybe(ROLE),
        username: maybe('anna'),
        groups: maybe(['viewers']),
        account: rarely('123456789012'),
        serviceName: maybe('emr-containers'),
        namespace: maybe('shop'),
      },
    ],
  },
  {
    accessConfig: {
      authenticationMode: one('API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP', 'IAM', 'api', '', ABSENT),
      bootstrapClusterCreatorAdminPermissions: one(true, false, ABSENT),
      accessEntries: rarely(list(entry, 0, 2)),
    },
  },
  { accessConfig: { authenticationMode: rarely('API'), accessEntries: list(entry, 1, 2) } },
  { accessConfig: { accessEntries: [entry] } },
  {
    accessConfig: {
      bootstrapClusterCreatorAdminPermissions: false,
      authenticationMode: one('CONFIG_MAP', 'API', ABSENT),
      accessEntries: rarely([{ principalARN: ROLE }]),
    },
  },
);
