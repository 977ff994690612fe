import { ABSENT, append, list, maybe, one, rarely } from '../template';
import { ADDONS, anArn, association, BOUNDARY, bool, DOCUMENT, POLICY, ROLE, tags, wellKnown } from '../values';
import { type Edge, edges } from './edge';

const values = one(
  '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}',
  'env:\n  ENABLE_PREFIX_DELEGATION: "true"\n',
  '3',
  '[1]',
  '{"a":1,"a":2}',
  'a: 1\na: 2\n',
  '- a\n',
  'text',
  '{',
  'a: b: c',
  '',
  'null',
  '~',
  ' ',
  '# nothing\n',
  '{a: 1}',
  '1: x',
  'a: &x 1\nb: *x\n',
  'true',
  'yes',
  '"quoted"',
  'a:\tb',
  '{"a": 01}',
  '{"a": 1,}',
  "{'a': 1}",
  'a: 1\n---\nb: 2\n',
  'a: {b: 1, b: 2}',
);

const addon = {
  name: one(...ADDONS, 'own-addon', '', 'VPC-CNI'),
  version: rarely(one('latest', 'v1.2.3', 'v1.2.3-eksbuild.1', 'new', '')),
  serviceAccountRoleARN: rarely(one(ROLE, 'team', '')),
  attachPolicyARNs: rarely(one([POLICY], [], ['no-arn'])),
  attachPolicy: rarely(one(DOCUMENT, {})),
  permissionsBoundary: rarely(BOUNDARY),
  wellKnownPolicies: rarely(wellKnown),
  tags: rarely(tags),
  resolveConflicts: rarely(one('overwrite', 'none', 'preserve', 'Other')),
  podIdentityAssociations: rarely(list(association, 0, 2)),
  useDefaultPodIdentityAssociations: rarely(bool),
  configurationValues: rarely(values),
  namespaceConfig: rarely({ namespace: one('shop', 'a'.repeat(63), 'a'.repeat(64), '1a', 'a-', 'Shop', '', ABSENT) }),
  publishers: rarely(['eks']),
  types: rarely(['networking']),
  owners: rarely(['aws']),
};

const agent = { name: 'eks-pod-identity-agent' };

/** Add-ons and what they are given. */
export const ADDON_EDGES: readonly Edge[] = edges(
  'config',
  { addons: append(addon) },
  { addons: append({ ...addon, version: ABSENT, podIdentityAssociations: maybe([association]) }, agent) },
  { addons: append({ name: one('vpc-cni', 'metrics-server'), configurationValues: values }) },
  {
    addons: append({
      name: 'aws-ebs-csi-driver',
      attachPolicyARNs: maybe(one([POLICY], [])),
      attachPolicy: maybe(DOCUMENT),
      serviceAccountRoleARN: rarely(anArn),
      wellKnownPolicies: rarely(wellKnown),
    }),
  },
  {
    addons: append(
      {
        name: 'aws-ebs-csi-driver',
        useDefaultPodIdentityAssociations: true,
        podIdentityAssociations: rarely([association]),
        wellKnownPolicies: rarely(wellKnown),
        attachPolicy: rarely(one({}, DOCUMENT)),
      },
      agent,
    ),
  },
  {
    addons: append(
      {
        name: one('aws-ebs-csi-driver', 'eks-pod-identity-agent', 'EKS-Pod-Identity-Agent'),
        podIdentityAssociations: [
          {
            namespace: 'kube-system',
            serviceAccountName: 'ebs',
            roleARN: one(ROLE, ABSENT),
            tags: rarely(one(tags, {})),
            wellKnownPolicies: rarely({ ebsCSIController: bool }),
            permissionPolicyName: rarely(one('x', '-')),
          },
        ],
      },
      agent,
    ),
  },
  { addons: append({ name: one('metrics-server', 'coredns'), useDefaultPodIdentityAssociations: true }) },
  { addonsConfig: { autoApplyPodIdentityAssociations: bool, disableDefaultAddons: rarely(bool) } },
  {
    addonsConfig: { disableDefaultAddons: true },
    addons: one(ABSENT, [], [{ name: 'coredns' }], [{ name: 'vpc-cni' }], [{ name: 'Vpc-Cni' }]),
  },
  {
    addonsConfig: { disableDefaultAddons: true },
    addons: ABSENT,
    nodeGroups: one(ABSENT, [{ name: 'own' }], [{ name: 'own', desiredCapacity: one(0, 1) }]),
    managedNodeGroups: one(
      ABSENT,
      [{ name: 'managed', minSize: 1 }],
      [{ name: 'managed', desiredCapacity: one(0, 2) }],
    ),
    fargateProfiles: rarely(list({ name: 'all', selectors: [{ namespace: 'shop' }] }, 0, 1)),
    iam: rarely({
      withOIDC: true,
      serviceAccounts: list({ metadata: { name: 'app' }, attachPolicyARNs: [POLICY] }, 0, 1),
    }),
    karpenter: rarely({ version: '1.6.0' }),
    gitops: rarely({ flux: { gitProvider: 'github', flags: { owner: 'team' } } }),
  },
  { addons: one([], [{ name: 'vpc-cni' }], [{ name: 'coredns' }, { name: 'coredns' }], ABSENT) },
);
