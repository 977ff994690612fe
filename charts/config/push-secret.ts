import { Construct } from 'constructs';
import { partitionOf } from '../../eks/arn';
import { viaService } from '../../eks/kms';
import type { Arn, Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import { Requirements } from '../core/requirements';
import type { PushSecret as PushSecretObject } from '../core/secret-objects';
import type { SecretStatement } from './aws-secret';
import { Secret } from './secret';
import { allowReader, operatorRequirements } from './secret-operator';
import { checkedKey } from './secret-props';
import { namedSource, type SecretSource } from './secret-source';
import { storeOf } from './secret-store';

/** A Secret of the cluster, and where it goes: one of `secretsManager` and `parameter`. */
export interface PushSecretProps<K extends string> {
  /** The Secret, of the same namespace. One that comes from AWS is refused: it is there already. */
  readonly secret: Secret<K>;
  /** The name of the secret in Secrets Manager: 'shop/admin'. External Secrets makes it, and changes none that others made. */
  readonly secretsManager?: string;
  /** The name of the parameter in Parameter Store: '/shop/admin', a SecureString. It too is made by External Secrets. */
  readonly parameter?: string;
  /** The one key whose value is written. @default - all keys of the Secret, as a JSON object */
  readonly key?: K;
  /** The ARN of the KMS key that encrypts it in AWS. It counts when the secret is made. @default - the key of AWS */
  readonly kmsKey?: Arn;
  /** Whether a changed Secret is written again: 'replace', or 'once'. @default 'replace' */
  readonly update?: 'replace' | 'once';
  /** What becomes of the secret in AWS when this object is deleted. @default 'keep' - others may read it */
  readonly onRemoval?: 'keep' | 'delete';
  /** Whose identity writes, and how often. @default - `secretSource` of the `defaults` where that is External Secrets, else its operator, every hour */
  readonly source?: SecretSource;
}

const PROPS: KeyTable<PushSecretProps<string>> = {
  secret: 'object',
  secretsManager: 'text',
  parameter: 'text',
  key: 'text',
  kmsKey: 'text',
  update: true,
  onRemoval: true,
  source: 'object',
};
const UPDATES = { replace: 'Replace', once: 'IfNotExists' } as const;
const REMOVALS = { keep: 'None', delete: 'Delete' } as const;

/**
 * Copies a Secret of the cluster into AWS by External Secrets: a password that is made in the cluster, for who is not in it.
 *
 * @example
 * const admin = Secret.password(shop, 'admin');
 * new PushSecret(shop, 'admin-copy', { secret: admin, secretsManager: 'shop/admin' });
 * @see https://external-secrets.io/latest/api/pushsecret/
 */
export class PushSecret<const K extends string = string> extends Construct {
  /** The PushSecret. */
  readonly pushSecret: KubeObject<PushSecretObject>;

  constructor(scope: Construct, id: string, props: PushSecretProps<K>) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<PushSecretProps<string>>('props', props ?? null, PROPS);
    if (!isSubdomain(id)) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name must be lowercase letters, digits and '-'`,
        'choose another id',
      );
    }
    const { update = 'replace', onRemoval = 'keep', key } = props;
    const secret = checkSecret(check, props.secret, key);
    const { service, name } = targetOf(check, props);
    const kmsKey = checkedKey(check, props.kmsKey);
    check.oneOf('update', update, Object.keys(UPDATES));
    check.oneOf('onRemoval', onRemoval, Object.keys(REMOVALS));
    const source = namedSource(this, check, props.source);
    const namespace = namespaceOf(this, check);
    if (secret.namespace !== namespace) {
      check.fail(
        'forbidden',
        'secret',
        `secret must be of namespace '${namespace}', but is of '${secret.namespace}'`,
        'create the PushSecret in the tenant of the secret',
      );
    }
    const store = storeOf(this, service, source, namespace);
    const spec =
      service === 'ssm'
        ? { secretType: 'SecureString', ...(key === undefined ? { encodeAsDecoded: true } : {}) }
        : { secretPushFormat: 'string' };
    const head: PushSecretObject = {
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata: { name: id, namespace, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
      spec: {
        refreshInterval: `${source.refresh}s`,
        secretStoreRefs: [{ kind: store.kind, name: store.name }],
        updatePolicy: UPDATES[update],
        deletionPolicy: REMOVALS[onRemoval],
        selector: { secret: { name: secret.secretName } },
        data: [
          {
            match: { ...(key === undefined ? {} : { secretKey: key }), remoteRef: { remoteKey: name } },
            metadata: {
              apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
              kind: 'PushSecretMetadata',
              spec: { ...spec, ...(kmsKey === undefined ? {} : { kmsKeyID: kmsKey }) },
            },
          },
        ],
      },
    };
    this.pushSecret = new KubeObject<PushSecretObject>(this, 'PushSecret', head, undefined);
    const statements = (region: Region | undefined) =>
      statementsOf({ service, name, kmsKey, deletes: onRemoval === 'delete' }, region);
    allowReader(this, source, namespace, statements);
    Requirements.defer(this, () => operatorRequirements(this, source, statements));
  }
}

function checkSecret<K extends string>(check: Check, secret: unknown, key: K | undefined): Secret<K> {
  if (!(secret instanceof Secret)) {
    return check.fail(
      secret === undefined ? 'required' : 'type',
      'secret',
      `secret must be a Secret, but is ${describe(secret)}`,
      "write for example Secret.password(tenant, 'admin')",
    );
  }
  if (secret.bringer === 'driver' || secret.bringer === 'external') {
    check.fail('forbidden', 'secret', 'secret must not come from AWS, where it is already', 'leave the PushSecret out');
  }
  if (key !== undefined && !secret.names.includes(key)) {
    check.fail(
      'unsupported',
      'key',
      `key must be one of the keys of the secret, but is ${describe(key)}`,
      `use one of ${secret.names.map((one: string) => `'${one}'`).join(', ')}`,
    );
  }
  return secret as Secret<K>;
}

function targetOf(
  check: Check,
  { secretsManager, parameter }: Pick<PushSecretProps<string>, 'secretsManager' | 'parameter'>,
) {
  if ((secretsManager === undefined) === (parameter === undefined)) {
    check.fail(
      secretsManager === undefined ? 'required' : 'forbidden',
      'secretsManager',
      `one of secretsManager and parameter must be set, but ${secretsManager === undefined ? 'none is' : 'both are'}`,
      "write for example secretsManager: 'shop/admin'",
    );
  }
  const [field, name] = secretsManager === undefined ? ['parameter', parameter] : ['secretsManager', secretsManager];
  if (!/^[\w/+=.@-]+$/.test(check.text(field!, name))) {
    check.fail(
      'invalid',
      field!,
      `${field} must be a name of letters, digits and '/_+=.@-', but is ${describe(name)}`,
      'write the name that the secret has in AWS, not its ARN',
    );
  }
  return { service: secretsManager === undefined ? 'ssm' : 'secretsmanager', name: name! } as const;
}

interface Written {
  readonly service: 'secretsmanager' | 'ssm';
  readonly name: string;
  readonly kmsKey: Arn | undefined;
  readonly deletes: boolean;
}

/** External Secrets marks what it makes by a tag, and looks at the mark before it writes. */
function statementsOf({ service, name, kmsKey, deletes }: Written, region: Region | undefined): SecretStatement[] {
  const prefix = `arn:${region ? partitionOf(region) : '*'}:${service}:${region ?? '*'}:*`;
  const own = kmsKey === undefined ? [] : [kmsKey];
  const encrypt = own.map((key) => ({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [key],
    conditions: viaService(service, key),
  }));
  if (service === 'ssm') {
    const actions = ['ssm:AddTagsToResource', 'ssm:GetParameter', 'ssm:ListTagsForResource', 'ssm:PutParameter'];
    const resources = [`${prefix}:parameter/${name.replace(/^\//, '')}`];
    return [{ actions: deletes ? [...actions, 'ssm:DeleteParameter'].sort() : actions, resources }, ...encrypt];
  }
  const secret = `${prefix}:secret:${name}-??????`;
  return [
    // the six characters at the end are not known yet
    {
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
      resources: [`${prefix}:secret:${name}*`],
    },
    {
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      resources: [secret],
    },
    ...(deletes
      ? [
          {
            actions: ['secretsmanager:DeleteSecret'],
            resources: [secret],
            conditions: { StringEquals: { 'secretsmanager:ResourceTag/managed-by': 'external-secrets' } },
          },
        ]
      : []),
    ...encrypt,
  ];
}
