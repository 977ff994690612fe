import type { Construct } from 'constructs';
import { type Requirement, Requirements } from '../core/requirements';
import { type AwsSecret, DRIVER_CONFIGURATION, operatorStatements, SECRETS_STORE } from './aws-secret';
import type { GeneratedModel } from './generated-secret';
import type { SealedSecretProps } from './sealed-secret';
import { operatorRequirements } from './secret-operator';
import type { SecretSource, SourceModel } from './secret-source';
import { awsStep, existingStep } from './secret-steps';

import { type SopsProps, sopsStep } from './sops-secret';

/** Where the Secret comes from. */
export type SecretOrigin =
  | { readonly kind: 'aws'; readonly secret: AwsSecret; readonly source: SecretSource | undefined }
  | { readonly kind: 'existing' }
  | { readonly kind: 'generated'; readonly model: GeneratedModel }
  | { readonly kind: 'sealed'; readonly props: SealedSecretProps<string> }
  | { readonly kind: 'sops'; readonly props: SopsProps<string> };

/** What brings the value into the cluster. */
export type SecretBringer = 'driver' | 'external' | Exclude<SecretOrigin['kind'], 'aws'>;

export function bringerOf(origin: SecretOrigin, by: SourceModel): SecretBringer {
  return origin.kind !== 'aws' ? origin.kind : by.kind === 'driver' ? 'driver' : 'external';
}

interface Model {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly origin: SecretOrigin;
  readonly by: SourceModel;
}

/** What a Secret needs of the cluster, and of people. */
export function secretRequirements(secret: Construct, { namespace, name, keys, origin, by }: Model): Requirement[] {
  const { path } = secret.node;
  switch (origin.kind) {
    case 'existing':
      return [existingStep(secret, { namespace, name, keys })];
    case 'sealed':
      return [Requirements.api('bitnami.com/v1alpha1/SealedSecret', { because: `secret '${path}' is sealed` })];
    case 'sops':
      return [sopsStep(secret, origin.props.file, namespace, name)];
    case 'generated': {
      const { source, statements } = origin.model;
      return source
        ? operatorRequirements(secret, source, () => statements)
        : [Requirements.api('external-secrets.io/v1/ExternalSecret', { because: `secret '${path}' is generated` })];
    }
    case 'aws': {
      const { secret: source } = origin;
      if (by.kind !== 'driver') {
        const own = operatorRequirements(secret, by, (region) => operatorStatements(source, region));
        return [...own, awsStep(secret, source, namespace)];
      }
      const because = `secret '${path}' is mounted by the Secrets Store CSI driver`;
      return [
        Requirements.configuredAddon({ name: SECRETS_STORE, configuration: DRIVER_CONFIGURATION }, { because }),
        awsStep(secret, source, namespace),
      ];
    }
  }
}
