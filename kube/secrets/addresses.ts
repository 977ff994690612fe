import { charactersBefore } from '../text';

/** Longer than any user and password. */
const MOST = 600;
const END = /[\s"'`<>\\|,()]/;
/** What is inserted later, in any number. */
const INSERTED =
  /\$\([\w.-]{1,200}\)|\$\{[^}]{0,200}\}|\$[A-Z_][A-Z0-9_]*(?![a-z])|\{\{[^}]{0,200}\}\}|<[^<>]{0,200}>|\{[\w.-]{1,100}\}|%[sv]/g;

/** Whether a text holds an address with a password or a token before its host: 'postgres://app:x@db'. */
export function hasPasswordInAddress(text: string): boolean {
  if (!text.includes('@')) {
    return false;
  }
  let sign = 0;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    sign = sign > at ? sign : text.indexOf('@', at);
    if (sign < 0) {
      break;
    }
    if (sign - at > MOST) {
      continue;
    }
    // template marks hold blanks, quotes and brackets, which end an address elsewhere
    const rest = text.slice(at + 3, at + 3 + MOST).replace(INSERTED, '$()');
    if (/[a-z0-9]$/i.test(text.slice(Math.max(0, at - 1), at)) && isSecretUser(rest.replaceAll('$()', '\0'))) {
      return true;
    }
  }
  return hasDsn(text);
}

/** What stands between '://' and the path. '\0' is inserted later. */
function isSecretUser(rest: string): boolean {
  const end = rest.search(END);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  if (at < 0) {
    return false;
  }
  const colon = authority.indexOf(':');
  const slash = authority.indexOf('/');
  if (colon < 0 || colon > at) {
    return (slash < 0 || slash > at) && isToken(authority.slice(0, at), authority.slice(at + 1));
  }
  // a path before the colon, or a port behind it: 'http://host:80/a@b'
  if ((slash >= 0 && slash < colon) || (slash >= 0 && slash < at && /^\d*$/.test(authority.slice(colon + 1, slash)))) {
    return false;
  }
  const password = authority.slice(colon + 1, at);
  return password.replaceAll('\0', '') !== '' && !/^(x+|\*+|\.+|password|pass|pwd)$/i.test(password);
}

/** A long random user is a token; that of an error tracker is public. */
function isToken(user: string, host: string): boolean {
  return (
    user.length >= 20 &&
    /^[\w-]+$/.test(user) &&
    /\d/.test(user) &&
    /[a-z]/i.test(user) &&
    !host.includes('sentry') &&
    !/[-_][a-z]+[-_]/.test(user)
  );
}

/** 'app:x@tcp(db:3306)/shop', the form of Go's driver of MySQL. */
function hasDsn(text: string): boolean {
  if (!text.includes('@')) {
    return false;
  }
  for (const { index } of text.matchAll(/@(?:tcp|unix|udp)6?\(/g)) {
    const before = charactersBefore(text, index, 200, /[^\s"'`@()]/);
    const colon = before.indexOf(':');
    if (colon > 0 && before.slice(colon + 1).replace(INSERTED, '') !== '') {
      return true;
    }
  }
  return false;
}
