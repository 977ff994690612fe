import { SCHEME_PORTS } from './scheme-ports';

/** An address of another program in a text. */
export interface FoundAddress {
  /** As it stands in the text: 'db:5432', without user and path. */
  readonly text: string;
  /** In lowercase. */
  readonly host: string;
  /** undefined where neither the text nor the scheme says it. */
  readonly port: number | undefined;
  readonly scheme: string | undefined;
  /** Whether host and port, or a scheme, make it an address whatever the host. */
  readonly certain: boolean;
}

/** What separates words in settings, lists, JSON and configuration files. */
const SEPARATOR = /[\s,;|"'`()<>{}=]+/;
/** Replaced later by the kubelet, a shell or a template. */
const INSERTED = /\$\([\w.-]{1,200}\)|\$\{[^}]{0,200}\}|\{\{[^}]{0,200}\}\}|\$[A-Za-z_]\w{0,100}|%\w{0,3}s/g;
const HOST = /^(\[[0-9a-f:.]{2,60}\]|[a-z0-9_][a-z0-9_.-]{0,253})(?::(\d{1,5}))?(?:[/?#]|$)/i;
/** A path that ends in a tag or a digest belongs to an image. */
const IMAGE = /\/.*(:[\w.-]{1,128}|@sha256:[0-9a-f]{64})$/;
const LONGEST = 2000;

/** Every address in a text: URLs, 'host:port', and single words that may be names of hosts. Linear in the text. */
export function addressesIn(text: string): readonly FoundAddress[] {
  const found: FoundAddress[] = [];
  const bare = /[$%]|\{\{/.test(text) ? text.replace(INSERTED, '\0') : text;
  for (const word of bare.split(SEPARATOR)) {
    const address = word.length > 1 && word.length <= LONGEST ? parseAddress(word) : undefined;
    if (address) {
      found.push(address);
    }
  }
  return found;
}

function parseAddress(word: string): FoundAddress | undefined {
  const mark = word.indexOf('://');
  const scheme = mark < 0 ? undefined : /[a-z][a-z0-9+.-]{0,30}$/i.exec(word.slice(Math.max(0, mark - 31), mark))?.[0];
  if (mark >= 0 && scheme === undefined) {
    return undefined;
  }
  const rest = mark < 0 ? word : word.slice(mark + 3);
  const at = rest.includes('@') ? (/^[^/?#]*/.exec(rest)?.[0] ?? '').lastIndexOf('@') : -1;
  const place = rest.slice(at + 1);
  const match = HOST.exec(place);
  // a user without a scheme is an address of mail, or a part of a longer one
  if (!match || (mark < 0 && IMAGE.test(place))) {
    return undefined;
  }
  const [, name = '', digits] = match;
  const host = name.toLowerCase().replace(/\.$/, '');
  const known = scheme === undefined ? undefined : schemePort(scheme.toLowerCase());
  const port = digits === undefined ? known : Number(digits);
  if (port !== undefined && (port < 1 || port > 65535)) {
    return undefined;
  }
  return {
    text: digits === undefined ? name : `${name}:${digits}`,
    host,
    port,
    scheme: scheme?.toLowerCase(),
    certain: digits !== undefined || known !== undefined,
  };
}

/** 'postgresql+asyncpg' and 'mongodb+srv' are told by their first part. */
function schemePort(scheme: string): number | undefined {
  if (Object.hasOwn(SCHEME_PORTS, scheme)) {
    return SCHEME_PORTS[scheme];
  }
  const [first = ''] = scheme.split('+');
  return Object.hasOwn(SCHEME_PORTS, first) ? SCHEME_PORTS[first] : undefined;
}
