import { type EksApp, Secret, SecretSource, type Tenant } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import {
  appOf,
  existingCluster,
  find,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  synth,
  web,
} from '../support/app';
import { refusedBy } from '../support/findings';

const source = SecretSource.externalSecrets();
const ROLE = 'arn:aws:iam::111122223333:role/shop-secrets';
const dbOf = (tenant: Tenant, more: object = {}) =>
  Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', keys: ['user', 'password'], source, ...more });
const operatorOf = (tenant: Tenant) =>
  synth(appOf(tenant)).clusterConfig!.iam.podIdentityAssociations.filter(
    ({ namespace }: { namespace: string }) => namespace === 'external-secrets',
  );

describe('a secret by External Secrets', () => {
  it('is an ExternalSecret and the SecretStore of its namespace', () => {
    const tenant = newTenant();
    dbOf(tenant);
    const { manifests } = synth(appOf(tenant));
    const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' };
    expect(find(manifests, 'ExternalSecret', 'db')).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db', namespace: 'shop', labels },
      spec: {
        refreshInterval: '3600s',
        secretStoreRef: { kind: 'SecretStore', name: 'secrets-manager' },
        target: { name: 'db', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        data: [
          { secretKey: 'user', remoteRef: { key: 'shop/db', property: 'user' } },
          { secretKey: 'password', remoteRef: { key: 'shop/db', property: 'password' } },
        ],
      },
    });
    expect(find(manifests, 'SecretStore')).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: { name: 'secrets-manager', namespace: 'shop', labels },
      spec: { provider: { aws: { service: 'SecretsManager', region: 'us-west-2' } } },
    });
    expect(manifests.some(({ kind }) => kind === 'SecretProviderClass')).toBe(false);
  });

  it('of Parameter Store and without keys is one value, from a store of its own', () => {
    const tenant = newTenant();
    Secret.fromParameterStore(tenant, 'token', { parameter: '/shop/token', source });
    const { manifests } = synth(appOf(tenant));
    expect(find(manifests, 'ExternalSecret', 'token').spec).toMatchObject({
      secretStoreRef: { name: 'parameter-store' },
      data: [{ secretKey: 'value', remoteRef: { key: '/shop/token' } }],
    });
    expect(find(manifests, 'SecretStore').spec.provider.aws.service).toBe('ParameterStore');
  });

  it.each(PATTERN_NAMES)('of %s is read from the Secret, without permissions and without a warning', (pattern) => {
    const tenant = newTenant();
    const db = dbOf(tenant);
    const workload = PATTERNS[pattern]({ env: { USER: db.env('user'), FILE: db.file('password') } }, tenant);
    const { spec } = podOf(workload);
    expect(spec.volumes).toContainEqual({ name: 'secret-db', secret: { secretName: 'db', defaultMode: 0o440 } });
    expect(JSON.stringify(spec)).toContain('"secretKeyRef":{"key":"user","name":"db"}');
    const { clusterConfig, warnings } = synth(appOf(tenant));
    expect(clusterConfig!.iam.podIdentityAssociations.map((a: { namespace: string }) => a.namespace)).not.toContain(
      'shop',
    );
    expect(warnings.filter((text) => /secret|db/i.test(text))).toEqual([]);
  });

  it('is read by the operator, which may read these secrets alone', () => {
    const tenant = newTenant();
    dbOf(tenant);
    Secret.fromSecretsManager(tenant, 'other', { secret: 'shop/other', source });
    Secret.fromParameterStore(tenant, 'token', { parameter: '/shop/token', source });
    expect(operatorOf(tenant)).toEqual([
      {
        namespace: 'external-secrets',
        serviceAccountName: 'external-secrets',
        createServiceAccount: false,
        permissionPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
              Resource: [
                'arn:aws:secretsmanager:us-west-2:*:secret:shop/db-??????',
                'arn:aws:secretsmanager:us-west-2:*:secret:shop/other-??????',
              ],
            },
            {
              Effect: 'Allow',
              Action: ['ssm:GetParameter'],
              Resource: ['arn:aws:ssm:us-west-2:*:parameter/shop/token'],
            },
          ],
        },
      },
    ]);
  });

  it('needs the operator, the agent, and the secret in AWS', () => {
    const tenant = newTenant();
    dbOf(tenant);
    const { clusterConfig, steps } = synth(appOf(tenant));
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['eks-pod-identity-agent']),
    );
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).not.toContain(
      'aws-secrets-store-csi-driver-provider',
    );
    expect(steps).toContain('helm upgrade --install external-secrets external-secrets');
    expect(steps).toContain('aws secretsmanager create-secret --name shop/db');
  });

  it('runs beside IRSA, which the driver refuses', () => {
    const aws = { by: 'irsa', account: '111122223333', managedPolicies: ['A'] };
    const by = (other: SecretSource) => () => {
      const tenant = newTenant();
      web({ aws, env: { A: dbOf(tenant, { source: other }).file('user') } }, tenant);
    };
    expect(by(source)).not.toThrow();
    expect(refusedBy(by(SecretSource.driver()))).toEqual(['props/forbidden', 'aws.by']);
  });

  it('by a role is read by that role, which the operator assumes', () => {
    const tenant = newTenant();
    dbOf(tenant, { source: SecretSource.externalSecrets({ role: ROLE }) });
    const { manifests, steps } = synth(appOf(tenant));
    expect(find(manifests, 'SecretStore').spec.provider.aws.role).toBe(ROLE);
    expect(find(manifests, 'SecretStore').metadata.name).toMatch(/^secrets-manager-[0-9a-f]{10}$/);
    expect(operatorOf(tenant)[0].permissionPolicy.Statement).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: [ROLE] },
    ]);
    expect(steps).toMatch(/Role .*shop-secrets of External Secrets[\s\S]*`secretsmanager:DescribeSecret/);
  });

  it('by one store for the cluster lets in the namespaces that have such secrets', () => {
    const cluster = SecretSource.externalSecrets({ store: 'cluster', refresh: '15m' });
    const app = newApp();
    const scope = newCluster(app);
    for (const id of ['two', 'one', 'three']) {
      const tenant = newTenant({}, scope, id);
      if (id !== 'three') {
        dbOf(tenant, { source: cluster });
      }
    }
    const { manifests } = synth(app);
    const stores = manifests.filter(({ kind }) => /SecretStore$/.test(kind));
    expect(stores.map(({ kind, metadata, spec }) => ({ kind, metadata, conditions: spec.conditions }))).toEqual([
      {
        kind: 'ClusterSecretStore',
        metadata: { name: 'secrets-manager', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' } },
        conditions: [{ namespaces: ['one', 'two'] }],
      },
    ]);
    expect(manifests.filter(({ kind }) => kind === 'ExternalSecret')[0]!.spec).toMatchObject({
      refreshInterval: '900s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'secrets-manager' },
    });
  });

  it('by a store that exists leaves store and permissions to its owner', () => {
    const tenant = newTenant();
    dbOf(tenant, { source: SecretSource.store({ name: 'platform', refresh: '5m' }) });
    const { manifests } = synth(appOf(tenant));
    expect(manifests.some(({ kind }) => /SecretStore$/.test(kind))).toBe(false);
    expect(find(manifests, 'ExternalSecret').spec.secretStoreRef).toEqual({
      kind: 'ClusterSecretStore',
      name: 'platform',
    });
    expect(operatorOf(tenant)).toEqual([]);
  });

  it('is edited by its object', () => {
    const secret = dbOf(newTenant());
    secret.externalSecret!.customize((object) => {
      object.spec.target.template = { type: 'kubernetes.io/basic-auth' };
    });
    expect(secret.externalSecret!.toJson().spec.target.template).toEqual({ type: 'kubernetes.io/basic-auth' });
    expect(secret.secretProviderClass).toBeUndefined();
  });

  (CRDS_PRESENT ? it : it.skip)('is as the definitions have it', () => {
    const tenant = newTenant();
    dbOf(tenant);
    Secret.fromParameterStore(tenant, 'a', {
      parameter: '/a',
      source: SecretSource.externalSecrets({ store: 'cluster', role: ROLE }),
    });
    const { manifests } = synth(appOf(tenant));
    const custom = manifests.filter(({ apiVersion }) => apiVersion === 'external-secrets.io/v1');
    expect(custom).toHaveLength(4);
    const definitions = definitionsIn(CRDS, ['external-secrets.yaml']);
    expect(custom.flatMap((one) => customResourceErrors(definitions, one))).toEqual([]);
  });
});

describe('the source of all secrets', () => {
  const kindsOf = (app: EksApp) => synth(app).manifests.map(({ kind }) => kind);

  it('of a tenant or the app holds for those that say none', () => {
    const app = newApp({ defaults: { secretSource: source } });
    const tenant = newTenant({}, newCluster(app));
    Secret.fromSecretsManager(tenant, 'a', { secret: 'a' });
    expect(kindsOf(app)).toContain('ExternalSecret');
  });

  it('of a tenant is nearer than that of the app, and its own is nearest', () => {
    const app = newApp();
    const tenant = newTenant({ defaults: { secretSource: source } }, newCluster(app));
    Secret.fromSecretsManager(tenant, 'b', { secret: 'b', source: SecretSource.driver() });
    expect(kindsOf(app)).not.toContain('ExternalSecret');
    Secret.fromSecretsManager(tenant, 'a', { secret: 'a' });
    expect(kindsOf(app)).toContain('ExternalSecret');
  });

  it.each<[string, () => unknown, string, string]>([
    ['a word', () => dbOf(newTenant(), { source: 'external' }), 'props/type', 'source'],
    ['another object', () => dbOf(newTenant(), { source: {} }), 'props/type', 'source'],
    ['a refresh of seconds', () => SecretSource.externalSecrets({ refresh: '30s' }), 'props/invalid', 'refresh'],
    ['a role by name', () => SecretSource.externalSecrets({ role: 'shop' }), 'props/invalid', 'options.role'],
    [
      'a zone as a region',
      () => SecretSource.externalSecrets({ region: 'us-west-2a' as never }),
      'props/invalid',
      'options.region',
    ],
    [
      'another reach',
      () => SecretSource.externalSecrets({ store: 'app' as never }),
      'props/unsupported',
      'options.store',
    ],
    [
      'an unknown option',
      () => SecretSource.externalSecrets({ interval: '1h' } as object),
      'props/unknown',
      'options.interval',
    ],
    ['a store without a name', () => SecretSource.store({} as never), 'props/required', 'store.name'],
    [
      'a store of another kind',
      () => SecretSource.store({ name: 'a', kind: 'Store' as never }),
      'props/unsupported',
      'store.kind',
    ],
    ['a store with capitals', () => SecretSource.store({ name: 'AWS' }), 'props/invalid', 'store.name'],
    ['no region', () => dbOf(newTenant({}, newApp())), 'props/required', 'source'],
  ])('%s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});

describe('a secret by External Secrets and IRSA', () => {
  const irsa = (more: object = {}) => SecretSource.externalSecrets({ by: 'irsa', account: '111122223333', ...more });
  const accountsOf = (app: EksApp) => synth(app).clusterConfig!.iam.serviceAccounts;

  it('is read with the token of an account of its namespace, whose role reads that namespace alone', () => {
    const app = newApp();
    const scope = newCluster(app);
    for (const id of ['shop', 'bank']) {
      const tenant = newTenant({}, scope, id);
      Secret.fromSecretsManager(tenant, 'db', { secret: `${id}/db`, source: irsa() });
      Secret.fromParameterStore(tenant, 'token', { parameter: `/${id}/token`, source: irsa() });
    }
    const { manifests, clusterConfig } = synth(app);
    const own = manifests.filter(({ metadata }) => metadata.namespace === 'shop');
    expect(find(own, 'ServiceAccount', 'secret-store')).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: 'secret-store',
        namespace: 'shop',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' },
        annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/prod-shop-secret-store' },
      },
      automountServiceAccountToken: false,
    });
    expect(own.filter(({ kind }) => kind === 'SecretStore').map(({ spec }) => spec.provider.aws)).toEqual(
      ['SecretsManager', 'ParameterStore'].map((service) => ({
        service,
        region: 'us-west-2',
        auth: { jwt: { serviceAccountRef: { name: 'secret-store' } } },
      })),
    );
    expect(clusterConfig!.iam.withOIDC).toBe(true);
    const accounts = clusterConfig!.iam.serviceAccounts;
    expect(accounts.map(({ metadata }: { metadata: object }) => metadata)).toEqual([
      { name: 'secret-store', namespace: 'shop' },
      { name: 'secret-store', namespace: 'bank' },
    ]);
    expect(accounts[0].attachPolicy.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: ['arn:aws:secretsmanager:us-west-2:*:secret:shop/db-??????'],
      },
      { Effect: 'Allow', Action: ['ssm:GetParameter'], Resource: ['arn:aws:ssm:us-west-2:*:parameter/shop/token'] },
    ]);
  });

  it('needs no role of the operator, and no feature of the cluster', () => {
    const tenant = newTenant();
    dbOf(tenant, { source: irsa() });
    expect(operatorOf(tenant)).toEqual([]);
    const bare = newTenant({}, existingCluster(newApp(), { features: ['network-policy'] }));
    dbOf(bare, { source: irsa() });
    const { steps, warnings } = synth(appOf(bare));
    expect(steps).toContain('eksctl create iamserviceaccount --approve');
    expect(warnings.filter((one) => one.includes('pod-identity'))).toEqual([]);
    const without = newTenant({}, existingCluster(newApp(), { features: ['network-policy'] }));
    dbOf(without);
    expect(() => synth(appOf(without))).toThrow("lacks the feature 'pod-identity'");
  });

  it('by a role that exists takes that role, and the steps say how it trusts the account', () => {
    const tenant = newTenant();
    dbOf(tenant, { source: SecretSource.externalSecrets({ by: 'irsa', role: ROLE }) });
    const { manifests, steps } = synth(appOf(tenant));
    const account = manifests.find(({ kind, metadata }) => kind === 'ServiceAccount' && /store/.test(metadata.name))!;
    expect(account.metadata.name).toMatch(/^secret-store-[0-9a-f]{10}$/);
    expect(account.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': ROLE });
    expect(find(manifests, 'SecretStore').spec.provider.aws).not.toHaveProperty('role');
    expect(steps).toContain(`system:serviceaccount:shop:${account.metadata.name}`);
    expect(accountsOf(appOf(tenant))).toBeUndefined();
  });

  it.each<[string, () => unknown, string, string]>([
    ['one store for the cluster', () => irsa({ store: 'cluster' }), 'props/forbidden', 'options.by'],
    ['no account', () => irsa({ account: undefined }), 'props/required', 'options.account'],
    ['an account of 11 digits', () => irsa({ account: '11112222333' }), 'props/invalid', 'options.account'],
    ['an account beside a role', () => irsa({ role: ROLE }), 'props/forbidden', 'options.account'],
    [
      'an account without IRSA',
      () => SecretSource.externalSecrets({ account: '111122223333' }),
      'props/forbidden',
      'options.account',
    ],
    ['another identity', () => irsa({ by: 'oidc' }), 'props/unsupported', 'options.by'],
    [
      'no cluster and no role',
      () => dbOf(newTenant({}, newApp()), { source: irsa({ region: 'us-west-2' }) }),
      'props/required',
      'source',
    ],
  ])('with %s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});
