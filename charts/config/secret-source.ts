import type { IConstruct } from 'constructs';
import { roleNameOf } from '../../eks/arn';
import { isRegion } from '../../eks/regions';
import type { Arn, Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import { Inherited } from '../core/inherited';
import type { Duration } from '../core/values';

/** How External Secrets reads. */
export interface ExternalSecretsOptions {
  /**
   * 'namespace' writes a SecretStore into each namespace that has such secrets, 'cluster' one ClusterSecretStore that these
   * namespaces, and no others, may use.
   *
   * @default 'namespace' - who may write a SecretStore in a namespace can change only what that namespace reads
   */
  readonly store?: 'namespace' | 'cluster';
  /**
   * Whose identity reads: 'pod-identity' is the operator's own, by EKS Pod Identity; 'irsa' is a service account of the namespace,
   * `secret-store`, whose token the operator asks for, and whose role may read the secrets of that namespace alone. It is for
   * clusters without the agent, as on Fargate alone. Refused with one store for the cluster.
   *
   * @default 'pod-identity' - one role for the operator, and no OpenID Connect provider
   */
  readonly by?: 'pod-identity' | 'irsa';
  /** The account of the cluster, 12 digits, in which eksctl makes the role; for by 'irsa' without a `role` only. @default - none */
  readonly account?: string;
  /**
   * The ARN of a role that the operator assumes to read these secrets; with by 'irsa' the role of the service account. Without one its own role reads them, so it reads those of
   * every tenant. The role must trust that of the operator; the steps say so.
   *
   * @default - the role of the operator, which the Cluster makes
   */
  readonly role?: Arn;
  /** The region of the secrets. @default - that of the cluster; required where the app has no Cluster */
  readonly region?: Region;
  /**
   * How often it reads, at least every minute: '15m'. Each reading of each key is a call that AWS counts. A change in AWS
   * reaches files within this time and a minute more.
   *
   * @default '1h' - that of External Secrets
   */
  readonly refresh?: Duration;
}

/** A store that somebody else made. */
export interface ExistingStore {
  /** @default 'ClusterSecretStore' */
  readonly kind?: 'SecretStore' | 'ClusterSecretStore';
  /** Its name. It reads the service of the secret: Secrets Manager or Parameter Store. */
  readonly name: string;
  /** How often External Secrets reads, at least every minute. @default '1h' */
  readonly refresh?: Duration;
}

const OPTIONS: KeyTable<ExternalSecretsOptions> = {
  store: true,
  by: true,
  account: 'text',
  role: 'text',
  region: 'text',
  refresh: true,
};
const EXISTING: KeyTable<ExistingStore> = { kind: true, name: 'text', refresh: true };
const HOUR = 3600;

/** What a source is. */
export type SourceModel =
  | { readonly kind: 'driver' }
  | ({ readonly kind: 'external'; readonly refresh: number } & Pick<
      ExternalSecretsOptions,
      'store' | 'by' | 'account' | 'role' | 'region'
    >)
  | { readonly kind: 'store'; readonly refresh: number; readonly store: Required<Omit<ExistingStore, 'refresh'>> };

/**
 * What brings secrets of AWS to the pods: of one `Secret` by `source`, or of all below an app or a tenant by `secretSource` of
 * their `defaults`.
 *
 * @example
 * new Tenant(app, 'shop', { defaults: { secretSource: SecretSource.externalSecrets({ refresh: '15m' }) } });
 */
export class SecretSource {
  /**
   * The Secrets Store CSI driver, the default: it mounts the values when a pod starts, by the identity of the pod. Nothing else
   * in the cluster reads them, and no Secret holds them but for variables. Not on Fargate, on Windows and beside IRSA.
   */
  static driver(): SecretSource {
    return new SecretSource({ kind: 'driver' });
  }

  /**
   * External Secrets: an operator copies the values into a Secret, by its own identity. Pods need no permission, start while AWS
   * cannot be reached, and run anywhere, also on Fargate and Windows. Who may read Secrets of the namespace reads them.
   *
   * @see https://external-secrets.io/latest/
   */
  static externalSecrets(options: ExternalSecretsOptions = {}): SecretSource {
    const check = new Check('SecretSource.externalSecrets');
    check.keys<ExternalSecretsOptions>('options', options, OPTIONS);
    const { store = 'namespace', by, account, role, region } = options;
    check.oneOf('options.store', store, ['namespace', 'cluster']);
    if (role !== undefined && roleNameOf(role) === undefined) {
      check.fail(
        'invalid',
        'options.role',
        `options.role must be the ARN of a role, but is '${role}'`,
        "write 'arn:aws:iam::111122223333:role/NAME'",
      );
    }
    if (region !== undefined && !isRegion(region)) {
      check.fail(
        'invalid',
        'options.region',
        `options.region must be a region of AWS, but is ${describe(region)}`,
        "write for example 'us-west-2'",
      );
    }
    checkIdentity(check, options);
    const refresh = refreshOf(check, options.refresh);
    return new SecretSource({ kind: 'external', store, by, account, role, region, refresh });
  }

  /** A store of External Secrets that exists. Its owner gives the operator the permission to read. */
  static store(store: ExistingStore): SecretSource {
    const check = new Check('SecretSource.store');
    check.keys<ExistingStore>('store', store ?? null, EXISTING);
    const { kind = 'ClusterSecretStore', name } = store;
    check.oneOf('store.kind', kind, ['SecretStore', 'ClusterSecretStore']);
    if (!isSubdomain(check.text('store.name', name))) {
      check.fail(
        'invalid',
        'store.name',
        `store.name must be the name of an object, but is '${name}'`,
        "write for example 'aws'",
      );
    }
    return new SecretSource({ kind: 'store', store: { kind, name }, refresh: refreshOf(check, store.refresh) });
  }

  private constructor(
    /** @internal */
    readonly model: SourceModel,
  ) {}
}

function checkIdentity(check: Check, { by, account, role, store }: ExternalSecretsOptions): void {
  if (by !== undefined) {
    check.oneOf('options.by', by, ['pod-identity', 'irsa']);
  }
  if (by === 'irsa' && store === 'cluster') {
    check.fail(
      'forbidden',
      'options.by',
      "options.by must not be 'irsa' with one store for the cluster: each namespace has its own service account",
      'leave store out',
    );
  }
  if (by === 'irsa' && role === undefined && !/^\d{12}$/.test(account ?? '')) {
    check.fail(
      account === undefined ? 'required' : 'invalid',
      'options.account',
      `options.account must be the 12 digits of the cluster's account, but is ${describe(account)}: the ServiceAccount names the role by its ARN`,
      "write account: '111122223333', or the ARN of an existing role",
    );
  }
  if (account !== undefined && (by !== 'irsa' || role !== undefined)) {
    check.fail('forbidden', 'options.account', "options.account is for by 'irsa' without a role only", 'leave it out');
  }
}

const refreshOf = (check: Check, refresh: Duration | undefined): number =>
  refresh === undefined ? HOUR : check.seconds('refresh', refresh, 60);

const sources = new Inherited<SecretSource>('secret-source');

/** Sets the source of all secrets below a construct. */
export function setSecretSource(scope: IConstruct, source: SecretSource): void {
  sources.set(scope, source);
}

/** The source of a secret that says none. */
export const sourceBelow = (construct: IConstruct): SecretSource => sources.nearest(construct) ?? SecretSource.driver();

/** A source that External Secrets can use. */
export type NamedSource = Exclude<SourceModel, { kind: 'driver' }>;

/** The source for what only External Secrets does: the one given, that of the defaults, or its operator. */
export function namedSource(scope: IConstruct, check: Check, given: SecretSource | undefined): NamedSource {
  checkSecretSource(check, given, 'source');
  const { model } = given ?? sourceBelow(scope);
  if (model.kind !== 'driver') {
    return model;
  }
  if (given !== undefined) {
    check.fail(
      'unsupported',
      'source',
      'source must not be the driver, which only mounts what is in AWS',
      'write SecretSource.externalSecrets(), or leave it out',
    );
  }
  return SecretSource.externalSecrets().model as NamedSource;
}

/** @param field the prop */
export function checkSecretSource(check: Check, source: unknown, field: string): void {
  if (source !== undefined && !(source instanceof SecretSource)) {
    check.fail(
      'type',
      field,
      `${field} must be a SecretSource, but is ${describe(source)}`,
      'write SecretSource.externalSecrets() or SecretSource.driver()',
    );
  }
}
