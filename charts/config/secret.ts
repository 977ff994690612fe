import { Construct } from 'constructs';
import type { Region } from '../../eks/values';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel } from '../../kube/names';
import { declareExisting } from '../core/app-objects';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { SecretProviderClass, Volume } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import { Requirements } from '../core/requirements';
import { SecretKey } from '../core/secret-key';
import type { ExternalSecret, SealedSecret } from '../core/secret-objects';
import {
  type AwsSecret,
  awsSecretStatements,
  operatorStatements,
  type SecretStatement,
  secretProviderClass,
  WHOLE,
} from './aws-secret';
import { EnvValue } from './env-value';
import { externalSecret } from './external-secret';
import {
  ECR_KEYS,
  type EcrTokenKey,
  type EcrTokenProps,
  ecrModel,
  generatedSecret,
  type PasswordProps,
  passwordModel,
} from './generated-secret';
import { checkSealed, type SealedSecretProps, sealedSecret } from './sealed-secret';
import { allowReader } from './secret-operator';
import { bringerOf, type SecretBringer, type SecretOrigin, secretRequirements } from './secret-origin';
import {
  checkKeys,
  type ParameterStoreProps,
  parameterStore,
  type SecretsManagerProps,
  secretsManager,
} from './secret-props';
import { type SourceModel, sourceBelow } from './secret-source';
import { checkSops, checkSopsFile, type SopsProps } from './sops-secret';

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
    const secret = secretsManager(check, props);
    return new Secret<K>(scope, id, props.keys ?? [WHOLE], { kind: 'aws', secret, source: props.source });
  }

  /** A parameter of AWS Systems Manager Parameter Store. A workload that uses it gets the permission to read it. */
  static fromParameterStore<const K extends string = 'value'>(
    scope: Construct,
    id: string,
    props: ParameterStoreProps<K>,
  ): Secret<K> {
    const check = new Check(`${scope.node.path}/${id}`);
    const secret = parameterStore(check, props);
    return new Secret<K>(scope, id, props.keys ?? [WHOLE], { kind: 'aws', secret, source: props.source });
  }

  /** A Secret that exists in the namespace; its name is the id. */
  static existing<const K extends string>(scope: Construct, id: string, keys: readonly K[]): Secret<K> {
    return new Secret<K>(scope, id, keys, { kind: 'existing' });
  }

  /**
   * A SealedSecret, whose values are sealed by kubeseal and committed. The controller of Sealed Secrets in the cluster makes
   * the Secret; a new cluster has another key, so back the old one up or seal again.
   *
   * @see https://github.com/bitnami/sealed-secrets
   */
  static sealed<const K extends string>(scope: Construct, id: string, props: SealedSecretProps<K>): Secret<K> {
    checkSealed(new Check(`${scope.node.path}/${id}`), props);
    return new Secret<K>(scope, id, Object.keys(props.encryptedData) as K[], { kind: 'sealed', props });
  }

  /**
   * A Secret in a file that SOPS encrypts, committed beside the program and checked by it. The file is no part of `dist/`: Flux
   * decrypts it, or the step that the steps file has.
   *
   * @see https://getsops.io/docs/
   */
  static fromSops<const K extends string>(scope: Construct, id: string, props: SopsProps<K>): Secret<K> {
    checkSops(new Check(`${scope.node.path}/${id}`), props);
    return new Secret<K>(scope, id, props.keys, { kind: 'sops', props });
  }

  /**
   * Passwords that External Secrets makes in the cluster and keeps in a Secret. They are in no repository and no service of AWS:
   * `PushSecret` copies them there.
   *
   * @see https://external-secrets.io/latest/api/generator/password/
   */
  static password<const K extends string = 'password'>(
    scope: Construct,
    id: string,
    props?: PasswordProps<K>,
  ): Secret<K> {
    const model = passwordModel(new Check(`${scope.node.path}/${id}`), props);
    return new Secret<K>(scope, id, props?.keys ?? ['password'], { kind: 'generated', model });
  }

  /**
   * A login of Amazon ECR, which External Secrets asks for every six hours, since it ends after twelve.
   *
   * @see https://external-secrets.io/latest/api/generator/ecr/
   */
  static ecrToken(scope: Construct, id: string, props: EcrTokenProps): Secret<EcrTokenKey> {
    const model = ecrModel(scope, new Check(`${scope.node.path}/${id}`), props);
    return new Secret<EcrTokenKey>(scope, id, ECR_KEYS, { kind: 'generated', model });
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
  /** The ExternalSecret of a secret that External Secrets copies or generates. */
  readonly externalSecret: KubeObject<ExternalSecret> | undefined;
  /** The SealedSecret of `Secret.sealed`. */
  readonly sealedSecret: KubeObject<SealedSecret> | undefined;
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

  /** @internal */
  get bringer(): SecretBringer {
    return bringerOf(this.origin, this.by);
  }

  private constructor(
    scope: Construct,
    id: string,
    keys: readonly string[],
    private readonly origin: SecretOrigin,
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
    checkKeys(check, keys);
    this.secretName = id;
    this.namespace = namespaceOf(this, check);
    this.keys = [...keys];
    this.source = origin.kind === 'aws' ? origin.secret : undefined;
    this.by = ((origin.kind === 'aws' ? origin.source : undefined) ?? sourceBelow(this)).model;
    const { source, namespace } = this;
    const labels = { 'app.kubernetes.io/managed-by': MANAGED_BY };
    const { by } = this;
    Requirements.defer(this, () => secretRequirements(this, { namespace, name: id, keys, origin, by }));
    if (!source) {
      declareExisting(this, { kind: 'Secret', namespace: this.namespace, name: id });
      if (origin.kind === 'generated') {
        const { source: reader, statements } = origin.model;
        this.externalSecret = generatedSecret(this, origin.model, { namespace, name: id });
        if (reader) {
          allowReader(this, reader, namespace, () => statements);
        }
      } else if (origin.kind === 'sealed') {
        const render = () => sealedSecret({ name: id, namespace, labels }, origin.props);
        this.sealedSecret = new KubeObject<SealedSecret>(this, 'SealedSecret', render(), render);
      } else if (origin.kind === 'sops') {
        checkSopsFile(check, origin.props, { name: id, namespace });
      }
    } else if (this.by.kind !== 'driver') {
      declareExisting(this, { kind: 'Secret', namespace: this.namespace, name: id });
      this.externalSecret = externalSecret(this, source, this.by, { namespace: this.namespace, name: id });
      allowReader(this, this.by, namespace, (region) => operatorStatements(source, region));
    } else {
      const head: SecretProviderClass = {
        apiVersion: 'secrets-store.csi.x-k8s.io/v1',
        kind: 'SecretProviderClass',
        metadata: { name: id, namespace, labels },
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
      statements: (region: Region | undefined) => awsSecretStatements(source, region),
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

  /** @internal The permissions that the pod's role needs. */
  statements(): readonly SecretStatement[] {
    return this.mounted ? awsSecretStatements(this.mounted, clusterOf(this)?.facts.region) : [];
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
}
