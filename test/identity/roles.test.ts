import { Secret } from 'cdk8s-eks-patterns';
import { appOf, newTenant, synth, web } from '../support/app';
import { refusedBy } from '../support/findings';

const OWN = 'arn:aws:iam::111122223333:role/own';
const TARGET = 'arn:aws:iam::444455556666:role/partner';
const made = (aws: object, tenant = newTenant(), more: object = {}) => {
  web({ aws, ...more }, tenant);
  const { clusterConfig, steps, warnings } = synth(appOf(tenant));
  const association = clusterConfig!.iam.podIdentityAssociations.find(
    ({ namespace }: { namespace: string }) => namespace === 'shop',
  );
  return { association, steps, warnings };
};

describe('a role of another account', () => {
  it('is taken on by a role that may do nothing else', () => {
    expect(made({ targetRole: TARGET }).association).toEqual({
      namespace: 'shop',
      serviceAccountName: 'web',
      createServiceAccount: false,
      targetRoleARN: TARGET,
      permissionPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: [TARGET] }],
      },
    });
  });

  it('has a step with the statement that its trust policy needs', () => {
    const { steps } = made({ targetRole: TARGET });
    expect(steps).toContain(`Trust of role ${TARGET}`);
    expect(steps).toContain('"sts:ExternalId": "$2"');
    expect(steps).toContain('--namespace shop --service-account web');
  });

  it('is taken on by a role that exists, whose owner allows it', () => {
    const { association, steps } = made({ role: OWN, targetRole: TARGET });
    expect(association).toEqual({
      namespace: 'shop',
      serviceAccountName: 'web',
      createServiceAccount: false,
      targetRoleARN: TARGET,
      roleARN: OWN,
    });
    expect(steps).toContain(`allow it \`sts:AssumeRole, sts:TagSession\` on \`${TARGET}\``);
  });

  it('reads the secrets that the pods mount', () => {
    const tenant = newTenant();
    const secret = Secret.fromSecretsManager(tenant, 's', { secret: 'shop/s' });
    const { association, steps } = made({ targetRole: TARGET }, tenant, { env: { A: secret.file('value') } });
    expect(association.permissionPolicy.Statement).toHaveLength(1);
    expect(steps).toContain(`Permissions of role ${TARGET}`);
    expect(steps).toMatch(/allow it `secretsmanager:DescribeSecret/);
  });
});

describe('the role that eksctl makes', () => {
  it('has policies that eksctl writes, and a limit', () => {
    const permissionsBoundary = 'arn:aws:iam::111122223333:policy/limit';
    const { association } = made({ wellKnownPolicies: ['externalDNS', 'certManager'], permissionsBoundary });
    expect(association).toMatchObject({
      wellKnownPolicies: { externalDNS: true, certManager: true },
      permissionsBoundaryARN: permissionsBoundary,
    });
    expect(association).not.toHaveProperty('permissionPolicy');
  });

  it('has the same by IRSA', () => {
    const tenant = newTenant();
    const permissionsBoundary = 'arn:aws:iam::111122223333:policy/limit';
    const aws = { by: 'irsa', account: '111122223333', wellKnownPolicies: ['externalDNS'], permissionsBoundary };
    web({ aws }, tenant);
    expect(synth(appOf(tenant)).clusterConfig!.iam.serviceAccounts[0]).toMatchObject({
      wellKnownPolicies: { externalDNS: true },
      permissionsBoundary,
    });
  });

  it('has session tags unless it says otherwise', () => {
    const managedPolicies = ['AmazonS3ReadOnlyAccess'];
    expect(made({ managedPolicies }).association).not.toHaveProperty('disableSessionTags');
    expect(made({ managedPolicies, sessionTags: true }).association).not.toHaveProperty('disableSessionTags');
    expect(made({ managedPolicies, sessionTags: false }).association).toHaveProperty('disableSessionTags', true);
  });
});

it.each<[string, object, string, string]>([
  ['a target by name', { targetRole: 'partner' }, 'props/invalid', 'targetRole'],
  ['a policy as target', { targetRole: 'arn:aws:iam::444455556666:policy/a' }, 'props/invalid', 'targetRole'],
  ['permissions beside a target', { targetRole: TARGET, managedPolicies: ['A'] }, 'props/forbidden', 'managedPolicies'],
  [
    'a target by IRSA',
    { by: 'irsa', account: '111122223333', managedPolicies: [], targetRole: TARGET },
    'props/forbidden',
    'targetRole',
  ],
  [
    'session tags by IRSA',
    { by: 'irsa', account: '111122223333', managedPolicies: ['A'], sessionTags: false },
    'props/forbidden',
    'sessionTags',
  ],
  ['an unknown policy of eksctl', { wellKnownPolicies: ['externalDns'] }, 'props/unsupported', 'wellKnownPolicies[0]'],
  ['a limit by name', { managedPolicies: ['A'], permissionsBoundary: 'limit' }, 'props/invalid', 'permissionsBoundary'],
  [
    'a limit of an existing role',
    { role: OWN, permissionsBoundary: 'arn:aws:iam::1:policy/a' },
    'props/forbidden',
    'role',
  ],
  ['a word for session tags', { managedPolicies: ['A'], sessionTags: 'off' }, 'props/type', 'sessionTags'],
])('%s is refused', (_, aws, rule, field) => {
  expect(refusedBy(() => web({ aws }))).toEqual([rule, `aws.${field}`]);
});
