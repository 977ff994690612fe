import { Construct } from 'constructs';
import type { Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import { declareExisting } from '../core/app-objects';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { ExternalSecret } from '../core/external-secrets';
import type { SecretProviderClass, Volume } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import { type Requirement, Requirements } from '../core/requirements';
import { SecretKey } from '../core/secret-key';
import {
  type AwsSecret,
  awsSecretStatement,
  operatorStatement,
  type SecretStatement,
  secretProviderClass,
  WHOLE,
} from './aws-secret';
import { EnvValue } from './env-value';
import { allowOperator, externalRequirements, externalSecret } from './external-secret';
import { checkSecretSource, type SecretSource, type SourceModel, sourceBelow } from './secret-source';
import { awsStep, existingStep } from './secret-steps';
import { DRIVER_CONFIGURATION, SECRETS_STORE } from './secrets-store-addon';

/** A secret in AWS Secrets Manager. */
export interface SecretsManagerProps<K extends string> {
  /** The name or full ARN of the secret: 'retail-store/catalog-db'. */
  readonly secret: string;
  /** What brings the value to the pods. @default - `secretSource` of the `defaults` of tenant or app, or the Secrets Store CSI driver */
  readonly source?: SecretSource;
  /** The keys to read, if the value is a JSON object. @default - one key, 'value': the whole string */
  readonly keys?: readonly K[];
}
/** A parameter in AWS Systems Manager. */
export interface ParameterStoreProps<K extends string> {
  /** The name of the parameter: '/shop/prod/token'. An ARN is refused: the driver cannot read it. */
  readonly parameter: string;
  /** What brings the value to the pods. @default - `secretSource` of the `defaults` of tenant or app, or the Secrets Store CSI driver */
  readonly source?: SecretSource;
  /** The keys to read, if the value is a JSON object. @default - one key, 'value': the whole string */
  readonly keys?: readonly K[];
}

/** To assume a role, with the session tags that EKS Pod Identity adds. */
const TAKE_ON = ['sts:AssumeRole', 'sts:TagSession'];
const SECRETS_MANAGER: KeyTable<SecretsManagerProps<string>> = { secret: 'text', source: 'object', keys: 'texts' };
const PARAMETER: KeyTable<ParameterStoreProps<string>> = { parameter: 'text', source: 'object', keys: 'texts' };

/**
 * A reference to a secret; its value is never written to `dist/`. K is the union of its keys. The Secrets Store CSI driver
 * mounts secrets of AWS, and reads them with the identity of the pod; or External Secrets copies them, see `SecretSource`.
 *
 * @example
 * const db = Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', keys: ['username', 'password'] });
 * new WebService(tenant, 'web', {
 *   ...props,
 *   env: { DB_USER: db.env('username'), DB_PASSWORD_FILE: db.file('password') },
 * });
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html
 */
export class Secret<in K extends string = never> extends Construct {
  /** A secret of AWS Secrets Manager. A workload that uses it gets the permission to read it. */
  static fromSecretsManager<const K extends string = 'value'>(
    scope: Construct,
    id: string,
    props: SecretsManagerProps<K>,
  ): Secret<K> {
    const check = new Check(`${scope.node.path}/${id}`);
    check.keys<SecretsManagerProps<string>>('props', props ?? null, SECRETS_MANAGER);
    const source: AwsSecret = { service: 'secretsmanager', name: check.text('secret', props.secret), keys: props.keys };
    checkSecretSource(check, props.source, 'source');
    return new Secret<K>(scope, id, props.keys ?? [WHOLE], source, props.source);
  }

  /** A parameter of AWS Systems Manager Parameter Store. A workload that uses it gets the permission to read it. */
  static fromParameterStore<const K extends string = 'value'>(
    scope: Construct,
    id: string,
    props: ParameterStoreProps<K>,
  ): Secret<K> {
    const check = new Check(`${scope.node.path}/${id}`);
    check.keys<ParameterStoreProps<string>>('props', props ?? null, PARAMETER);
    if (check.text('parameter', props.parameter).startsWith('arn:')) {
      check.fail(
        'invalid',
        'parameter',
        `parameter must be a name, but is the ARN '${props.parameter}', which the Secrets Store CSI provider cannot read`,
        "write the name: '/shop/prod/token'",
      );
    }
    const source: AwsSecret = { service: 'ssm', name: props.parameter, keys: props.keys };
    checkSecretSource(check, props.source, 'source');
    return new Secret<K>(scope, id, props.keys ?? [WHOLE], source, props.source);
  }

  /** A Secret that exists in the namespace; its name is the id. */
  static existing<const K extends string>(scope: Construct, id: string, keys: readonly K[]): Secret<K> {
    return new Secret<K>(scope, id, keys, undefined);
  }

  /** A literal that WILL be readable in `dist/`. Synthesis reports it as a warning. */
  static unsafeLiteral(value: string): EnvValue {
    new Check('Secret.unsafeLiteral').typed('value', value ?? null, 'text');
    return EnvValue.from({ kind: 'unsafe', value });
  }

  /** The name of the Kubernetes Secret. */
  readonly secretName: string;
  /** The SecretProviderClass of a secret of AWS that the driver mounts. */
  readonly secretProviderClass: KubeObject<SecretProviderClass> | undefined;
  /** The ExternalSecret of a secret of AWS that External Secrets copies. */
  readonly externalSecret: KubeObject<ExternalSecret> | undefined;
  /** @internal */
  readonly namespace: string;
  /** @internal Its keys. */
  get names(): readonly string[] {
    return this.keys;
  }
  private readonly keys: readonly string[];
  private readonly source: AwsSecret | undefined;
  private readonly by: SourceModel;
  private readonly variables = new Set<string>();

  /** @internal Whether it is a certificate that somebody in the cluster renews. */
  get holdsCertificate(): boolean {
    return this.source === undefined && this.keys.includes('tls.crt');
  }

  private constructor(
    scope: Construct,
    id: string,
    keys: readonly string[],
    source: AwsSecret | undefined,
    by?: SecretSource,
  ) {
    super(scope, id);
    const check = Check.of(this);
    if (!isDnsLabel(id)) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of a Secret must be at most 63 lowercase letters, digits and '-'`,
        'choose another id',
      );
    }
    check.typed('keys', keys ?? null, 'texts');
    if (keys.length === 0) {
      check.fail('invalid', 'keys', 'keys must not be empty', "write keys: ['username', 'password']");
    }
    for (const [i, key] of keys.entries()) {
      const field = indexPath('keys', i);
      if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
        check.fail(
          'invalid',
          field,
          `${field} must be letters, digits, '-', '_' and '.', but is ${describe(key)}`,
          'correct the key',
        );
      }
      if (keys.indexOf(key) < i) {
        check.fail('duplicate', field, `${field} must be unique, but '${key}' is listed before`, 'list each key once');
      }
    }
    this.secretName = id;
    this.namespace = namespaceOf(this, check);
    this.keys = [...keys];
    this.source = source;
    this.by = (by ?? sourceBelow(this)).model;
    Requirements.defer(this, () => this.requirements());
    if (!source) {
      declareExisting(this, { kind: 'Secret', namespace: this.namespace, name: id });
    } else if (this.by.kind !== 'driver') {
      declareExisting(this, { kind: 'Secret', namespace: this.namespace, name: id });
      this.externalSecret = externalSecret(this, source, this.by, { namespace: this.namespace, name: id });
      if (this.by.kind === 'external') {
        const { role, region } = this.by;
        const own = () => operatorStatement(source, region ?? clusterOf(this)?.facts.region);
        allowOperator(this, role === undefined ? own : () => ({ actions: TAKE_ON, resources: [role] }));
      }
    } else {
      const head: SecretProviderClass = {
        apiVersion: 'secrets-store.csi.x-k8s.io/v1',
        kind: 'SecretProviderClass',
        metadata: { name: id, namespace: this.namespace, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
        spec: {},
      };
      this.secretProviderClass = new KubeObject(this, 'SecretProviderClass', head, () => ({
        ...head,
        metadata: { ...head.metadata, labels: { ...head.metadata.labels } },
        spec: secretProviderClass(source, id, clusterOf(this)?.facts.region, [...this.variables]),
      }));
    }
  }

  /** The value of one key, as an environment variable; prefer `file` where the program can read files. */
  env(key: K): EnvValue {
    this.checkKey(key);
    return EnvValue.from({ kind: 'secret', secret: this as unknown as Secret, key, as: 'variable' });
  }

  /** Mounts the keys at '/run/secrets/<id>'; the variable, such as `..._PASSWORD_FILE`, is the path of one. */
  file(key: K): EnvValue {
    this.checkKey(key);
    return EnvValue.from({ kind: 'secret', secret: this as unknown as Secret, key, as: 'file' });
  }

  /** One key, for what reads the secret itself: the login of a `ScaleTrigger`. */
  key(key: K): SecretKey {
    this.checkKey(key);
    const { secretName, mounted: source } = this;
    const aws = source && {
      service: source.service,
      name: source.name,
      jsonKey: source.keys ? key : undefined,
      statement: (region: Region | undefined) => awsSecretStatement(source, region),
    };
    return SecretKey.from({ secret: this, secretName, key, aws });
  }

  /** @internal The driver creates a Kubernetes Secret only of keys that are variables. */
  useAsVariable(key: string): void {
    this.variables.add(key);
  }

  /** @internal The volume with the keys as files. The driver creates the Kubernetes Secret when a pod mounts it. */
  volume(name: string): Volume {
    return this.mounted
      ? {
          name,
          csi: {
            driver: 'secrets-store.csi.k8s.io',
            readOnly: true,
            volumeAttributes: { secretProviderClass: this.secretName },
          },
        }
      : { name, secret: { secretName: this.secretName, defaultMode: 0o440 } };
  }

  /** @internal Whether pods must mount the volume for the Kubernetes Secret to exist. */
  get mustBeMounted(): boolean {
    return this.mounted !== undefined;
  }

  /** @internal The permission that the pod's role needs. */
  statement(): SecretStatement | undefined {
    return this.mounted && awsSecretStatement(this.mounted, clusterOf(this)?.facts.region);
  }

  /** The secret of AWS that the driver mounts. */
  private get mounted(): AwsSecret | undefined {
    return this.by.kind === 'driver' ? this.source : undefined;
  }

  private checkKey(key: string): void {
    if (!this.keys.includes(key)) {
      Check.of(this).fail(
        'unsupported',
        '',
        `'${key}' must be one of the keys of the secret`,
        `use one of ${this.keys.map((k) => `'${k}'`).join(', ')}, or add it to 'keys'`,
      );
    }
  }

  private requirements(): Requirement[] {
    const { source, by, namespace, secretName, keys } = this;
    if (!source) {
      return [existingStep(this, { namespace, name: secretName, keys })];
    }
    if (by.kind !== 'driver') {
      return [
        ...externalRequirements(this, by, (region) => operatorStatement(source, region)),
        awsStep(this, source, namespace),
      ];
    }
    const because = `secret '${this.node.path}' is mounted by the Secrets Store CSI driver`;
    return [
      Requirements.configuredAddon({ name: SECRETS_STORE, configuration: DRIVER_CONFIGURATION }, { because }),
      awsStep(this, source, namespace),
    ];
  }
}
