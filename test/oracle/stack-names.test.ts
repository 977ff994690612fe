import { type StackName, stackNames } from '../../eksctl/rules/stack-names';
import type { UnvalidatedConfig } from '../../eksctl/rules/unvalidated';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { committed } from './committed';
import { type Stack, templates } from './templates';

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const POLICIES = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
const ROLE = 'arn:aws:iam::111122223333:role/orders';
const wellKnown = (...names: string[]) => ({
  wellKnownPolicies: Object.fromEntries(names.map((name) => [name, true])),
});

/** Every kind of entry for which eksctl makes a stack, and those that have a role of their own. */
const EVERY_KIND = {
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
  nodeGroups: [{ name: 'own' }],
  managedNodeGroups: [{ name: 'standard-workers' }],
  accessConfig: { accessEntries: [{ principalARN: ROLE }] },
  capabilities: [
    { name: 'argo', type: 'ACK', attachPolicyARNs: POLICIES },
    { name: 'kro', type: 'KRO', roleArn: ROLE },
  ],
  iam: {
    withOIDC: true,
    podIdentityAssociations: [
      { namespace: 'shop', serviceAccountName: 'orders', permissionPolicy: DOCUMENT },
      { namespace: 'shop', serviceAccountName: 'named', permissionPolicy: DOCUMENT, permissionPolicyName: 'Orders' },
      { namespace: 'shop', serviceAccountName: 'arns', permissionPolicyARNs: POLICIES },
      { namespace: 'shop', serviceAccountName: 'role', roleARN: ROLE },
      ...[
        'autoScaler',
        'awsLoadBalancerController',
        'certManager',
        'ebsCSIController',
        'efsCSIController',
        'externalDNS',
        'imageBuilder',
      ].map((policy) => ({
        namespace: 'shop',
        serviceAccountName: policy.toLowerCase(),
        ...wellKnown(policy),
      })),
      {
        namespace: 'shop',
        serviceAccountName: 'both',
        permissionPolicy: DOCUMENT,
        ...wellKnown('autoScaler', 'certManager'),
      },
    ],
    serviceAccounts: [
      { metadata: { name: 'web', namespace: 'shop' }, attachPolicy: DOCUMENT },
      { metadata: { name: 'default-namespace' }, attachPolicyARNs: POLICIES },
      { metadata: { name: 'dns', namespace: 'shop' }, ...wellKnown('externalDNS') },
      { metadata: { name: 'role', namespace: 'shop' }, attachRoleARN: ROLE },
    ],
  },
  addons: [
    { name: 'eks-pod-identity-agent' },
    { name: 'aws-ebs-csi-driver', ...wellKnown('ebsCSIController') },
    { name: 'aws-efs-csi-driver', ...wellKnown('efsCSIController') },
    { name: 'vpc-cni', attachPolicyARNs: POLICIES },
    { name: 'adot', attachPolicy: DOCUMENT },
    { name: 'amazon-cloudwatch-observability', serviceAccountRoleARN: ROLE },
    {
      name: 'aws-mountpoint-s3-csi-driver',
      podIdentityAssociations: [
        { namespace: 'kube-system', serviceAccountName: 's3-csi-driver-sa', permissionPolicy: DOCUMENT },
      ],
    },
  ],
};

const files = [{ file: 'every-kind.yaml', yaml: JSON.stringify(EVERY_KIND) }, ...committed()];
const theirs = templates(files);

/** The stacks of entries. */
const named = ({ of }: Stack) => of !== 'cluster' && of !== 'karpenter';

/** The names of policies that a stack writes, without the name of the stack. */
function policies({ template }: Stack): string[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => {
      const { 'Fn::Sub': name } = Properties.PolicyName as { 'Fn::Sub': string };
      return name.replace(/^\$\{AWS::StackName\}-/, '');
    });
}

/** What the templates say of a stack, as ours. */
const seen = (stack: Stack) =>
  [
    stack.name.replace(/[A-Z2-7]{32}$/, 'X'.repeat(32)),
    /odeGroups\[/.test(stack.of) ? 0 : longest(policies(stack)),
  ] as const;
const ours = ({ name, policy }: StackName) => [name, policy?.length ?? 0] as const;
const longest = (names: readonly string[]) => Math.max(0, ...names.map(({ length }) => length));

test('every kind of entry has a stack, or a role of its own', () => {
  expect(theirs[0]!.errors).toEqual([]);
  expect(theirs[0]!.stacks.filter(named)).toHaveLength(25);
});

test.each(files.map(({ file, yaml }, i) => [file, yaml, i] as const))(
  'the stacks of %s have the names that the rules X3 and X113 measure, with policies as long',
  (_, yaml, i) => {
    const expected = theirs[i]!.stacks.filter(named).map(seen);
    expect(
      stackNames(ClusterConfig.parse(yaml) as unknown as UnvalidatedConfig)
        .map(ours)
        .sort(),
    ).toEqual(expected.sort());
  },
);

test.each(files.map(({ file }, i) => [file, i] as const))('CloudFormation takes names and sizes of %s', (_, i) => {
  for (const { name, template } of theirs[i]!.stacks) {
    expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
    // the limit of a template that is sent along, as eksctl does
    expect(JSON.stringify(template).length).toBeLessThan(51_200);
  }
});
