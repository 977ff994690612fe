import type { Check } from '../core/check';

/** Names of variables that are secrets. */
const NAME =
  /(password|passwd|passphrase|(^|[_.-])(pwd|pass|secret|token|credentials?|(api|access|private|secret|signing|auth|encryption|master)[_-]?key|cookie))$/i;
/** Values that are switches, such as that of ALLOW_EMPTY_PASSWORD. */
const SWITCH = /^(|true|false|yes|no|on|off|0|1)$/i;
/** Values that are secrets under any name. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key'],
  // looks back from the first dot: a search ahead from each 'eyJ' would take quadratic time
  [/\.(?<=\beyJ[\w-]{10,}\.)eyJ[\w-]{10,}\.[\w-]/, 'a JSON web token'],
  [/\b(ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}/, 'a GitHub token'],
  [/[a-z0-9]:\/\/[^\s/:@]*:[^\s/@$]+@/i, 'an address with a password'],
];
const FIX =
  "refer to it instead: Secret.fromSecretsManager(...).env('key'), or Secret.unsafeLiteral(...) if everyone may read it";

/**
 * Refuses a literal that looks like a secret, because manifests are committed. `name` is that of the variable, or ''.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html
 */
export function checkLiteral(check: Check, field: string, name: string, text: string): void {
  if (!SWITCH.test(text) && NAME.test(name) && !text.startsWith('/')) {
    check.fail(
      'forbidden',
      field,
      `${field} must not be a literal: by its name it is a secret, and the committed manifests are readable`,
      FIX,
    );
  }
  for (const [pattern, kind] of VALUES) {
    if (pattern.test(text)) {
      check.fail(
        'forbidden',
        field,
        `${field} must not contain ${kind}, which would be readable in the committed manifests`,
        FIX,
      );
    }
  }
}
