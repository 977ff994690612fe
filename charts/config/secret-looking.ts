import { isSecretNamed, secretIn } from '../../kube/secrets/secret-text';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';

const FIX =
  "refer to it instead: Secret.fromSecretsManager(...).env('key'), or Secret.unsafeLiteral(...) if everyone may read it";

/** Whether `checkLiteral` refuses it. */
export const looksSecret = (name: string, text: string): boolean =>
  isSecretNamed(name, text) || secretIn(text) !== undefined;

/**
 * Refuses a literal that looks like a secret, because manifests are committed. `name` is that of the variable, or ''.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html
 */
export function checkLiteral(check: Check, field: string, name: string, text: string): void {
  if (isSecretNamed(name, text)) {
    check.fail(
      'forbidden',
      field,
      `${field} must not be a literal: by its name it is a secret, and the committed manifests are readable`,
      FIX,
    );
  }
  const kind = secretIn(text);
  if (kind !== undefined) {
    check.fail(
      'forbidden',
      field,
      `${field} must not contain ${kind}, which would be readable in the committed manifests`,
      FIX,
    );
  }
}

/** The same for arguments, where a flag and its value may be two: '--password', 'x'. */
export function checkArguments(check: Check, field: string, words: readonly string[] = []): void {
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    checkLiteral(check, indexPath(field, i), '', word);
    if (next !== undefined && word.startsWith('-') && !word.includes('=')) {
      checkLiteral(check, indexPath(field, i + 1), word, next);
    }
  }
}
