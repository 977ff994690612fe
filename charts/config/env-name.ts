import { isEnvName } from '../../kube/names';
import { keyPath } from '../../kube/text';
import type { Check } from '../core/check';

/**
 * Refuses a name that a variable cannot have.
 *
 * @param field the prop whose keys are names
 */
export function checkEnvName(check: Check, field: 'data' | 'env', name: string, fix: string): void {
  if (!isEnvName(name)) {
    check.fail(
      'invalid',
      keyPath(field, name),
      `invalid key '${name}' in ${field}: the name of a variable must be letters, digits, '_', '-' and '.', and not begin with a digit`,
      fix,
    );
  }
}
