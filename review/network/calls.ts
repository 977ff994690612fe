import type { Service } from '../../imports/kubernetes';
import { addressesIn, type FoundAddress } from '../../kube/addresses-in';
import { isIPv4 } from '../../kube/cidr';
import { entryOf, remembered } from '../../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../../kube/inventory';
import { isUdpScheme } from '../../kube/scheme-ports';
import { madeNamespaces } from '../namespaces';
import { type PodText, podTexts, podTextsLike } from '../pod-texts';
import { SelectablePods } from '../selection';
import { type ServiceObject, servicesByName } from '../services';
import { portNamed } from './allows';

/** An address in a text of a pod, and what it leads to. */
export type Call = {
  readonly pod: PodObject;
  readonly from: PodText;
  readonly address: FoundAddress;
} & (ServiceCall | OtherServiceCall | OutsideCall);

/** A Service of the set and the pods that it selects. */
export interface ServiceCall {
  readonly to: 'service';
  readonly service: InventoryObject;
  readonly pods: readonly PodObject[];
  /** Whether it names one pod of the Service: 'db-0.db-headless'. */
  readonly member: boolean;
  /** Whether its setting holds an address for others, such as a public URL. */
  readonly published: boolean;
  /** The targetPort of the Service for the port of the address. */
  readonly target: number | string | undefined;
  readonly protocol: string;
}

/** The port of a pod that a call leads to; undefined where the address has none. */
export function portOf({ address, target }: Call & ServiceCall, pod: PodObject): number | undefined {
  if (target === undefined) {
    return address.port;
  }
  return Number.isInteger(Number(target)) ? Number(target) : portNamed(pod, String(target));
}

/** A Service that the set does not have. */
export interface OtherServiceCall {
  readonly to: 'other-service';
  readonly namespace: string;
  readonly protocol: string;
}

/** A host outside of the cluster. */
export interface OutsideCall {
  readonly to: 'outside';
  /** Where it is one. */
  readonly ip: string | undefined;
  readonly protocol: string;
}

/** Every address in the texts of a pod that is certain enough to be called. Each is found once, where it stands first. */
export function callsOf(inventory: Inventory, pod: PodObject): readonly Call[] {
  return entryOf(inventory.view(knownCalls), pod, () => findCalls(inventory, pod));
}

const knownCalls = (_inventory: Inventory) => new Map<PodObject, readonly Call[]>();

const NONE: readonly Call[] = [];

function findCalls(inventory: Inventory, pod: PodObject): readonly Call[] {
  const texts = podTextsLike(inventory, pod, mayHoldAddress);
  if (texts.length === 0) {
    return NONE;
  }
  const found = new Map<string, Call>();
  let ports: ReadonlyMap<string, number> | undefined;
  const portsOfTexts = () => {
    ports ??= portVariables(podTexts(inventory, pod));
    return ports;
  };
  for (const from of texts) {
    eachAddress(from, (bare, context) => {
      const address = withPort(bare, from, portsOfTexts);
      const key = `${address.host}:${address.port ?? ''}`;
      const target = found.has(key) ? undefined : targetOf(inventory, pod, address, context);
      if (target) {
        found.set(key, { pod, from, address, ...target });
      }
    });
  }
  return found.size === 0 ? NONE : [...found.values()];
}

/** DB_PORT=5432, by 'DB'. */
function portVariables(texts: readonly PodText[]): ReadonlyMap<string, number> {
  return new Map(
    texts.flatMap(({ kind, name, text }) => {
      const [, prefix] = (kind === 'variable' && /^([\w.-]{0,60}[_.-])?PORT$/i.exec(name)) || [];
      return prefix !== undefined && /^\d{1,5}$/.test(text) ? [[prefix, Number(text)] as const] : [];
    }),
  );
}

/** DB_HOST has its port in DB_PORT. */
function withPort(
  address: FoundAddress,
  { kind, name, text }: PodText,
  ports: () => ReadonlyMap<string, number>,
): FoundAddress {
  if (address.port !== undefined || address.text !== text) {
    return address;
  }
  const [, prefix] =
    (kind === 'variable' && /^([\w.-]{0,60}[_.-])(HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i.exec(name)) || [];
  const port = prefix === undefined ? undefined : ports().get(prefix);
  return port === undefined ? address : { ...address, text: `${address.text}:${port}`, port, certain: true };
}

/** What the place of an address says of it. */
interface Context {
  /** The variable, key or flag whose whole value it is; undefined within a longer text. */
  readonly name: string | undefined;
  readonly isFile: boolean;
}

/** Texts that are read by people, or hold no settings. */
const DOCUMENT =
  /\.(md|markdown|html?|rst|adoc|xsd|dtd|xsl|svg|css|pem|crt|sql|tmpl|tpl|lua)$|^(readme|license|notice|changelog)/i;
const COMMENT = /^\s*(#|\/\/|;|<!--|\*|--|%)/;
/** One setting of a file: `key = value`, `key: value`, `"key": "value"`. */
const SETTING = /^\s{0,80}["']?([\w.-]{1,100})["']?\s{0,20}[:=]\s{0,20}["']?([^\s"']{1,2000})["']?,?\s*$/;

/** What an address has, or the setting that holds a single word as one; most texts have neither. */
const HINT =
  /:\/\/|:\d|\.svc|host|server|addr|endpoint|ur[li]|broker|bootstrap|upstream|backend|sentinel|node|dsn|target|remote|proxy/i;

type VisitAddress = (address: FoundAddress, context: Context) => void;

// pods have variables of the same few names
const isHint = remembered((name) => HINT.test(name));
const mayHoldAddress = (text: string, name: string): boolean => isHint(name) || HINT.test(text);

function eachAddress({ text, kind, name }: PodText, visit: VisitAddress): void {
  if (kind !== 'file' && !text.includes('\n')) {
    const value = kind === 'argument' && name !== '' ? text.slice(text.indexOf('=') + 1) : text;
    inText(value, name, false, visit);
  } else if (!DOCUMENT.test(name)) {
    for (const line of text.split('\n')) {
      if (HINT.test(line) && !COMMENT.test(line) && line.length < 20_000) {
        const [, key, value] = SETTING.exec(line) ?? [];
        inText(key === undefined ? line : value!, key, true, visit);
      }
    }
  }
}

function inText(text: string, name: string | undefined, isFile: boolean, visit: VisitAddress): void {
  // a list of addresses is a whole value, too
  const whole = /^[^\s"'<>{}]*$/.test(text);
  for (const address of addressesIn(text)) {
    visit(address, { name: whole ? name : undefined, isFile });
  }
}

/** Names of settings that hold a host: DB_HOST, --upstream. */
const HOST_NAME =
  /(^|[^a-z])(host|hosts|hostname|server|servers|addr|address|addresses|endpoint|endpoints|url|uri|broker|brokers|bootstrap|upstream|upstreams|backend|backends|sentinel|sentinels|node|nodes|dsn|target|remote|proxy)s?([^a-z]|$)/;
/** Addresses that a program tells others, or compares with, rather than calls. */
const NOT_CALLED =
  /(^|[^a-z])(origin|origins|cors|redirect|callback|public|external|allowed|domain|domains|audience|schema|xmlns|docs|homepage|link|root|advertised|advertise|listen|listener|listeners|bind|self|canonical|base|frontend|logout|issuer|namespace|version|image|website|site)([^a-z]|$)/;

/** What looks like an address with a port, and is an image with its tag. */
const IMAGE_NAME = /(^|[^a-z])(image|images|version|tag)([^a-z]|$)/;

const isHostName = remembered((name) => HOST_NAME.test(words(name)));
const isNotCalled = remembered((name) => NOT_CALLED.test(words(name)));
const isImageName = remembered((name) => IMAGE_NAME.test(words(name)));

function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

function targetOf(
  inventory: Inventory,
  pod: PodObject,
  address: FoundAddress,
  { name, isFile }: Context,
): ServiceCall | OtherServiceCall | OutsideCall | undefined {
  const { host, certain, scheme } = address;
  const protocol = isUdpScheme(scheme) ? 'UDP' : 'TCP';
  const isHost = () => name !== undefined && isHostName(name);
  const parts = host.split('.');
  const svc = parts.indexOf('svc');
  const service = serviceNamed(inventory, pod.namespace, parts, svc);
  if (service && name !== undefined && isImageName(name)) {
    return undefined;
  }
  if (service) {
    // a single word may mean anything, unless its place or its port says that it is a host
    const published = name !== undefined && isNotCalled(name);
    return certain || svc > 0 || isHost() ? serviceCall(inventory, service, address, parts, published) : undefined;
  }
  if (svc > 0) {
    const namespace = parts[svc - 1]!;
    return svc > 1 && parts[svc - 2] !== 'kubernetes' ? { to: 'other-service', namespace, protocol } : undefined;
  }
  return isCalledOutside(inventory, address, parts) && (!isFile || isHost()) && !(name && isNotCalled(name))
    ? { to: 'outside', ip: isIPv4(host) ? host : undefined, protocol }
    : undefined;
}

/** Hosts of every machine, of documentation and of schemas. */
const LOCAL = /^(localhost|.*\.localhost|.*\.local|.*\.internal|0\.0\.0\.0|127\..*|169\.254\..*|\[.*\])$/;
const SCHEMA =
  /(^|\.)(w3\.org|xmlsoap\.org|json-schema\.org|xml\.apache\.org|java\.sun\.com|xmlns\.jcp\.org|springframework\.org|purl\.org|schemastore\.org)$/;

function isCalledOutside(
  inventory: Inventory,
  { host, certain, port, scheme }: FoundAddress,
  parts: readonly string[],
): boolean {
  if (!certain || port === undefined || LOCAL.test(host) || SCHEMA.test(host) || host.startsWith('schemas.')) {
    return false;
  }
  // a name of the set's own namespaces, whose Service is missing, is another mistake
  if (parts.length < 2 || madeNamespaces(inventory).has(parts[1]!) || inventory.view(ingressHosts).has(host)) {
    return false;
  }
  return isIPv4(host) ? scheme !== undefined || port > 1023 || port === 443 : /^[a-z]{2,}$/.test(parts.at(-1)!);
}

/** The names under which the set itself is called from outside. */
const ingressHosts = (inventory: Inventory): ReadonlySet<string> =>
  new Set(
    inventory.ofKind('Ingress', 'networking.k8s.io').flatMap(({ manifest }) => {
      const { rules = [] } = (manifest.spec ?? {}) as { readonly rules?: readonly { readonly host?: string }[] };
      return rules.flatMap(({ host }) => host ?? []);
    }),
  );

/** 'db', 'db.shop', 'db.shop.svc...', and the member 'db-0.db-members' in front of each. */
function serviceNamed(
  inventory: Inventory,
  own: string,
  parts: readonly string[],
  svc: number,
): ServiceObject | undefined {
  const services = servicesByName(inventory);
  if (svc > 0) {
    return svc > 1 ? services.named(parts[svc - 1]!, parts[svc - 2]!) : undefined;
  }
  const [first = '', second = '', third] = parts;
  switch (parts.length) {
    case 1:
      return services.named(own, first);
    case 2:
      return services.named(second, first) ?? headless(services.named(own, second));
    case 3:
      return headless(services.named(third!, second));
    default:
      return undefined;
  }
}

function headless(service: ServiceObject | undefined): ServiceObject | undefined {
  return service?.manifest.spec?.clusterIP === 'None' ? service : undefined;
}

function serviceCall(
  inventory: Inventory,
  service: ServiceObject,
  { port, scheme }: FoundAddress,
  parts: readonly string[],
  published: boolean,
): ServiceCall | undefined {
  const { spec } = service.manifest as unknown as Partial<Service>;
  if (!spec?.selector || spec.type === 'ExternalName') {
    return undefined;
  }
  // labels that members get at run time, such as that of a primary, are taken as given
  const pods = service.selector ? service.pods : SelectablePods.of(inventory).in(service.namespace);
  const known = spec.ports?.find((p) => p.port === port);
  const target = spec.clusterIP === 'None' ? undefined : known?.targetPort;
  return {
    to: 'service',
    service,
    pods,
    member: parts.indexOf(service.manifest.metadata.name) > 0,
    published,
    protocol: known?.protocol ?? (isUdpScheme(scheme) ? 'UDP' : 'TCP'),
    target,
  };
}
