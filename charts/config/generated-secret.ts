import type { Construct } from 'constructs';
import { isRegion } from '../../eks/regions';
import type { Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { KubeObject } from '../core/kube-object';
import type { EcrAuthorizationToken, ExternalSecret, PasswordGenerator } from '../core/secret-objects';
import type { Duration } from '../core/values';
import type { SecretStatement } from './aws-secret';
import { checkKeys } from './secret-props';
import { namedSource, type SecretSource, type SourceModel } from './secret-source';
import { loginOf, regionOf } from './secret-store';

const API = 'generators.external-secrets.io/v1alpha1';
const DAY = 86_400;

/** Passwords that External Secrets makes in the cluster; nobody has to know them. */
export interface PasswordProps<K extends string> {
  /** The keys, each with a password of its own. @default - one key, 'password' */
  readonly keys?: readonly K[];
  /** The number of characters, from 12 to 128. @default 32 */
  readonly length?: number;
  /** How many of them are digits. @default - a quarter */
  readonly digits?: number;
  /** How many of them are symbols. @default 0 - symbols have a meaning in URLs, shells and connection strings */
  readonly symbols?: number;
  /** The symbols to choose from: '-_.'. Required with `symbols`. @default - none */
  readonly symbolCharacters?: string;
  /**
   * 'never' keeps the first passwords; a time, of at least a day, makes new ones. What checks the password must read it from the
   * same Secret, and `onSecretChange` of its readers says whether they restart.
   *
   * @default 'never' - most programs write the password into their data when they start for the first time
   */
  readonly rotate?: 'never' | Duration;
}

/** A login of Amazon ECR, for what reads a registry itself: builders, scanners, Argo CD. Pods pull images without it. */
export interface EcrTokenProps {
  /** The ARNs of the repositories that it may pull from. */
  readonly repositories: readonly string[];
  /** The region of the registry. @default - that of the source or the cluster */
  readonly region?: Region;
  /** Whose identity asks for it. @default - `secretSource` of the `defaults` where that is External Secrets, else its operator */
  readonly source?: SecretSource;
}

/** The keys of a login. */
export type EcrTokenKey = 'username' | 'password' | 'proxy_endpoint' | 'expires_at';
export const ECR_KEYS: readonly EcrTokenKey[] = ['username', 'password', 'proxy_endpoint', 'expires_at'];
/** A login is good for 12 hours. */
const ECR_REFRESH = '21600s';

const PASSWORD: KeyTable<PasswordProps<string>> = {
  keys: 'texts',
  length: true,
  digits: true,
  symbols: true,
  symbolCharacters: 'text',
  rotate: true,
};
const ECR: KeyTable<EcrTokenProps> = { repositories: 'texts', region: 'text', source: 'object' };
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

type External = Extract<SourceModel, { kind: 'external' }>;
type Generator = PasswordGenerator | EcrAuthorizationToken;

/** A validated generator. */
export interface GeneratedModel {
  readonly object: (owner: Construct) => Generator['spec'];
  readonly kind: Generator['kind'];
  /** Fields of the ExternalSecret on when it generates. */
  readonly refresh: { readonly refreshPolicy?: 'CreatedOnce'; readonly refreshInterval: string };
  /** Whose identity calls AWS; undefined where nobody does. */
  readonly source?: External;
  readonly statements: readonly SecretStatement[];
}

export function passwordModel(check: Check, props: PasswordProps<string> = {}): GeneratedModel {
  check.keys<PasswordProps<string>>('props', props, PASSWORD);
  const { keys = ['password'], symbols = 0, symbolCharacters, rotate = 'never' } = props;
  checkKeys(check, keys);
  const length = check.integer('length', props.length ?? 32, 12, 128);
  const digits = check.integer('digits', props.digits ?? Math.floor(length / 4), 0, length);
  check.integer('symbols', symbols, 0, length);
  if (digits + symbols > length) {
    check.fail(
      'invalid',
      'symbols',
      `digits and symbols must be at most the length, ${length}, but are ${digits + symbols}`,
      'choose fewer, or a greater length',
    );
  }
  if (symbols > 0 && (symbolCharacters ?? '') === '') {
    check.fail(
      'required',
      'symbolCharacters',
      'symbolCharacters is required with symbols, since not every program takes every symbol',
      "write for example symbolCharacters: '-_.'",
    );
  }
  if (symbols === 0 && symbolCharacters !== undefined) {
    check.fail('forbidden', 'symbolCharacters', 'symbolCharacters must not be set without symbols', 'write symbols: 4');
  }
  const spec: PasswordGenerator['spec'] = {
    length,
    digits,
    symbols,
    ...(symbolCharacters === undefined ? {} : { symbolCharacters }),
    noUpper: false,
    // without repeats there would be at most ten digits
    allowRepeat: true,
    ...(keys.length === 1 && keys[0] === 'password' ? {} : { secretKeys: [...keys] }),
  };
  return {
    kind: 'Password',
    object: () => ({ ...spec, ...(spec.secretKeys ? { secretKeys: [...spec.secretKeys] } : {}) }),
    refresh:
      rotate === 'never'
        ? { refreshPolicy: 'CreatedOnce', refreshInterval: '0s' }
        : { refreshInterval: `${check.seconds('rotate', rotate, DAY)}s` },
    statements: [],
  };
}

export function ecrModel(scope: Construct, check: Check, props: EcrTokenProps): GeneratedModel {
  check.keys<EcrTokenProps>('props', props ?? null, ECR);
  const { repositories, region } = props;
  check.typed('repositories', repositories ?? null, 'texts');
  if (repositories.length === 0) {
    check.fail('invalid', 'repositories', 'repositories must not be empty', 'write the ARN of each repository');
  }
  for (const [i, one] of repositories.entries()) {
    if (!/^arn:[\w-]+:ecr:[\w-]+:\d{12}:repository\/[a-z0-9][\w./*-]*$/.test(one)) {
      check.fail(
        'invalid',
        `repositories[${i}]`,
        `repositories[${i}] must be the ARN of a repository of Amazon ECR, but is ${describe(one)}`,
        "write 'arn:aws:ecr:us-west-2:111122223333:repository/NAME'",
      );
    }
  }
  if (region !== undefined && !isRegion(region)) {
    check.fail('invalid', 'region', `region must be a region of AWS, but is ${describe(region)}`, "write 'us-west-2'");
  }
  const source = namedSource(scope, check, props.source);
  if (source.kind === 'store') {
    check.fail(
      'unsupported',
      'source',
      'source must be SecretSource.externalSecrets(): a login is made by a generator, which has no store',
      'write source: SecretSource.externalSecrets()',
    );
  }
  return {
    kind: 'ECRAuthorizationToken',
    object: (owner) => ({ region: region ?? regionOf(owner, source), ...loginOf(source) }),
    refresh: { refreshInterval: ECR_REFRESH },
    source,
    statements: [
      // works on no resource
      { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
      { actions: PULL, resources: [...repositories] },
    ],
  };
}

/** The generator, and the ExternalSecret that keeps what it makes in a Secret. */
export function generatedSecret(
  owner: Construct,
  model: GeneratedModel,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): KubeObject<ExternalSecret> {
  const labels = () => ({ 'app.kubernetes.io/managed-by': MANAGED_BY });
  const generator = {
    apiVersion: API,
    kind: model.kind,
    metadata: { name, namespace, labels: labels() },
    spec: model.object(owner),
  } as Generator;
  const render = (): ExternalSecret => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: labels() },
    spec: {
      ...model.refresh,
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      dataFrom: [{ sourceRef: { generatorRef: { apiVersion: API, kind: model.kind, name } } }],
    },
  });
  // what the ExternalSecret names is made first
  new KubeObject<Generator>(owner, model.kind, generator, undefined);
  return new KubeObject<ExternalSecret>(owner, 'ExternalSecret', render(), render);
}
