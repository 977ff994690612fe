import { roleNameOf } from '../../../eks/arn';
import type { Arn, Region } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import { isObject } from '../../../kube/loose';
import { indexPath, keyPath, listed, nearest } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { TriggerAuthentication } from '../../core/k8s';
import { SecretKey } from '../../core/secret-key';
import { NO_PERMISSIONS, type Permissions } from './permissions';

/** The role that KEDA asks AWS with. */
export interface TriggerPodIdentity {
  readonly provider: 'aws';
  /** A role that the operator assumes, for a queue or metric of another account. It must trust the role of the operator. @default - the role of the operator */
  readonly roleArn?: Arn;
  /**
   * Further permissions of the operator. Required for `ScaleTrigger.keda` without `roleArn`, where the library does not know
   * what KEDA asks; [] if the operator has them.
   *
   * @default - what the trigger needs
   */
  readonly allow?: readonly AllowedStatement[];
}
/** An Allow statement of an IAM policy. */
export interface AllowedStatement {
  /** Actions: 'dynamodb:Query'. */
  readonly actions: readonly string[];
  /** ARNs of resources, or '*' for all. */
  readonly resources: readonly string[];
}
/** How KEDA logs in to what a trigger reads; renders a TriggerAuthentication. */
export interface TriggerLogin {
  /** The identity of KEDA's operator in AWS, which gets the permissions of the trigger. @default - none */
  readonly podIdentity?: TriggerPodIdentity;
  /**
   * Parameters of the scaler, each a key of a secret: { password: db.key('password') }. KEDA reads a Kubernetes Secret that
   * exists, or Secrets Manager itself, so that it can scale from zero, where no pod mounts the secret. A secret of Parameter
   * Store is refused: KEDA cannot read it.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
}
/** A TriggerAuthentication that exists, by its name. */
export interface AuthenticationRef {
  /** Its metadata.name. */
  readonly name: string;
  /** @default - a TriggerAuthentication of the same namespace */
  readonly kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
}
/** How KEDA logs in: at most one of both. */
export interface TriggerAccess {
  /** A login of its own. @default - see the trigger */
  readonly authentication?: TriggerLogin;
  /** A TriggerAuthentication that exists. Not with `authentication`. @default - none */
  readonly authenticationRef?: AuthenticationRef;
}

/** A validated login. */
export interface LoginModel {
  readonly roleArn: Arn | undefined;
  readonly hasPodIdentity: boolean;
  readonly allow: readonly AllowedStatement[];
  readonly secrets: Readonly<Record<string, SecretKey>>;
}

export const ACCESS: KeyTable<TriggerAccess> = { authentication: 'object', authenticationRef: 'object' };
const LOGIN: KeyTable<TriggerLogin> = { podIdentity: 'object', secrets: 'map' };
const POD_IDENTITY: KeyTable<TriggerPodIdentity> = { provider: true, roleArn: 'text', allow: 'list' };
const STATEMENT: KeyTable<AllowedStatement> = { actions: 'texts', resources: 'texts' };
const REFERENCE: KeyTable<AuthenticationRef> = { name: 'text', kind: true };
const KINDS: readonly NonNullable<AuthenticationRef['kind']>[] = [
  'TriggerAuthentication',
  'ClusterTriggerAuthentication',
];

/** How a scaler logs in. */
interface Scaler {
  /** The parameters that it reads from a secret; undefined where they are not known. */
  readonly parameters: readonly string[] | undefined;
  /** Whether it asks AWS. */
  readonly takesRole: boolean;
}

export function resolveAccess(
  check: Check,
  { authentication, authenticationRef }: TriggerAccess,
  scaler: Scaler,
): LoginModel | undefined {
  if (authenticationRef !== undefined) {
    check.keys<AuthenticationRef>('authenticationRef', authenticationRef, REFERENCE);
    check.text('authenticationRef.name', authenticationRef.name);
    if (authenticationRef.kind !== undefined) {
      check.oneOf('authenticationRef.kind', authenticationRef.kind, KINDS);
    }
    if (authentication !== undefined) {
      check.fail(
        'forbidden',
        'authentication',
        'authentication must not be set with authenticationRef: a trigger has one login',
        'leave one of them out',
      );
    }
  }
  if (authentication === undefined) {
    return undefined;
  }
  check.keys<TriggerLogin>('authentication', authentication, LOGIN);
  const { podIdentity, secrets = {} } = authentication;
  if (podIdentity !== undefined) {
    checkPodIdentity(check, podIdentity, scaler);
  }
  checkSecrets(check, secrets, scaler.parameters);
  if (podIdentity === undefined && Object.keys(secrets).length === 0) {
    check.fail(
      'required',
      'authentication',
      'authentication must have podIdentity or secrets, but has neither',
      "write { secrets: { password: secret.key('password') } }, or leave authentication out",
    );
  }
  return {
    roleArn: podIdentity?.roleArn,
    hasPodIdentity: podIdentity !== undefined,
    allow: podIdentity?.allow ?? [],
    secrets: { ...secrets },
  };
}

function checkPodIdentity(check: Check, podIdentity: TriggerPodIdentity, { takesRole, parameters }: Scaler): void {
  const field = 'authentication.podIdentity';
  check.keys<TriggerPodIdentity>(field, podIdentity, POD_IDENTITY);
  check.oneOf(`${field}.provider`, podIdentity.provider, ['aws']);
  if (!takesRole) {
    check.fail(
      'forbidden',
      field,
      `${field} must be left out: this scaler does not log in with a role of AWS`,
      "write secrets: { password: secret.key('password') }",
    );
  }
  if (podIdentity.allow !== undefined) {
    checkAllowed(check, `${field}.allow`, podIdentity.allow);
  } else if (parameters === undefined && podIdentity.roleArn === undefined) {
    check.fail(
      'required',
      `${field}.allow`,
      `${field}.allow is required: the library does not know what the scaler asks of AWS`,
      "write allow: [{ actions: ['dynamodb:Query'], resources: ['*'] }], or [] if the operator has the permissions",
    );
  }
  if (podIdentity.roleArn !== undefined && roleNameOf(podIdentity.roleArn) === undefined) {
    check.fail(
      'invalid',
      `${field}.roleArn`,
      `${field}.roleArn must be the ARN of a role, but is ${describe(podIdentity.roleArn)}`,
      "write for example 'arn:aws:iam::444455556666:role/queue-reader'",
    );
  }
}

/** Statements in the form of IAM; what they allow is not looked into. */
function checkAllowed(check: Check, field: string, allow: unknown): void {
  if (!Array.isArray(allow)) {
    check.fail('type', field, `${field} must be a list, but is ${describe(allow)}`, 'write [{ actions, resources }]');
  }
  for (const [i, statement] of (allow as readonly AllowedStatement[]).entries()) {
    const at = indexPath(field, i);
    check.keys<AllowedStatement>(at, statement, STATEMENT);
    for (const key of ['actions', 'resources'] as const) {
      const values: unknown = statement?.[key];
      if (!Array.isArray(values) || values.length === 0 || values.some((value) => typeof value !== 'string')) {
        check.fail(
          values === undefined ? 'required' : 'type',
          `${at}.${key}`,
          `${at}.${key} must be a list of texts with at least one entry, but is ${describe(values)}`,
          key === 'actions' ? "write for example ['dynamodb:Query']" : "write ARNs, or ['*'] for every resource",
        );
      }
    }
  }
}

function checkSecrets(check: Check, secrets: object, parameters: readonly string[] | undefined): void {
  if (!isObject(secrets)) {
    check.fail(
      'type',
      'authentication.secrets',
      `authentication.secrets must be an object, but is ${describe(secrets)}`,
      "write { password: secret.key('password') }",
    );
  }
  for (const [name, value] of Object.entries(secrets)) {
    const field = keyPath('authentication.secrets', name);
    if (parameters && !parameters.includes(name)) {
      const near = nearest(name, parameters);
      check.fail(
        'unknown',
        field,
        `${field} must be a parameter that the scaler reads from a secret, but '${name}' is unknown`,
        near ? `did you mean '${near}'?` : `use ${listed(parameters)}`,
      );
    }
    if (!(value instanceof SecretKey)) {
      check.fail(
        'type',
        field,
        `${field} must be a key of a secret, but is ${describe(value)}`,
        "write secret.key('password')",
      );
    }
    if (value.source.aws?.service === 'ssm') {
      check.fail(
        'unsupported',
        field,
        `${field} must not be of Parameter Store, which KEDA cannot read, but is of '${value.source.secret.node.path}'`,
        'use Secret.fromSecretsManager or Secret.existing',
      );
    }
  }
}

/** The spec of its TriggerAuthentication. */
export function triggerAuthentication(
  { hasPodIdentity, roleArn, secrets }: LoginModel,
  region: Region | undefined,
): TriggerAuthentication['spec'] {
  const entries = Object.entries(secrets).map(([parameter, { source }]) => ({ parameter, source }));
  const kept = entries.filter(({ source }) => source.aws === undefined);
  const fetched = entries.flatMap(({ parameter, source: { aws } }) => (aws ? [{ parameter, aws }] : []));
  return {
    podIdentity: hasPodIdentity ? { provider: 'aws', ...(roleArn === undefined ? {} : { roleArn }) } : undefined,
    secretTargetRef:
      kept.length > 0
        ? kept.map(({ parameter, source }) => ({ parameter, name: source.secretName, key: source.key }))
        : undefined,
    awsSecretManager:
      fetched.length > 0
        ? {
            podIdentity: { provider: 'aws' },
            region,
            secrets: fetched.map(({ parameter, aws }) => ({ parameter, name: aws.name, secretKey: aws.jsonKey })),
          }
        : undefined,
  };
}

/** What the role of the operator must be allowed for a login; of what the trigger reads, the role that it assumes. */
export function loginPermissions(
  { roleArn, allow, secrets }: LoginModel,
  region: Region | undefined,
  ofTrigger: Permissions,
): Permissions {
  const own =
    roleArn === undefined
      ? ofTrigger
      : { ...NO_PERMISSIONS, statements: [{ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [roleArn] }] };
  const read = Object.values(secrets).flatMap(({ source: { aws } }) => aws?.statements(region) ?? []);
  return { ...own, statements: [...own.statements, ...allow, ...read] };
}
