import { remembered } from '../collections';
import { charactersBefore } from '../text';
import { hasPasswordInAddress } from './addresses';
import { assignmentIn } from './assignments';
import { meaningOf } from './names';
import { type SecretKind, tokenIn } from './tokens';
import { isHarmless } from './values';

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
/** The Base64 of '-----BEGIN'. */
const PEM_BASE64 = 'LS0tLS1CRUdJTi';
const REGISTRY_AUTH = /"auths?"\s{0,8}:\s{0,8}"[A-Za-z0-9+/]{8,2000}={0,2}"|"auths"\s{0,8}:\s{0,8}\{/;
const WEBHOOK =
  /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9+/]{20,200}|discord(?:app)?\.com\/api\/webhooks\/\d{10,30}\/[\w-]{20,200}|\.webhook\.office\.com\/webhookb2\/[\w@-]{20,200}|api\.telegram\.org\/bot\d{5,20}:[\w-]{20,100}/;
const AUTHORIZATION = /\b(basic|bearer|token)\s{1,4}([A-Za-z0-9._~+/-]{8,4000})(={0,2})/gi;
/** Passwords without a sign before them, of netrc and Redis. */
const BARE_PASSWORD =
  /\blogin\s{1,4}\S{1,100}\s{1,4}password\s{1,4}[^\s$<{]|(?:^|\n)[ \t]{0,20}(?:requirepass|masterauth)[ \t]{1,8}["']?(?!replace[-_])[^\s"'$<{#]{2}/;
/** The user of curl. */
const CURL_USER = /(?:^|\s)(?:-u|--user)[ =]["']?[\w.@-]{1,64}:[^\s"'$<{:/]{3}/;
/** What a name and its value, or a scheme and what follows it, have between them. */
const SEPARATED = /[\s:=]/;
const SIGNATURE = /[?&;]sig=[A-Za-z0-9%+/]{20,200}|\b(?:AccountKey|SharedAccessKey|SharedSecret)=[A-Za-z0-9+/]{16,200}/;

/** What a text holds that must not be readable, whatever its name; undefined for nothing. */
export function secretIn(text: string): SecretKind | undefined {
  // nothing shorter can be told from a word
  return text.length < 8 ? undefined : secretInLong(text);
}

/** Workloads share many of their texts: levels of logs, addresses of what all of them call. */
const secretInLong = remembered((text): SecretKind | undefined => {
  if (text.includes('PRIVATE KEY') && PRIVATE_KEY.test(text)) {
    return 'a private key';
  }
  if (text.includes(PEM_BASE64) && isPrivateKeyInBase64(text)) {
    return 'a private key';
  }
  if (text.includes('.eyJ') && hasJwt(text)) {
    return 'a JSON web token';
  }
  const token = tokenIn(text);
  if (token !== undefined) {
    return token;
  }
  if (hasPasswordInAddress(text)) {
    return 'an address with a password';
  }
  if (text.includes('/') && WEBHOOK.test(text)) {
    return 'the address of a webhook';
  }
  if (text.includes('"auth"') && REGISTRY_AUTH.test(text)) {
    return 'the login of a registry';
  }
  if (text.includes('=') && SIGNATURE.test(text)) {
    return 'a key of Azure';
  }
  // most texts are one word, which assigns nothing
  if (!SEPARATED.test(text)) {
    return undefined;
  }
  if (hasAuthorization(text)) {
    return 'an Authorization header';
  }
  if (BARE_PASSWORD.test(text) || (text.includes('curl') && CURL_USER.test(text))) {
    return 'a password';
  }
  const name = assignmentIn(text);
  return name === undefined ? undefined : `a value for '${name}'`;
});

/** Whether a value is a secret by its name. */
export function isSecretNamed(name: string, value: string): boolean {
  const meaning = meaningOf(name);
  return meaning !== undefined && !isHarmless(value, meaning);
}

/** A token of three parts, the first two of which are JSON in Base64. */
function hasJwt(text: string): boolean {
  for (let at = text.indexOf('.eyJ'); at >= 0; at = text.indexOf('.eyJ', at + 4)) {
    const head = charactersBefore(text, at, 2000, /[\w-]/);
    if (/^eyJ[\w-]{10}/.test(head) && /^\.eyJ[\w-]{8,4000}\.[\w-]/.test(text.slice(at, at + 4100))) {
      return true;
    }
  }
  return false;
}

function isPrivateKeyInBase64(text: string): boolean {
  for (let at = text.indexOf(PEM_BASE64); at >= 0; at = text.indexOf(PEM_BASE64, at + PEM_BASE64.length)) {
    if (
      Buffer.from(text.slice(at, at + 80), 'base64')
        .toString('latin1')
        .includes('PRIVATE KEY')
    ) {
      return true;
    }
  }
  return false;
}

/** 'Basic' with a user and password, or 'Bearer' with what is random. */
function hasAuthorization(text: string): boolean {
  if (text.search(AUTHORIZATION) < 0) {
    return false;
  }
  for (const [, scheme = '', value = '', padding = ''] of text.matchAll(AUTHORIZATION)) {
    if (scheme.toLowerCase() === 'basic') {
      const decoded = Buffer.from(value + padding, 'base64').toString('latin1');
      if (/^[\x20-\x7e]+:[\x20-\x7e]+$/.test(decoded.slice(0, 300))) {
        return true;
      }
    } else if (value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value) && !/^[\w-]+\.[\w.-]*$/.test(value)) {
      return true;
    }
  }
  return false;
}
