import { parseJson } from '../eks/annotation-values';
import { ALB_CONTROLLER } from '../eks/compute-modes';
import { ALB_PREFIX } from '../eks/load-balancer-annotations';
import type { Ingress, IngressRule } from '../imports/kubernetes';
import { addTo, remembered } from '../kube/collections';
import type { Inventory, InventoryObject } from '../kube/inventory';

export const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';
/** The name that the charts of the controller give to its class. */
export const USUAL_CLASS = 'alb';

/** The fields of IngressClassParams that stand above annotations. */
const PARAMS: Readonly<Record<string, string>> = {
  scheme: 'scheme',
  'ip-address-type': 'ipAddressType',
  'inbound-cidrs': 'inboundCIDRs',
  'ssl-policy': 'sslPolicy',
  'load-balancer-attributes': 'loadBalancerAttributes',
  'certificate-arn': 'certificateARNs',
  'target-type': 'targetType',
  'load-balancer-name': 'loadBalancerName',
  'minimum-load-balancer-capacity': 'minimumLoadBalancerCapacity',
  'ipam-ipv4-pool-id': 'ipamConfiguration',
  'security-group-prefix-lists': 'prefixListsIDs',
  subnets: 'subnets',
  tags: 'tags',
};

/** An Ingress that becomes an Application Load Balancer, or a part of one. */
export interface AlbIngress {
  readonly object: InventoryObject;
  readonly rules: readonly IngressRule[];
  /** The load balancer that it shares; undefined for one of its own. */
  readonly group: string | undefined;
  /** `group.order` as it is given. */
  readonly order: number | undefined;
  /** 'internal' or 'internet-facing'; undefined where the controller's own default decides, which is the first. */
  readonly scheme: string | undefined;
  /** 'ip' or 'instance'; undefined where the controller's own default decides. */
  readonly targetType: string | undefined;
  /** What an annotation says; undefined where it does not, or where the IngressClassParams overrule it. */
  readonly setting: (name: string) => string | undefined;
  /** Whether the IngressClassParams decide a setting. */
  readonly overruled: (name: string) => boolean;
  /** Whether an annotation has conditions of a backend. */
  readonly hasConditions: boolean;
  /** The ports of its load balancer, as the controller reads or supposes them. */
  readonly ports: readonly ListenPort[];
}

interface ClassFacts {
  readonly alb: boolean;
  readonly auto: boolean;
  readonly params: Params;
  /** Whether the IngressClassParams decide a setting. */
  readonly overruled: (name: string) => boolean;
}

type Params = Readonly<Record<string, unknown>>;

/** Ingresses of load balancers, by the load balancer, in the order in which the controller makes their rules. */
export function albGroups(inventory: Inventory): readonly (readonly AlbIngress[])[] {
  return inventory.view(groupsOf);
}

/** Every Ingress that becomes an Application Load Balancer. */
export function albIngresses(inventory: Inventory): readonly AlbIngress[] {
  return inventory.view(ingressesOf);
}

/** The name of the class of an Ingress: the annotation stands above the field. */
export function classNameOf({ manifest }: InventoryObject): string | undefined {
  const { spec } = manifest as unknown as Partial<Ingress>;
  return manifest.metadata.annotations?.['kubernetes.io/ingress.class'] ?? spec?.ingressClassName;
}

/** A port of a load balancer, and its protocol. */
export type ListenPort = readonly [port: number, protocol: string];

const PLAIN: readonly ListenPort[] = [[80, 'HTTP']];
const SECURE: readonly ListenPort[] = [[443, 'HTTPS']];

function listenPorts({ setting, overruled }: Pick<AlbIngress, 'setting' | 'overruled'>): readonly ListenPort[] {
  const given = setting('listen-ports');
  return given === undefined
    ? setting('certificate-arn') !== undefined || overruled('certificate-arn')
      ? SECURE
      : PLAIN
    : parsePorts(given);
}

const parsePorts = remembered((text): readonly ListenPort[] => {
  const list = parseJson(text);
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((entry) =>
    Object.entries(typeof entry === 'object' && entry !== null ? entry : {}).flatMap(
      ([protocol, port]): ListenPort[] => (typeof port === 'number' ? [[port, protocol]] : []),
    ),
  );
});

/** Whether a load balancer has a listener for HTTPS. */
export const isSecure = ({ ports }: AlbIngress): boolean => ports.some(([, protocol]) => protocol === 'HTTPS');

function groupsOf(inventory: Inventory): readonly (readonly AlbIngress[])[] {
  const groups = new Map<string, AlbIngress[]>();
  for (const ingress of albIngresses(inventory)) {
    const { group, object } = ingress;
    addTo(groups, group ?? `${object.namespace}/${object.manifest.metadata.name}`, ingress);
  }
  const nameOf = ({ object }: AlbIngress) => `${object.namespace}/${object.manifest.metadata.name}`;
  return [...groups.values()].map((members) =>
    members.length < 2
      ? members
      : members.sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (nameOf(a) < nameOf(b) ? -1 : 1)),
  );
}

/** Of the AWS Load Balancer Controller, and of EKS Auto Mode. */
const PARAMS_GROUPS = ['elbv2.k8s.aws', 'eks.amazonaws.com'];

function ingressesOf(inventory: Inventory): readonly AlbIngress[] {
  const params = new Map(
    PARAMS_GROUPS.flatMap((group) =>
      inventory
        .ofKind('IngressClassParams', group)
        .map(({ manifest }) => [manifest.metadata.name, manifest.spec ?? {}] as const),
    ),
  );
  const classes = new Map<string, ClassFacts>();
  let fallback: string | undefined;
  for (const { manifest } of inventory.ofKind('IngressClass', 'networking.k8s.io')) {
    const { controller, parameters } = (manifest.spec ?? {}) as {
      controller?: string;
      parameters?: { name?: string };
    };
    const alb = Object.values<string | undefined>(ALB_CONTROLLER).includes(controller);
    const auto = controller === ALB_CONTROLLER.auto;
    classes.set(manifest.metadata.name, classFacts(alb, auto, params.get(parameters?.name ?? '')));
    if (manifest.metadata.annotations?.[DEFAULT_CLASS] === 'true') {
      fallback = manifest.metadata.name;
    }
  }
  const found: AlbIngress[] = [];
  for (const object of inventory.ofKind('Ingress', 'networking.k8s.io')) {
    const name = classNameOf(object) ?? fallback;
    const known = name === undefined ? undefined : classes.get(name);
    if (known ? known.alb : name === USUAL_CLASS || hasAnnotation(object, ALB_PREFIX)) {
      found.push(albIngress(object, known ?? NO_CLASS));
    }
  }
  return found;
}

function classFacts(alb: boolean, auto: boolean, params: Params = NO_PARAMS): ClassFacts {
  const overruled =
    params === NO_PARAMS
      ? () => false
      : (name: string) => Object.hasOwn(PARAMS, name) && params[PARAMS[name]!] !== undefined;
  return { alb, auto, params, overruled };
}

function hasAnnotation({ manifest }: InventoryObject, prefix: string): boolean {
  for (const key in manifest.metadata.annotations) {
    if (key.startsWith(prefix)) {
      return true;
    }
  }
  return false;
}

const NO_PARAMS: Params = {};
const NO_CLASS = classFacts(false, false);
const NO_RULES: readonly IngressRule[] = [];
const NO_TEXTS: Readonly<Record<string, string>> = {};
const annotationOf = remembered((name) => `${ALB_PREFIX}${name}`);

function albIngress(object: InventoryObject, { params, auto, overruled }: ClassFacts): AlbIngress {
  const { spec } = object.manifest as unknown as Partial<Ingress>;
  const annotations = object.manifest.metadata.annotations ?? NO_TEXTS;
  const setting = (name: string) => (overruled(name) ? undefined : annotations[annotationOf(name)]);
  const order = annotations[annotationOf('group.order')];
  const shared = (params.group as { name?: unknown } | undefined)?.name;
  return {
    object,
    rules: spec?.rules ?? NO_RULES,
    group: typeof shared === 'string' ? shared : auto ? undefined : annotations[annotationOf('group.name')],
    scheme: overruled('scheme') ? String(params.scheme) : setting('scheme'),
    targetType: overruled('target-type')
      ? String(params.targetType)
      : (setting('target-type') ?? (auto ? 'ip' : undefined)),
    order: order !== undefined && /^-?\d+$/.test(order) ? Number(order) : undefined,
    setting,
    overruled,
    hasConditions: hasAnnotation(object, CONDITIONS),
    ports: listenPorts({ setting, overruled }),
  };
}

const CONDITIONS = `${ALB_PREFIX}conditions.`;

/** The field of an annotation of the controller. */
export const albField = (name: string): string => `metadata.annotations['${ALB_PREFIX}${name}']`;
