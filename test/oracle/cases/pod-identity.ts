import type { RuleCase } from './case';

const AGENT = { name: 'eks-pod-identity-agent' };
const ROLE = 'arn:aws:iam::111122223333:role/orders';
const POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ORDERS = { namespace: 'shop', serviceAccountName: 'orders', roleARN: ROLE };
const DOCUMENT = { Version: '2012-10-17', Statement: [] };
const withAssociations = (...associations: unknown[]) => ({
  addons: [AGENT],
  iam: { podIdentityAssociations: associations },
});
const ofCni = (addon: object) => ({ addons: [AGENT, { name: 'vpc-cni', ...addon }] });

export const POD_IDENTITY_CASES: readonly RuleCase[] = [
  {
    rule: 'L10',
    tried: 'an association and the agent',
    config: withAssociations(ORDERS),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L10',
    tried: 'an association, no agent',
    config: { iam: { podIdentityAssociations: [ORDERS] } },
    eksctl: 'refuses',
    finds: ['L10'],
  },
  {
    rule: 'L10',
    tried: 'an association in Auto Mode, which has the agent',
    config: { autoModeConfig: { enabled: true }, iam: { podIdentityAssociations: [ORDERS] } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L10',
    tried: 'automatic associations, one add-on, no agent',
    config: { addons: [{ name: 'coredns' }], addonsConfig: { autoApplyPodIdentityAssociations: true } },
    eksctl: 'refuses',
    finds: ['L10'],
  },
  {
    rule: 'L10',
    tried: 'automatic associations, no add-on',
    config: { addonsConfig: { autoApplyPodIdentityAssociations: true } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L10',
    tried: 'the agent in other letters',
    config: { addons: [{ name: 'EKS-Pod-Identity-Agent' }], iam: { podIdentityAssociations: [ORDERS] } },
    eksctl: 'refuses',
    finds: ['L10', 'X11'],
  },
  { rule: 'L11', tried: 'nothing said', config: withAssociations({}), eksctl: 'refuses', finds: ['L11'] },
  { rule: 'L11', tried: 'null', config: withAssociations(null), eksctl: 'refuses', finds: ['L11'] },
  {
    rule: 'L11',
    tried: 'no namespace',
    config: withAssociations({ ...ORDERS, namespace: '' }),
    eksctl: 'refuses',
    finds: ['L11'],
  },
  {
    rule: 'L11',
    tried: 'a role and policies',
    config: withAssociations({ ...ORDERS, permissionPolicyARNs: [POLICY] }),
    eksctl: 'refuses',
    finds: ['L11'],
  },
  {
    rule: 'L11',
    tried: 'well-known policies and others',
    config: withAssociations({
      ...ORDERS,
      roleARN: undefined,
      wellKnownPolicies: { autoScaler: true },
      permissionPolicyARNs: [POLICY],
    }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L11',
    tried: 'well-known policies, none chosen',
    config: withAssociations({ ...ORDERS, roleARN: undefined, wellKnownPolicies: { autoScaler: false } }),
    eksctl: 'refuses',
    finds: ['L11'],
  },
  {
    rule: 'A4',
    tried: 'a named policy',
    config: withAssociations({
      ...ORDERS,
      roleARN: undefined,
      permissionPolicy: DOCUMENT,
      permissionPolicyName: 'read-orders',
    }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A4',
    tried: 'a name of no policy',
    config: withAssociations({ ...ORDERS, permissionPolicyName: 'x' }),
    eksctl: 'refuses',
    finds: ['A4'],
  },
  {
    rule: 'A4',
    tried: 'a name of signs, in an add-on',
    config: ofCni({
      podIdentityAssociations: [
        {
          namespace: 'kube-system',
          serviceAccountName: 'aws-node',
          permissionPolicy: DOCUMENT,
          permissionPolicyName: '--',
        },
      ],
    }),
    eksctl: 'refuses',
    finds: ['A4'],
  },
  {
    rule: 'A15a',
    tried: 'well-known policies in an association of an add-on',
    config: ofCni({
      podIdentityAssociations: [
        { namespace: 'kube-system', serviceAccountName: 'aws-node', wellKnownPolicies: { ebsCSIController: true } },
      ],
    }),
    eksctl: 'refuses',
    finds: ['A15a'],
  },
  {
    rule: 'A15a',
    tried: 'empty tags in an association of an add-on',
    config: ofCni({
      podIdentityAssociations: [{ namespace: 'kube-system', serviceAccountName: 'aws-node', roleARN: ROLE, tags: {} }],
    }),
    eksctl: 'refuses',
    finds: ['A15a'],
  },
  {
    rule: 'A15b',
    tried: 'default associations',
    config: ofCni({ useDefaultPodIdentityAssociations: true }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A15b',
    tried: 'default associations and a policy',
    config: ofCni({ useDefaultPodIdentityAssociations: true, attachPolicyARNs: [POLICY] }),
    eksctl: 'refuses',
    finds: ['A15b'],
  },
  {
    rule: 'A15b',
    tried: 'default associations and an own one',
    config: ofCni({
      useDefaultPodIdentityAssociations: true,
      podIdentityAssociations: [{ namespace: 'kube-system', serviceAccountName: 'aws-node', roleARN: ROLE }],
    }),
    eksctl: 'refuses',
    finds: ['A15b'],
  },
  {
    rule: 'A15b',
    tried: 'default associations and an empty policy',
    config: ofCni({ useDefaultPodIdentityAssociations: true, attachPolicy: {} }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'X20',
    tried: 'two associations of one account',
    config: withAssociations(ORDERS, ORDERS),
    eksctl: 'accepts',
    finds: ['X20'],
  },
  {
    rule: 'X21',
    tried: 'an association and a token role of one account',
    config: {
      addons: [AGENT],
      iam: {
        withOIDC: true,
        podIdentityAssociations: [ORDERS],
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'orders' }, attachRoleARN: ROLE }],
      },
    },
    eksctl: 'accepts',
    finds: ['X21'],
  },
  {
    rule: 'X22',
    tried: 'the name of a role',
    config: withAssociations({ ...ORDERS, roleARN: 'orders' }),
    eksctl: 'accepts',
    finds: ['X22'],
  },
];
