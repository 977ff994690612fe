import type { Manifest } from './programs';

/** A name under which a secret would stand; a name that ends in one of the last words is a reference to it. */
const SECRET_NAME = /passw(?:or)?d|passphrase|secret|token|credential|api[-_]?key|private[-_]?key|cookie/i;
const REFERENCE = /(?:reloader\.stakater\.com\/reload|_FILE|_PATH|_NAME|_ARN|_URL|Name|Ref|Class|-from-secret)$/;

/** Texts that are a secret whatever their name: key ids of AWS, PEM blocks, tokens, credentials in an address. */
const SECRET_VALUE = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/,
  /\bgh[pousr]_\w{36,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@$]+:[^\s/@$]+@/i,
  // `password=x`, unless the value is taken from the environment or from a file; `:secret:` is part of an ARN, and
  // `PASSWORD :'x'` of a role names a variable of psql
  /(?<!:)(?!(?<=\b(?:create|alter)[ \t]+(?:role|user)\b[^;]*)password[ \t]+:'[a-z_]+')\b(?:password|passwd|pwd|secret|token)\s*[=:]\s*["']?[^\s"'$<{][^\s"']{3,}/i,
];

/** Where secret-looking text stands in a manifest. */
export function secretsIn(manifest: Manifest): string[] {
  const found: string[] = manifest?.kind === 'Secret' ? ['is a Secret'] : [];
  const walk = (value: Manifest, at: string): void => {
    if (typeof value === 'string') {
      for (const pattern of SECRET_VALUE) {
        if (pattern.test(value)) {
          found.push(`${at} matches ${pattern}`);
        }
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, i) => {
        walk(item, `${at}/${i}`);
      });
    } else if (typeof value === 'object' && value !== null) {
      // a variable of a container: the name says what the value is
      if (typeof value.name === 'string' && typeof value.value === 'string') {
        named(value.name, value.value, at);
      }
      for (const [key, inner] of Object.entries(value)) {
        if ((/\/(?:data|stringData|annotations)$/.test(at) || key === 'stringData') && typeof inner === 'string') {
          named(key, inner, at);
        }
        walk(inner, `${at}/${key}`);
      }
    }
  };
  const named = (name: string, value: string, at: string): void => {
    if (SECRET_NAME.test(name) && !REFERENCE.test(name) && value !== '' && !/^[/$]/.test(value)) {
      found.push(`${at} holds a literal named ${name}`);
    }
  };
  walk(manifest, '');
  return found;
}
