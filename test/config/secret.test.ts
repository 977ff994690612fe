import { Secret, type Tenant } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  appOf,
  containerOf,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  refusal,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const CSI = (name: string) => ({
  name: `secret-${name}`,
  csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: name } },
});
const dbOf = (tenant: Tenant) =>
  Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', keys: ['user', 'root-password'] });
/** The provider reads YAML 1.1 into texts. */
const objectsOf = (secret: Secret<never>) =>
  parse(secret.secretProviderClass!.toJson().spec!.parameters!.objects!, { version: '1.1' });
const statementsOf = (tenant: Construct) =>
  synth(appOf(tenant)).clusterConfig!.iam.podIdentityAssociations.find(
    (a: { namespace: string }) => a.namespace === 'shop',
  ).permissionPolicy.Statement;

describe('a secret of Secrets Manager', () => {
  it('is fetched with the identity of the pod, from the cluster’s region', () => {
    const { spec } = dbOf(newTenant()).secretProviderClass!.toJson();
    expect(spec).toMatchObject({ provider: 'aws', parameters: { usePodIdentity: 'true', region: 'us-west-2' } });
  });

  it('without a cluster leaves the region to the driver', () => {
    const { parameters } = dbOf(newTenant({}, newApp())).secretProviderClass!.toJson().spec!;
    expect(parameters).not.toHaveProperty('region');
  });

  it('mounts its keys under their own names; those with a hyphen are quoted for jmesPath', () => {
    expect(objectsOf(dbOf(newTenant()))).toEqual([
      {
        objectName: 'shop/db',
        objectType: 'secretsmanager',
        jmesPath: [
          { path: 'user', objectAlias: 'user' },
          { path: '"root-password"', objectAlias: 'root-password' },
        ],
      },
    ]);
  });

  it.each([['true'], ['007'], ['on'], ['null'], ['1e3'], ['a.b']])('with the key %s, a text stays a text', (key) => {
    const secret = Secret.fromSecretsManager(newTenant(), 'db', { secret: 'db', keys: [key] });
    const [{ path, objectAlias }] = objectsOf(secret)[0].jmesPath;
    expect(objectAlias).toBe(key);
    expect([key, JSON.stringify(key)]).toContain(path);
  });

  it('without keys is one text, under the key value', () => {
    const tenant = newTenant();
    const secret = Secret.fromSecretsManager(tenant, 'token', { secret: 'shop/token' });
    expect(objectsOf(secret)).toEqual([
      { objectName: 'shop/token', objectType: 'secretsmanager', objectAlias: 'value' },
    ]);
    const workload = web({ env: { TOKEN_FILE: secret.file('value') } }, tenant);
    expect(containerOf(workload).env).toEqual([{ name: 'TOKEN_FILE', value: '/run/secrets/token/value' }]);
  });

  it.each(PATTERN_NAMES)('is mounted by %s for a file, whose path is a plain value', (pattern) => {
    const tenant = newTenant();
    const workload = PATTERNS[pattern]({ env: { P_FILE: dbOf(tenant).file('root-password') } }, tenant);
    expect(workload.configMap).toBeUndefined();
    expect(containerOf(workload).env).toContainEqual({ name: 'P_FILE', value: '/run/secrets/db/root-password' });
    expect(podOf(workload).spec.volumes).toContainEqual(CSI('db'));
    expect(containerOf(workload).volumeMounts).toContainEqual({
      name: 'secret-db',
      mountPath: '/run/secrets/db',
      readOnly: true,
    });
  });

  it.each(PATTERN_NAMES)('is mounted by %s for a variable too, or the Secret would never exist', (pattern) => {
    const tenant = newTenant();
    const workload = PATTERNS[pattern]({ env: { PASSWORD: dbOf(tenant).env('root-password') } }, tenant);
    expect(containerOf(workload).env).toEqual([
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'root-password' } } },
    ]);
    expect(podOf(workload).spec.volumes).toContainEqual(CSI('db'));
    expect(containerOf(workload).volumeMounts?.map((m) => m.name)).toContain('secret-db');
  });

  it('is kept as a Kubernetes Secret for keys that are variables alone', () => {
    const tenant = newTenant();
    const db = dbOf(tenant);
    web({ env: { A_FILE: db.file('user') } }, tenant, 'one');
    expect(db.secretProviderClass!.toJson().spec).not.toHaveProperty('secretObjects');
    web({ env: { A: db.env('root-password') } }, tenant, 'two');
    expect(db.secretProviderClass!.toJson().spec!.secretObjects).toEqual([
      { secretName: 'db', type: 'Opaque', data: [{ key: 'root-password', objectName: 'root-password' }] },
    ]);
  });

  it('can be a folder, mounted once more where said', () => {
    const tenant = newTenant();
    const db = dbOf(tenant);
    const workload = web({ secretFiles: { '/etc/db': db }, env: { A: db.file('user') } }, tenant);
    expect(podOf(workload).spec.volumes?.filter((v) => v.name === 'secret-db')).toEqual([CSI('db')]);
    const places = containerOf(workload).volumeMounts?.filter((m) => m.name === 'secret-db');
    expect(places?.map((m) => m.mountPath).sort()).toEqual(['/etc/db', '/run/secrets/db']);
  });

  it('is mounted once where its folder is the one that a variable names', () => {
    const tenant = newTenant();
    const db = dbOf(tenant);
    const workload = web({ secretFiles: { '/run/secrets/db': db }, env: { A: db.file('user') } }, tenant);
    const places = containerOf(workload).volumeMounts?.filter((m) => m.name === 'secret-db');
    expect(places?.map((m) => m.mountPath)).toEqual(['/run/secrets/db']);
  });

  it('is readable by the workload that uses it: the permission ends in six unknown characters', () => {
    const tenant = newTenant();
    web({ env: { A: dbOf(tenant).file('user') } }, tenant);
    expect(statementsOf(tenant)).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: ['arn:aws:secretsmanager:us-west-2:*:secret:shop/db-??????'],
      },
    ]);
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s the permission names the partition %s', (region, partition) => {
    const tenant = newTenant({}, newCluster(newApp(), { region } as object));
    web({ secretFiles: { '/etc/db': dbOf(tenant) } }, tenant);
    expect(statementsOf(tenant)[0].Resource).toEqual([
      `arn:${partition}:secretsmanager:${region}:*:secret:shop/db-??????`,
    ]);
  });

  it('by its ARN is that very secret', () => {
    const tenant = newTenant();
    const arn = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:shop/db-AbCdEf';
    const secret = Secret.fromSecretsManager(tenant, 'db', { secret: arn });
    web({ env: { A: secret.file('value') } }, tenant);
    expect(statementsOf(tenant)[0].Resource).toEqual([arn]);
    expect(objectsOf(secret)[0].objectName).toBe(arn);
  });

  it('that nobody uses gives nobody a permission', () => {
    const tenant = newTenant();
    dbOf(tenant);
    web({}, tenant);
    expect(synth(appOf(tenant)).clusterConfig!.iam.podIdentityAssociations.map((a: object) => a)).not.toContainEqual(
      expect.objectContaining({ namespace: 'shop' }),
    );
  });

  it('asks the cluster for the driver, with Secrets synchronized and pod identity tokens', () => {
    const tenant = newTenant();
    web({ env: { A: dbOf(tenant).env('user') } }, tenant);
    const { clusterConfig, steps } = synth(appOf(tenant));
    const addon = clusterConfig!.addons.find(
      (a: { name: string }) => a.name === 'aws-secrets-store-csi-driver-provider',
    );
    const values = JSON.parse(addon.configurationValues)['secrets-store-csi-driver'];
    expect(values.syncSecret).toEqual({ enabled: true });
    expect(values.tokenRequests).toContainEqual({ audience: 'pods.eks.amazonaws.com' });
    expect(clusterConfig!.addons.map((a: { name: string }) => a.name)).toContain('eks-pod-identity-agent');
    expect(steps).toMatch(/aws secretsmanager create-secret --name shop\/db/);
    expect(steps).toMatch(/`user`.*`root-password`/);
  });
});

describe('a parameter of Parameter Store', () => {
  it('is read by its name, and permitted by it', () => {
    const tenant = newTenant();
    const secret = Secret.fromParameterStore(tenant, 'token', { parameter: '/shop/prod/token' });
    web({ env: { A: secret.file('value') } }, tenant);
    expect(objectsOf(secret)).toEqual([
      { objectName: '/shop/prod/token', objectType: 'ssmparameter', objectAlias: 'value' },
    ]);
    expect(statementsOf(tenant)).toEqual([
      {
        Effect: 'Allow',
        Action: ['ssm:GetParameters'],
        Resource: ['arn:aws:ssm:us-west-2:*:parameter/shop/prod/token'],
      },
    ]);
  });

  it('by its ARN is refused: the driver cannot read it', () => {
    const parameter = 'arn:aws:ssm:us-west-2:111122223333:parameter/x';
    expect(findingsOf(() => Secret.fromParameterStore(newTenant(), 'x', { parameter }))).toEqual([
      expect.objectContaining({ rule: 'props/invalid', construct: 'prod/shop/x', field: 'parameter' }),
    ]);
  });
});

describe('a Secret that exists', () => {
  it('is referred to, and neither made nor mounted for a variable', () => {
    const tenant = newTenant();
    const secret = Secret.existing(tenant, 'legacy', ['token']);
    const workload = web({ env: { TOKEN: secret.env('token') } }, tenant);
    expect(containerOf(workload).env).toEqual([
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'legacy', key: 'token' } } },
    ]);
    expect(podOf(workload).spec.volumes?.map((v) => v.name)).toEqual(['scratch-tmp']);
    const { manifests, steps } = synth(appOf(tenant));
    expect(manifests.map((m) => m.kind)).not.toContain('Secret');
    expect(manifests.map((m) => m.kind)).not.toContain('SecretProviderClass');
    // the namespace comes with the manifests, which are applied later
    expect(steps).toMatch(
      /kubectl get namespace shop \|\| kubectl create namespace shop\nkubectl -n shop create secret generic legacy --from-file=token=\.\/token/,
    );
  });

  it('as files is readable by the group of the pod, not by all', () => {
    const tenant = newTenant();
    const secret = Secret.existing(tenant, 'legacy', ['token']);
    const workload = web({ env: { TOKEN_FILE: secret.file('token') } }, tenant);
    expect(podOf(workload).spec.volumes).toContainEqual({
      name: 'secret-legacy',
      secret: { secretName: 'legacy', defaultMode: 0o440 },
    });
  });
});

describe('refused are', () => {
  it('keys that the secret does not have', () => {
    const secret: Secret<string> = dbOf(newTenant()) as unknown as Secret<string>;
    for (const use of [() => secret.env('pasword'), () => secret.file('pasword')]) {
      expect(findingsOf(use)).toEqual([
        expect.objectContaining({
          rule: 'props/unsupported',
          construct: 'prod/shop/db',
          fix: expect.stringContaining("'user', 'root-password'"),
        }),
      ]);
    }
  });

  it('secrets of another namespace', () => {
    const tenant = newTenant();
    const other = Secret.existing(newTenant({}, tenant.node.scope as Construct, 'other'), 's', ['a']);
    expect(refusedBy(() => web({ env: { A: other.env('a') } }, tenant, 'one'))).toEqual(['props/forbidden', 'env.A']);
    expect(refusedBy(() => web({ env: { A: other.file('a') } }, tenant, 'two'))).toEqual(['props/forbidden', 'env.A']);
    expect(refusedBy(() => web({ secretFiles: { '/x': other } }, tenant, 'three'))).toEqual([
      'props/forbidden',
      "secretFiles['/x']",
    ]);
  });

  it.each([
    ['no keys', 'x', { secret: 'x', keys: [] }, 'props/invalid', 'keys'],
    ['a key twice', 'x', { secret: 'x', keys: ['a', 'a'] }, 'props/duplicate', 'keys[1]'],
    ['a key with a slash', 'x', { secret: 'x', keys: ['a/b'] }, 'props/invalid', 'keys[0]'],
    ['no name', 'x', { keys: ['a'] }, 'props/required', 'secret'],
    ['an unknown key', 'x', { secret: 'x', key: ['a'] }, 'props/unknown', 'key'],
    ['an id that is no name', 'My_Secret', { secret: 'x' }, 'props/invalid', ''],
  ])('%s', (_what, id, props, rule, field) => {
    const program = () => Secret.fromSecretsManager(newTenant(), id, props as { secret: string });
    expect(refusedBy(program)).toEqual([rule, field]);
  });

  it('two places that are one', () => {
    const tenant = newTenant();
    expect(refusal(() => web({ secretFiles: { '/tmp': dbOf(tenant) } }, tenant))).toMatch(/'\/tmp' is mounted twice/);
  });
});

it('no value of a secret has a place in the output, and the set of objects is whole', () => {
  const tenant = newTenant();
  const db = dbOf(tenant);
  web({ env: { A: db.env('user'), B_FILE: db.file('root-password') } }, tenant);
  const objects = Testing.synth(tenant);
  expect(Testing.find(objects, 'SecretProviderClass', 'db').metadata.namespace).toBe('shop');
  expect(objects.filter((m) => m.kind === 'Secret')).toEqual([]);
});
