import type { IConstruct } from 'constructs';
import { isSecretNamed, secretIn } from '../../kube/secrets/secret-text';
import { type EnvReference, referencesOf } from '../config/env-reference';
import { checkArguments } from '../config/secret-looking';
import type { Check } from '../core/check';
import { addCheck } from '../core/checks';
import type { PodProps } from './pod-props';

/** Refuses secrets in commands, and warns about those in variables that the user has confirmed. */
export function checkLiterals(
  construct: IConstruct,
  check: Check,
  props: Pick<PodProps<never>, 'command' | 'args'>,
  references: readonly EnvReference[],
): void {
  checkArguments(check, 'command', props.command);
  checkArguments(check, 'args', props.args);
  if (references.length === 0) {
    return;
  }
  // what looks like a secret is found in the manifest
  const unsafe = referencesOf(references, 'unsafe').flatMap(({ name, source: { value } }) =>
    isSecretNamed(name, value) || secretIn(value) !== undefined ? [] : [name],
  );
  if (unsafe.length > 0) {
    addCheck(construct, (report) =>
      report({
        rule: 'secrets/literal',
        severity: 'warning',
        field: 'env',
        message: `the secret literal of ${unsafe.join(', ')} is readable in the manifests`,
        fix: 'reference a secret of AWS Secrets Manager or Parameter Store',
      }),
    );
  }
}
