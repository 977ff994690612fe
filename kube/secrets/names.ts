import { remembered } from '../collections';

/** A word that is a secret by itself; also at the end of a longer one: PGPASSWORD. */
const ENDS = /(password|passwd|passphrase|passcode|apikey|secret|credentials?|(?<!csrf|xsrf)token)$/;
const WORDS = new Set([
  'pwd',
  'pw',
  'pass',
  'creds',
  'cred',
  'cookie',
  'salt',
  'pepper',
  'passwords',
  'secretkey',
  'authtoken',
]);
/** What makes a secret of a 'key' behind it: SECRET_KEY, but not PARTITION_KEY. */
const KEYS = new Set(
  'access account admin aes api app application auth cipher client crypt crypto decryption deploy encrypt encryption hash hmac host integration jwt license licence master private secret service session shared signing ssh storage subscription webhook write'.split(
    ' ',
  ),
);
/** What may follow without changing the meaning: PASSWORD_1, SECRET_KEY_BASE. */
const SUFFIX =
  /^(v?\d+|prod|production|dev|development|stag(e|ing)|test|testing|qa|uat|live|base|base64|b64|hex|old|new|next|current|previous|primary|secondary|value|plain|plaintext|text|raw|string|[a-z]{2,4}\d+)$/;
/** A setting about secrets, not one: MIN_PASSWORD, REQUIRE_TOKEN, checksum/secret. */
const SETTING = new Set(
  'allow allows change checksum disable disabled enable enabled expire expired forgot has hash hashed is max maximum min minimum need needs no num number public pub require required requires reset rotate show skip use uses validate verify with without sha sha256 digest version revision'.split(
    ' ',
  ),
);

/** Behind these 'SECRET' is the secret itself, not the name of an object: CLIENT_SECRET, but not DB_SECRET. */
const OWNERS = new Set(
  'access api app auth client consumer hmac jwt nextauth oauth oauth2 session shared signing webhook'.split(' '),
);

/** Behind these it is the name of an object: PULL_SECRET, TLS_SECRET. */
const OBJECTS = new Set('ca cert certificate docker image kubernetes pull registry tls'.split(' '));

/** How much the name of a value says. */
export type NameMeaning = 'password' | 'secret' | 'cookie' | 'access key';

/**
 * Whether the name of a variable, key, annotation or flag says that its value is a secret, and what kind: only a cookie
 * or a secret may also be the name of one.
 */
export const meaningOf = remembered((name): NameMeaning | undefined => {
  if (name.length > 200) {
    return undefined;
  }
  const words = wordsOf(name);
  while (words.length > 1 && SUFFIX.test(words.at(-1)!)) {
    words.pop();
  }
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  // the working directory of a shell
  if (words.length === 1 && last === 'pwd') {
    return undefined;
  }
  const secret = ENDS.test(last) || WORDS.has(last) || (last === 'key' && KEYS.has(before));
  const settings = words.slice(0, last === 'key' || last === 'salt' ? -2 : -1);
  if (!secret || settings.some((word) => SETTING.has(word))) {
    return undefined;
  }
  if (last === 'key' && before === 'access') {
    return 'access key';
  }
  if (last === 'cookie') {
    return before === 'erlang' ? 'password' : 'cookie';
  }
  if (last === 'secret' && OBJECTS.has(before)) {
    return undefined;
  }
  if (last === 'secret' && OWNERS.has(before)) {
    return 'password';
  }
  return /^(secret|token|credentials?|creds?)$/.test(last) || /^(salt|pepper)$/.test(last) ? 'secret' : 'password';
});

/** 'dbPassword' and 'DB_PASSWORD' as the same words; without the domain of an annotation. */
function wordsOf(name: string): string[] {
  return name
    .replace(/^[a-z0-9-]+\.[a-z0-9.-]+\//i, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
