import { Chart } from 'cdk8s';
import { type Cluster, type EksApp, Placement, Secret } from 'cdk8s-eks-patterns';
import { parse } from 'yaml';
import { existingCluster, newApp, newCluster, newTenant, PATTERN_NAMES, PATTERNS, synth, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const ANNOTATION = 'eks.amazonaws.com/role-arn';
const ROLE = 'arn:aws:iam::111122223333:role/team/web';
const ACCOUNT = '111122223333';
const allow = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }];
const byIrsa = { by: 'irsa', account: ACCOUNT, allow } as const;

interface Written {
  readonly config: ReturnType<typeof JSON.parse>;
  readonly steps: string;
  readonly account: ReturnType<typeof JSON.parse>;
}
function written(aws: object, cluster: Cluster = newCluster(), more = {}): Written {
  const workload = web({ aws, ...more }, newTenant({}, cluster));
  const { files } = synth(cluster.node.root as EksApp);
  const config = files['cluster/prod.yaml'];
  return {
    config: config === undefined ? undefined : parse(config),
    steps: files['cluster/prod.md']!,
    account: workload.serviceAccount.toJson(),
  };
}

describe('permissions by IRSA', () => {
  it.each(PATTERN_NAMES)('of %s are a role that its account names, made by eksctl', (pattern) => {
    const cluster = newCluster();
    const workload = PATTERNS[pattern]({ aws: byIrsa }, newTenant({}, cluster));
    const { files } = synth(cluster.node.root as EksApp);
    const { iam } = parse(files['cluster/prod.yaml']!);
    const roleName = `prod-shop-${workload.name}`;
    expect(workload.serviceAccount.toJson().metadata.annotations).toEqual({
      [ANNOTATION]: `arn:aws:iam::${ACCOUNT}:role/${roleName}`,
    });
    expect(iam.withOIDC).toBe(true);
    expect(iam.serviceAccounts).toEqual([
      {
        metadata: { name: workload.name, namespace: 'shop' },
        roleName,
        roleOnly: true,
        attachPolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::bucket/*'] }],
        },
      },
    ]);
    expect(JSON.stringify(iam.podIdentityAssociations ?? [])).not.toContain('shop');
  });

  it('are no longer than the name of a role, and differ', () => {
    const cluster = newCluster();
    const tenant = newTenant({}, cluster, 'a-namespace-of-a-length');
    const [one, two] = ['one', 'two'].map((end) => {
      const made = web({ aws: byIrsa }, tenant, `a-workload-with-a-long-name-that-ends-in-${end}`);
      return made.serviceAccount.toJson().metadata.annotations![ANNOTATION]!.replace(/^.*\//, '');
    });
    expect(one!.length).toBeLessThanOrEqual(64);
    expect(one).not.toBe(two);
  });

  it('of an existing role trust the account by a step that fills in the provider', () => {
    const { account, config, steps } = written({ by: 'irsa', role: ROLE });
    expect(account.metadata.annotations).toEqual({ [ANNOTATION]: ROLE });
    expect(config.iam.withOIDC).toBe(true);
    expect(config.iam).not.toHaveProperty('serviceAccounts');
    expect(steps).toContain('update-assume-role-policy --role-name web');
    expect(steps).toContain('"$OIDC:sub": "system:serviceaccount:shop:web"');
    expect(steps).toContain('oidc-provider/$OIDC');
  });

  it('on a cluster that exists are steps', () => {
    const { account, steps } = written({ ...byIrsa, managedPolicies: ['AmazonSQSReadOnlyAccess'] }, existingCluster());
    expect(account.metadata.annotations[ANNOTATION]).toBe(`arn:aws:iam::${ACCOUNT}:role/prod-shop-web`);
    expect(steps).toContain('associate-iam-oidc-provider --cluster prod');
    expect(steps).toContain('eksctl create iamserviceaccount --approve -f -');
    expect(steps).toContain('arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess');
  });

  it('need neither the agent nor the feature, on a cluster that says it has not', () => {
    const cluster = existingCluster(newApp(), { features: ['network-policy'] });
    expect(written({ by: 'irsa', role: ROLE }, cluster).steps).not.toContain('podidentityassociation');
    const lacking = existingCluster(newApp(), { features: ['network-policy'] });
    web({ aws: { role: ROLE } }, newTenant({}, lacking));
    expect(findingsOf(() => lacking.node.root as EksApp).map(({ rule }) => rule)).toContain('requirements/unmet');
  });

  it('are of the partition of the region', () => {
    const cluster = newCluster(newApp(), { region: 'cn-north-1' } as never);
    const made = web({ aws: byIrsa }, newTenant({}, cluster));
    expect(made.serviceAccount.toJson().metadata.annotations![ANNOTATION]).toMatch(/^arn:aws-cn:iam::/);
  });
});

describe('the way', () => {
  it.each(['fargate', 'hybrid'] as const)('is IRSA with %s, where nothing is said', (computeType) => {
    const made = web({ placement: { computeType }, aws: { account: ACCOUNT, allow } });
    expect(made.serviceAccount.toJson().metadata.annotations).toHaveProperty([ANNOTATION]);
  });

  it('is Pod Identity otherwise: no annotation', () => {
    expect(web({ aws: { allow } }).serviceAccount.toJson().metadata).not.toHaveProperty('annotations');
  });

  it('on Fargate leaves no error', () => {
    const config = { fargateProfiles: [{ name: 'shop', selectors: [{ namespace: 'shop' }] }] };
    const cluster = newCluster(newApp(), { config } as never);
    web({ placement: Placement.fargate(), aws: { account: ACCOUNT, allow } }, newTenant({}, cluster));
    const errors = findingsOf(() => cluster.node.root as EksApp).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });

  it.each([
    [{ by: 'kiam', allow }, 'props/unsupported', 'aws.by'],
    [{ by: 'irsa', allow }, 'props/required', 'aws.account'],
    [{ by: 'irsa', allow, account: '1234' }, 'props/invalid', 'aws.account'],
    [{ allow, account: ACCOUNT }, 'props/forbidden', 'aws.account'],
    [{ by: 'irsa', account: ACCOUNT }, 'props/required', 'aws'],
  ])('%j is refused', (aws, rule, field) => {
    expect(refusedBy(() => web({ aws }))).toEqual([rule, field]);
  });

  it('by Pod Identity is refused on Fargate', () => {
    const aws = { by: 'pod-identity', allow };
    expect(refusedBy(() => web({ placement: Placement.fargate(), aws }))).toEqual(['props/unsupported', 'aws.by']);
  });

  it('by IRSA is refused beside secrets that their driver fetches by Pod Identity', () => {
    const tenant = newTenant();
    const secret = Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', keys: ['password'] });
    const props = { aws: byIrsa, env: { PASSWORD: secret.env('password') } };
    expect(refusedBy(() => web(props, tenant))).toEqual(['props/forbidden', 'aws.by']);
  });

  it('without a cluster takes an existing role', () => {
    const chart = () => new Chart(newApp(), 'plain', { namespace: 'shop' });
    expect(refusedBy(() => web({ aws: byIrsa }, chart()))).toEqual(['props/required', 'aws.role']);
    const made = web({ aws: { by: 'irsa', role: ROLE } }, chart());
    expect(made.serviceAccount.toJson().metadata.annotations).toEqual({ [ANNOTATION]: ROLE });
  });
});
