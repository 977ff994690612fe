import * as fs from 'node:fs';
import * as path from 'node:path';
import { PushSecret, type PushSecretProps, Secret, SecretSource, type Tenant } from 'cdk8s-eks-patterns';
import { CRDS, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import { appOf, find, newTenant, podOf, synth, web } from '../support/app';

const ACCOUNT = '111122223333';
const KEY = `arn:aws:kms:us-west-2:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const REPOSITORY = `arn:aws:ecr:us-west-2:${ACCOUNT}:repository/shop/web`;
const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' };
const operatorOf = (tenant: Tenant) =>
  synth(appOf(tenant)).clusterConfig!.iam.podIdentityAssociations?.find(
    ({ namespace }: { namespace: string }) => namespace === 'external-secrets',
  )?.permissionPolicy.Statement;
const push = (tenant: Tenant, props: Partial<PushSecretProps<string>> = {}) =>
  new PushSecret(tenant, 'copy', {
    secret: Secret.existing(tenant, 'admin', ['user', 'password']),
    secretsManager: 'shop/admin',
    ...props,
  } as PushSecretProps<string>);

describe('a password', () => {
  it('is made once, of letters and digits, and kept in a Secret', () => {
    const tenant = newTenant();
    const secret = Secret.password(tenant, 'admin');
    const container = podOf(web({ env: { PASSWORD: secret.env('password') } }, tenant)).spec.containers[0]!;
    expect(container.env).toContainEqual({
      name: 'PASSWORD',
      valueFrom: { secretKeyRef: { name: 'admin', key: 'password' } },
    });
    const { manifests, steps } = synth(appOf(tenant));
    expect(find(manifests, 'Password')).toEqual({
      apiVersion: 'generators.external-secrets.io/v1alpha1',
      kind: 'Password',
      metadata: { name: 'admin', namespace: 'shop', labels },
      spec: { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true },
    });
    expect(find(manifests, 'ExternalSecret')).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'admin', namespace: 'shop', labels },
      spec: {
        refreshPolicy: 'CreatedOnce',
        refreshInterval: '0s',
        target: { name: 'admin', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        dataFrom: [
          {
            sourceRef: {
              generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'admin' },
            },
          },
        ],
      },
    });
    expect(steps).toContain('helm upgrade --install external-secrets external-secrets');
    expect(steps).not.toContain('create secret generic');
    expect(operatorOf(tenant)).toBeUndefined();
  });

  it('takes keys, symbols and a time after which there are others', () => {
    const tenant = newTenant();
    const secret = Secret.password(tenant, 'admin', {
      keys: ['root', 'app'],
      length: 20,
      digits: 2,
      symbols: 3,
      symbolCharacters: '-_',
      rotate: '30d',
    });
    secret.env('root');
    const { manifests } = synth(appOf(tenant));
    expect(find(manifests, 'Password').spec).toMatchObject({
      length: 20,
      digits: 2,
      symbols: 3,
      symbolCharacters: '-_',
      secretKeys: ['root', 'app'],
    });
    expect(find(manifests, 'ExternalSecret').spec).toMatchObject({ refreshInterval: '2592000s' });
    expect(find(manifests, 'ExternalSecret').spec.refreshPolicy).toBeUndefined();
  });
});

describe('a login of a registry', () => {
  it('is asked for by the operator, which may pull from the repositories alone', () => {
    const tenant = newTenant();
    const login = Secret.ecrToken(tenant, 'registry', { repositories: [REPOSITORY] });
    web({ secretFiles: { '/run/registry': login } }, tenant);
    const { manifests } = synth(appOf(tenant));
    expect(find(manifests, 'ECRAuthorizationToken')).toMatchObject({
      metadata: { name: 'registry', namespace: 'shop' },
      spec: { region: 'us-west-2' },
    });
    expect(find(manifests, 'ExternalSecret').spec.refreshInterval).toBe('21600s');
    expect(operatorOf(tenant)).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: [REPOSITORY],
      },
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    ]);
  });

  it('is of another region, by a role', () => {
    const tenant = newTenant();
    const role = `arn:aws:iam::${ACCOUNT}:role/puller`;
    const source = SecretSource.externalSecrets({ role });
    Secret.ecrToken(tenant, 'registry', { repositories: [REPOSITORY], region: 'eu-central-1', source });
    const { manifests, steps } = synth(appOf(tenant));
    expect(find(manifests, 'ECRAuthorizationToken').spec).toEqual({ region: 'eu-central-1', role });
    expect(steps).toContain('`ecr:GetAuthorizationToken` on `*`');
  });
});

describe('a secret that is pushed', () => {
  it('goes to Secrets Manager as an object of all keys, and stays there', () => {
    const tenant = newTenant();
    push(tenant);
    const { manifests } = synth(appOf(tenant));
    expect(find(manifests, 'PushSecret')).toEqual({
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata: { name: 'copy', namespace: 'shop', labels },
      spec: {
        refreshInterval: '3600s',
        secretStoreRefs: [{ kind: 'SecretStore', name: 'secrets-manager' }],
        updatePolicy: 'Replace',
        deletionPolicy: 'None',
        selector: { secret: { name: 'admin' } },
        data: [
          {
            match: { remoteRef: { remoteKey: 'shop/admin' } },
            metadata: {
              apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
              kind: 'PushSecretMetadata',
              spec: { secretPushFormat: 'string' },
            },
          },
        ],
      },
    });
    expect(operatorOf(tenant)).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
        Resource: ['arn:aws:secretsmanager:us-west-2:*:secret:shop/admin*'],
      },
      {
        Effect: 'Allow',
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
        Resource: ['arn:aws:secretsmanager:us-west-2:*:secret:shop/admin-??????'],
      },
    ]);
  });

  it('goes to Parameter Store encrypted, one value of it, once, and is deleted there with it', () => {
    const tenant = newTenant();
    push(tenant, {
      secretsManager: undefined,
      parameter: '/shop/admin',
      key: 'password',
      kmsKey: KEY,
      update: 'once',
      onRemoval: 'delete',
      source: SecretSource.externalSecrets({ refresh: '10m' }),
    } as never);
    const { spec } = find(synth(appOf(tenant)).manifests, 'PushSecret');
    expect(spec).toMatchObject({
      refreshInterval: '600s',
      secretStoreRefs: [{ name: 'parameter-store' }],
      updatePolicy: 'IfNotExists',
      deletionPolicy: 'Delete',
      data: [
        {
          match: { secretKey: 'password', remoteRef: { remoteKey: '/shop/admin' } },
          metadata: { spec: { secretType: 'SecureString', kmsKeyID: KEY } },
        },
      ],
    });
    expect(operatorOf(tenant)).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: [KEY],
        Condition: { StringEquals: { 'kms:ViaService': 'ssm.us-west-2.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: [
          'ssm:AddTagsToResource',
          'ssm:DeleteParameter',
          'ssm:GetParameter',
          'ssm:ListTagsForResource',
          'ssm:PutParameter',
        ],
        Resource: ['arn:aws:ssm:us-west-2:*:parameter/shop/admin'],
      },
    ]);
  });

  it('goes to Parameter Store as an object, in plain values', () => {
    const tenant = newTenant();
    push(tenant, { secretsManager: undefined, parameter: '/shop/admin' } as never);
    expect(find(synth(appOf(tenant)).manifests, 'PushSecret').spec.data[0]).toMatchObject({
      match: { remoteRef: { remoteKey: '/shop/admin' } },
      metadata: { spec: { secretType: 'SecureString', encodeAsDecoded: true } },
    });
  });

  it('is deleted in Secrets Manager only where External Secrets made it', () => {
    const tenant = newTenant();
    push(tenant, { onRemoval: 'delete' });
    expect(operatorOf(tenant)).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:DeleteSecret'],
      Resource: ['arn:aws:secretsmanager:us-west-2:*:secret:shop/admin-??????'],
      Condition: { StringEquals: { 'secretsmanager:ResourceTag/managed-by': 'external-secrets' } },
    });
  });

  it('by a store that exists leaves the permissions to its owner', () => {
    const tenant = newTenant();
    push(tenant, {
      secret: Secret.password(tenant, 'made') as never,
      source: SecretSource.store({ name: 'platform' }),
    });
    const { manifests } = synth(appOf(tenant));
    expect(find(manifests, 'PushSecret').spec.secretStoreRefs).toEqual([
      { kind: 'ClusterSecretStore', name: 'platform' },
    ]);
    expect(operatorOf(tenant)).toBeUndefined();
  });
});

const FILE = 'external-secrets-push.yaml';
const present = fs.existsSync(path.join(CRDS, FILE));
(present ? it : it.skip)(`is as the definitions have it${present ? '' : ` (skipped: ${FILE} is absent)`}`, () => {
  const tenant = newTenant();
  push(tenant, { kmsKey: KEY });
  Secret.password(tenant, 'a', { keys: ['b'], symbols: 1, symbolCharacters: '-' });
  const source = SecretSource.externalSecrets({ by: 'irsa', account: ACCOUNT });
  Secret.ecrToken(tenant, 'c', { repositories: [REPOSITORY], source });
  const custom = synth(appOf(tenant)).manifests.filter(({ apiVersion }) => apiVersion.includes('external-secrets.io'));
  expect(custom.map(({ kind }) => kind).sort()).toEqual([
    'ECRAuthorizationToken',
    'ExternalSecret',
    'ExternalSecret',
    'Password',
    'PushSecret',
    'SecretStore',
  ]);
  const definitions = definitionsIn(CRDS, ['external-secrets.yaml', FILE]);
  expect(custom.flatMap((one) => customResourceErrors(definitions, one))).toEqual([]);
});
