import type { IConstruct } from 'constructs';
import { indexPath } from '../../kube/text';
import type { EnvModel } from '../config/env';
import { referencesOf } from '../config/env-reference';
import { checkLiteral } from '../config/secret-looking';
import type { Check } from '../core/check';
import { addCheck } from '../core/checks';
import type { PodProps } from './pod-props';

/** Refuses secrets in commands, and warns about those in variables that the user has confirmed. */
export function checkLiterals(
  construct: IConstruct,
  check: Check,
  props: Pick<PodProps<never>, 'command' | 'args'>,
  env: EnvModel,
): void {
  for (const field of ['command', 'args'] as const) {
    for (const [i, text] of (props[field] ?? []).entries()) {
      checkLiteral(check, indexPath(field, i), '', text);
    }
  }
  const unsafe = referencesOf(env.references, 'unsafe').map(({ name }) => name);
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
