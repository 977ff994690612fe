import { ScaleTrigger, Secret, SecretSource } from 'cdk8s-eks-patterns';
import { appOf, newTenant, synth, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
const decrypt = (service: string) => ({
  Effect: 'Allow',
  Action: ['kms:Decrypt'],
  Resource: [KEY],
  Condition: { StringEquals: { 'kms:ViaService': `${service}.us-west-2.amazonaws.com` } },
});
const statementsOf = (tenant: ReturnType<typeof newTenant>, namespace: string) =>
  synth(appOf(tenant)).clusterConfig!.iam.podIdentityAssociations.find(
    (one: { namespace: string }) => one.namespace === namespace,
  ).permissionPolicy.Statement;

describe('a secret that a key of KMS encrypts', () => {
  it('is decrypted by the pods that mount it, through the service alone', () => {
    const tenant = newTenant();
    const db = Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', kmsKey: KEY });
    const token = Secret.fromParameterStore(tenant, 'token', { parameter: '/shop/token', kmsKey: KEY });
    web({ env: { A: db.file('value'), B: token.file('value') } }, tenant);
    const statements = statementsOf(tenant, 'shop');
    expect(statements).toHaveLength(4);
    expect(statements).toEqual(expect.arrayContaining([decrypt('secretsmanager'), decrypt('ssm')]));
  });

  it('is decrypted by External Secrets', () => {
    const tenant = newTenant();
    const source = SecretSource.externalSecrets();
    Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', kmsKey: KEY, source });
    Secret.fromSecretsManager(tenant, 'other', { secret: 'shop/other', kmsKey: KEY, source });
    const statements = statementsOf(tenant, 'external-secrets');
    expect(statements).toHaveLength(2);
    expect(statements).toContainEqual(decrypt('secretsmanager'));
  });

  it('is decrypted by the role of a source, whose owner allows it', () => {
    const tenant = newTenant();
    const source = SecretSource.externalSecrets({ role: 'arn:aws:iam::111122223333:role/shop' });
    Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', kmsKey: KEY, source });
    expect(synth(appOf(tenant)).steps).toContain(`; \`kms:Decrypt\` on \`${KEY}\``);
  });

  it('is decrypted by KEDA, which logs in with it', () => {
    const tenant = newTenant();
    const password = Secret.fromSecretsManager(tenant, 'redis', {
      secret: 'redis',
      keys: ['password'],
      kmsKey: KEY,
    }).key('password');
    const trigger = ScaleTrigger.redis({ address: 'a:6379', listName: 'b', authentication: { secrets: { password } } });
    worker({ replicas: { min: 1, max: 3, triggers: [trigger] } }, tenant);
    expect(statementsOf(tenant, 'keda')).toContainEqual(decrypt('secretsmanager'));
  });

  it('without a key needs no more', () => {
    const tenant = newTenant();
    const db = Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db' });
    web({ env: { A: db.file('value') } }, tenant);
    expect(statementsOf(tenant, 'shop')).toHaveLength(1);
  });

  it.each([
    ['an alias', 'arn:aws:kms:us-west-2:111122223333:alias/shop', 'props/invalid'],
    ['an ID', '12345678-1234-1234-1234-123456789012', 'props/invalid'],
    ['a placeholder', 'arn:aws:kms:REGION:111122223333:key/a', 'props/invalid'],
    ['a number', 7, 'props/type'],
  ])('%s as the key is refused', (_, key, rule) => {
    const of = { kmsKey: key as string };
    expect(refusedBy(() => Secret.fromSecretsManager(newTenant(), 'db', { secret: 'a', ...of }))).toEqual([
      rule,
      'kmsKey',
    ]);
    expect(refusedBy(() => Secret.fromParameterStore(newTenant(), 'db', { parameter: 'a', ...of }))).toEqual([
      rule,
      'kmsKey',
    ]);
  });
});
