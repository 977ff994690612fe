import { POD_SECURITY_GROUPS } from '../eks/pod-security-groups';
import type { Container, PodSpec } from '../imports/kubernetes';
import { replicaBoundsOf } from '../kube/autoscalers';
import { entryOf } from '../kube/collections';
import { givesProxies, withProxies } from '../kube/istio-proxies';
import type { Manifest } from '../kube/objects';
import { namespaceIn } from '../kube/objects';
import { type ContainerFallback, podTotal } from '../kube/pod-resources';
import { hasPodTemplate, podTemplates } from '../kube/pod-templates';
import { MILLI, ONE, unitsOf } from '../kube/quantity';
import type { PlacedTemplate } from '../kube/workload-kind';
import type { Amounts } from './allocatable';
import { Claims, type Volumes } from './claims';
import { type PodsWithGroups, podsWithGroups } from './pods-with-groups';
import { Priorities } from './priorities';

/** Equal pods: those of one revision of a workload. */
export interface PodSet {
  /** 'orders/orders-rabbitmq'. */
  readonly workload: string;
  readonly kind: string;
  /** The label that tells its revisions apart. */
  readonly revisionLabel: string | undefined;
  /** Whether the scheduler spreads its pods where they say nothing of it. */
  readonly spreadByDefault: boolean;
  readonly namespace: string;
  /** Those of its template. */
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** One on each node that it may run on. */
  readonly perNode: boolean;
  /** Runs to its end, and waits for room until then. */
  readonly job: boolean;
  /** A member is made when the one before it is ready. */
  readonly ordered: boolean;
  readonly priority: number;
  /** Whether it displaces what has less priority. */
  readonly preempts: boolean;
  /** Pods once the app is applied; without meaning for what is on each node. */
  readonly count: number;
  /** Pods when its autoscaler is at its maximum. */
  readonly most: number;
  /** Pods of the next revision, beside these, while it is rolled. */
  readonly surge: number;
  /** Of one pod. */
  readonly asks: Amounts;
  readonly volumes: Volumes;
  /** 'TCP/8080', of the node. */
  readonly hostPorts: readonly string[];
}

const NO_FALLBACK: ContainerFallback = { limits: {}, requests: {} };
const MIB = 1024 * 1024;

/** What changes how many pods there are, or what they ask for. */
const OF_PODS: ReadonlySet<string> = new Set([
  'HorizontalPodAutoscaler',
  'LimitRange',
  'Rollout',
  'ScaledObject',
  'ServiceAccount',
  POD_SECURITY_GROUPS.kind,
]);

/** What says how volumes and priorities are. */
const OF_CLUSTER: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'PriorityClass', 'StorageClass']);

const NONE: readonly never[] = [];
const NO_LABELS: PodSet['labels'] = {};
const newList = (): Manifest[] => [];

/** The pods of all workloads, in the order of the manifests. */
export function podSetsOf(manifests: readonly Manifest[]): PodSet[] {
  const byNamespace = new Map<string, Manifest[]>();
  const ofCluster: Manifest[] = [];
  const meshed = new Set<string>();
  let before: string | undefined;
  for (const manifest of manifests) {
    const { kind, metadata } = manifest;
    const isCounted = OF_PODS.has(kind) || hasPodTemplate(manifest);
    // the order of the sets is that of the namespaces, and so of all manifests
    if (isCounted || before === undefined || metadata.namespace !== before) {
      const namespace = namespaceIn(manifest);
      const inNamespace = entryOf(byNamespace, namespace, newList);
      if (isCounted) {
        inNamespace.push(manifest);
      }
      before = namespace === metadata.namespace ? namespace : undefined;
    }
    if (OF_CLUSTER.has(kind)) {
      ofCluster.push(manifest);
    } else if (kind === 'Namespace' && givesProxies(metadata.labels)) {
      meshed.add(metadata.name);
    }
  }
  const [claims, priorities] = [new Claims(ofCluster), new Priorities(ofCluster)];
  const known: KnownAmounts = new Map();
  const found: PodSet[] = [];
  for (const [namespace, all] of byNamespace) {
    const around = {
      claims,
      priorities,
      namespace,
      bounds: replicaBoundsOf(all),
      fallback: fallbackOf(all),
      hasGroups: podsWithGroups(all),
      known,
    };
    for (const manifest of meshed.has(namespace) ? withProxies(all) : all) {
      for (const placed of podTemplates(manifest)) {
        const set = podSetOf(manifest, placed, around);
        if (set) {
          found.push(set);
        }
      }
    }
  }
  return found;
}

interface Around {
  readonly namespace: string;
  readonly bounds: ReturnType<typeof replicaBoundsOf>;
  readonly fallback: ContainerFallback;
  /** Whether a pod gets security groups of its own. */
  readonly hasGroups: PodsWithGroups;
  readonly claims: Claims;
  readonly priorities: Priorities;
  readonly known: KnownAmounts;
}

/** What pods with one container ask for, by the texts of CPU, memory and storage: many ask for the same. */
type KnownAmounts = Map<unknown, Map<unknown, Map<unknown, Amounts>>>;

function podSetOf(manifest: Manifest, placed: PlacedTemplate, around: Around): PodSet | undefined {
  const { kind, metadata } = manifest;
  const { template, workload, of } = placed;
  const numbers = numbersOf(manifest, placed, around);
  if (!numbers || !template.spec?.containers) {
    return undefined;
  }
  const pod = template.spec;
  const { namespace, claims, priorities } = around;
  const { priority, preempts } = priorities.of(pod);
  const volumes = claims.of(namespace, pod, workload?.claims?.(of) ?? NONE);
  return {
    workload: `${namespace}/${metadata.name}`,
    kind,
    revisionLabel: workload?.revisionLabel,
    spreadByDefault: workload?.scaled !== undefined,
    namespace,
    labels: template.metadata?.labels ?? NO_LABELS,
    spec: pod,
    perNode: workload?.perNode ?? false,
    job: workload?.job ?? false,
    ordered: workload?.ordered?.(of) ?? false,
    priority,
    preempts,
    count: numbers.count,
    most: numbers.most,
    surge: numbers.surge,
    asks: knownAsks(pod, around, volumes, around.hasGroups(template)),
    volumes,
    hostPorts: hostPortsOf(pod),
  };
}

/** How many pods there are; undefined for what has none. */
function numbersOf({ kind, metadata }: Manifest, { workload, of, times, at }: PlacedTemplate, { bounds }: Around) {
  if (!workload) {
    // of a PodTemplate there are none
    return at === '' ? { count: 1, most: 1, surge: 0 } : undefined;
  }
  // of a CronJob one run, whatever may overlap
  const given = workload.replicas(of) * times;
  const bound = given > 0 ? bounds.named(kind, metadata.name) : undefined;
  const count = bound ? Math.min(Math.max(given, bound.min), bound.max) : given;
  return {
    count: podsIn(count),
    most: podsIn(bound?.max ?? given),
    surge: podsIn(workload.surge?.(of, podsIn(count)) ?? 0),
  };
}

/** What Kubernetes supports in a cluster; each pod is simulated, and a typo must not fill the memory. */
const MOST_PODS = 150_000;

/** A number of pods, whatever a manifest says: a fraction and a number below 0 are refused by the API server. */
function podsIn(value: number): number {
  return Math.min(Math.max(Math.floor(value), 0) || 0, MOST_PODS);
}

function knownAsks(pod: PodSpec, { fallback, known }: Around, volumes: Volumes, hasGroups: boolean): Amounts {
  const [only] = pod.containers;
  // nearly no pod asks for more than CPU, memory and storage
  const more = asksForMore(pod, fallback);
  const asks = (): Amounts => asksOf(pod, fallback, volumes, hasGroups, more);
  if (pod.containers.length !== 1 || volumes.own > 0 || hasGroups || more) {
    return asks();
  }
  const { requests, limits } = only!.resources ?? NO_RESOURCES;
  const given = fallback.requests;
  const cpu = requests?.cpu ?? limits?.cpu ?? given.cpu;
  const memory = requests?.memory ?? limits?.memory ?? given.memory;
  const storage = requests?.[STORAGE] ?? limits?.[STORAGE] ?? given[STORAGE];
  const ofMemory = entryOf(entryOf(known, cpu, newMemories), memory, newStorages);
  return entryOf(ofMemory, storage, asks);
}

const STORAGE = 'ephemeral-storage';
const NO_RESOURCES: NonNullable<Container['resources']> = {};
const newMemories = () => new Map<unknown, Map<unknown, Amounts>>();
const newStorages = () => new Map<unknown, Amounts>();

function asksOf(pod: PodSpec, fallback: ContainerFallback, volumes: Volumes, hasGroups: boolean, more: boolean) {
  const branches = more ? total(pod, fallback, POD_SECURITY_GROUPS.resource, ONE) : 0;
  return {
    cpu: total(pod, fallback, 'cpu', MILLI),
    memory: total(pod, fallback, 'memory', ONE) / MIB,
    pods: 1,
    ephemeralStorage: total(pod, fallback, STORAGE, ONE) / MIB,
    volumes: volumes.own,
    gpus: more ? total(pod, fallback, 'nvidia.com/gpu', ONE) : 0,
    // the webhook of EKS adds the request
    branchInterfaces: Math.max(branches, hasGroups ? 1 : 0),
  };
}

/** Whether a pod may ask for something beside CPU, memory and storage. */
function asksForMore(pod: PodSpec, { limits, requests }: ContainerFallback): boolean {
  if (pod.resources || pod.overhead || pod.initContainers || namesMore(limits) || namesMore(requests)) {
    return true;
  }
  for (const { resources } of pod.containers) {
    if (namesMore(resources?.requests) || namesMore(resources?.limits)) {
      return true;
    }
  }
  return false;
}

function namesMore(amounts: Readonly<Record<string, unknown>> | undefined): boolean {
  for (const name in amounts) {
    if (name !== 'cpu' && name !== 'memory' && name !== STORAGE) {
      return true;
    }
  }
  return false;
}

/** What a pod asks for of a resource; the scheduler rounds the sum up. */
function total(pod: PodSpec, fallback: ContainerFallback, name: string, unit: bigint): number {
  // what is said of the pod as a whole wins over the sum of its containers
  const whole = pod.resources?.requests;
  const asking =
    whole?.[name] === undefined
      ? pod
      : { containers: [{ name: 'all', resources: { requests: whole } }], overhead: pod.overhead };
  const amount = podTotal(asking, 'requests', name, fallback);
  return amount === 0n ? 0 : Number(unitsOf(amount, unit));
}

/** What the LimitRanges of a namespace give to a container that says nothing. */
function fallbackOf(manifests: readonly Manifest[]): ContainerFallback {
  const limits: Readonly<Record<string, Record<string, string>>>[] = [];
  for (const { kind, spec } of manifests) {
    if (kind === 'LimitRange') {
      const each = (spec?.limits ?? []) as typeof limits;
      limits.push(...each.filter((limit) => (limit.type as unknown) === 'Container'));
    }
  }
  return limits.length === 0
    ? NO_FALLBACK
    : {
        limits: Object.assign({}, ...limits.map((limit) => limit.default)),
        requests: Object.assign({}, ...limits.map((limit) => ({ ...limit.default, ...limit.defaultRequest }))),
      };
}

function hostPortsOf({ containers, initContainers, hostNetwork }: PodSpec): readonly string[] {
  const found: string[] = [];
  const staying = initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const { ports } of staying ? [...containers, ...staying] : containers) {
    for (const { hostPort, containerPort, protocol } of ports ?? NONE) {
      const port = hostPort || (hostNetwork ? containerPort : 0);
      if (port) {
        found.push(`${protocol ?? 'TCP'}/${port}`);
      }
    }
  }
  return found.length === 0 ? NONE : found;
}
