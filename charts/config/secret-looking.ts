import type { Check } from '../core/check';

/** Names of variables that hold a secret. */
const NAME =
  /(password|passwd|passphrase|(^|[_.-])(pwd|pass|secret|token|credentials?|(api|access|private|secret|signing|auth|encryption|master)[_-]?key|cookie))$/i;
/** Values that hold nothing, such as that of ALLOW_EMPTY_PASSWORD. */
const SWITCH = /^(|true|false|yes|no|on|off|0|1)$/i;
/** Values that are secrets whatever their name. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key'],
  // looks back from the first dot: from each 'eyJ' ahead, a long text of them would be read again and again
  [/\.(?<=\beyJ[\w-]{10,}\.)eyJ[\w-]{10,}\.[\w-]/, 'a JSON web token'],
  [/\b(ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}/, 'a GitHub token'],
  [/[a-z0-9]:\/\/[^\s/:@]*:[^\s/@$]+@/i, 'an address with a password'],
];
const FIX =
  "refer to it instead: Secret.fromSecretsManager(...).env('key'), or Secret.unsafeLiteral(...) if everyone may read it";

/** Refuses a literal that looks like a secret: what stands in a manifest is committed. */
export function checkLiteral(check: Check, what: string, name: string, text: string): void {
  if (!SWITCH.test(text) && NAME.test(name) && !text.startsWith('/')) {
    check.fail(`${what} looks like a secret and would be readable in the committed manifests`, FIX);
  }
  for (const [pattern, kind] of VALUES) {
    if (pattern.test(text)) {
      check.fail(`${what} contains ${kind}, which would be readable in the committed manifests`, FIX);
    }
  }
}
