import type { IConstruct } from 'constructs';
import type { Region } from '../../eks/values';

/** Where the value of a key is. */
export interface SecretKeySource {
  /** The construct of the secret. */
  readonly secret: IConstruct & { readonly namespace: string };
  /** The name of the Kubernetes Secret. */
  readonly secretName: string;
  readonly key: string;
  /** The secret of AWS that it comes from; undefined for a Kubernetes Secret that exists. */
  readonly aws: AwsSecretKey | undefined;
}
/** A value in AWS. */
export interface AwsSecretKey {
  readonly service: 'secretsmanager' | 'ssm';
  /** Name or ARN. */
  readonly name: string;
  /** The key of the JSON object; undefined if the value is one string. */
  readonly jsonKey: string | undefined;
  /** The permissions to read it. */
  readonly statements: (region: Region | undefined) => readonly {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

/** One key of a secret, for what reads the secret itself, such as KEDA. Created by `Secret.key`. */
export class SecretKey {
  /** @internal */
  static from(source: SecretKeySource): SecretKey {
    return new SecretKey(source);
  }

  private constructor(
    /** @internal */
    readonly source: SecretKeySource,
  ) {}
}
