import type { Construct } from 'constructs';
import type { Check, KeyTable } from '../core/check';
import { addCheck } from '../core/checks';
import { applyEdits } from '../core/edits';
import type { ObjectMeta, PodDisruptionBudget, PodTemplate, Service, StatefulSet } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { selectorLabels } from '../core/labels';
import { type PortModel, type Ports, servicePorts } from '../core/ports';
import { Requirements } from '../core/requirements';
import type { StatefulSelf } from '../core/self';
import type { Customize } from '../core/values';
import { isLoadBalanced } from '../network/expose';
import { type Connectable, type ConnectionTarget, policyPorts } from '../network/targets';
import { type Disruption, podDisruptionBudget, resolveDisruption } from '../scaling/availability';
import { claimTemplate, resolveStorage, type Storage, type StorageModel, storageMount } from '../storage/volumes';
import { loadBalancerObjects, wireLoadBalancer } from './exposure';
import type { ExposedObjects, WorkloadObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import {
  clientService,
  portsNamed,
  resolveService,
  ServiceAddress,
  type ServiceModel,
  type ServiceParts,
  type ServicePropsLike,
} from './service-parts';
import { Workload } from './workload';

/** Objects of a stateful service. */
export interface StatefulServiceObjects extends WorkloadObjects, ExposedObjects {
  statefulSet: StatefulSet;
  headlessService: Service;
  disruptionBudget: PodDisruptionBudget;
}
/** Props of a StatefulService. P: names in `port`. */
export interface StatefulServiceProps<P extends string = string>
  extends PodProps<StatefulSelf<NoInfer<P>>>,
    ServiceParts<NoInfer<P>> {
  /** What it listens on. */
  readonly port: Ports<P>;
  /** Members; fixed, since they know each other by name. @default 2 */
  readonly replicas?: number;
  /** One volume a member, kept when the member goes; or several with names. */
  readonly storage: Storage | readonly Storage[];
  /** Ports that members alone use; clients get the others. @default - members reach every port, clients too */
  readonly memberPorts?: readonly NoInfer<P>[];
  /** 'OrderedReady' one by one, each when its predecessor is ready; 'Parallel' all at once. @default 'OrderedReady' */
  readonly order?: 'OrderedReady' | 'Parallel';
  /** @default - { maxUnavailable: 1 }, which keeps the quorum of three or more; none for one replica */
  readonly disruption?: Disruption;
  /** @default - none */
  readonly customize?: Customize<StatefulServiceObjects>;
}

const PROPS: KeyTable<StatefulServiceProps> = {
  ...POD_PROPS,
  probes: true,
  metrics: true,
  expose: true,
  port: true,
  replicas: true,
  storage: true,
  memberPorts: true,
  order: true,
  disruption: true,
  customize: true,
};
/** A revision's name, '-' and a hash of 10, is the value of a label. */
const MAX_NAME = 52;
const DEFAULT_REPLICAS = 2;
/** Ready for that long before the next member follows: a crash right after the start stops the rollout. */
const MIN_READY_SECONDS = 10;
const REVISIONS = 3;

/** What it is rendered from. */
interface Members {
  readonly replicas: number;
  readonly storage: readonly StorageModel[];
  readonly order: 'OrderedReady' | 'Parallel';
  readonly disruption: Exclude<Disruption, 'none'> | undefined;
  /** Ports of the client service. */
  readonly clientPorts: readonly [PortModel, ...PortModel[]];
}

/** Members with a name and a volume each: StatefulSet, headless and client Service. */
export class StatefulService<in P extends string = never> extends Workload implements StatefulSelf<P>, Connectable {
  /** The StatefulSet. */
  readonly statefulSet: KubeObject<StatefulSet>;
  /** For clients. */
  readonly service: KubeObject<Service>;
  /** For members: a DNS name each, also before they are ready. */
  readonly headlessService: KubeObject<Service>;
  /** With Expose.alb. */
  readonly ingress: ReturnType<typeof loadBalancerObjects>['ingress'];
  /** With Expose.nlb. */
  readonly loadBalancerService: KubeObject<Service> | undefined;
  /** Unless 'none' or one replica. */
  readonly disruptionBudget: KubeObject<PodDisruptionBudget> | undefined;
  /** DNS name of the client service. */
  readonly host: string;
  /** The main port. */
  readonly port: number;
  /** Port numbers by name; empty when there is one `port`. */
  readonly ports: Readonly<Record<P, number>>;
  /** host:port of the main port. */
  readonly address: string;
  /** Domain of the headless service. */
  readonly domain: string;
  /** The members' full DNS names, in order. */
  readonly hosts: readonly string[];
  /** The number of members. */
  readonly replicas: number;
  private readonly addresses: MemberAddress;
  private readonly clientPorts: readonly PortModel[];

  constructor(scope: Construct, id: string, props: StatefulServiceProps<P>) {
    let model: ServiceModel | undefined;
    let members: Members | undefined;
    let addresses: MemberAddress | undefined;
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: ({ check, name, namespace, props: resolved }) => {
        model = resolveService(check, props as ServicePropsLike, resolved.probes, 'tcp');
        members = resolveMembers(check, props as StatefulServiceProps, model);
        addresses = new MemberAddress(
          check,
          name,
          namespace,
          members.clientPorts,
          model,
          typeof props.port === 'number',
          members.replicas,
        );
        return {
          component: 'stateful-service',
          self: addresses,
          ports: model.containerPorts,
          clientPorts: members.clientPorts,
          services: [name, headlessName(name), ...(model.expose.kind === 'nlb' ? [`${name}-nlb`] : [])],
          probes: model.probes,
          metrics: model.metrics,
          traffic: isLoadBalanced(model.expose) ? 'load-balancer' : 'service',
          defaultPriority: 'standard',
          // a volume pins its pod to a zone for ever, so chance must not decide it
          defaultSpread: 'zones',
          restartPolicy: 'Always',
          hasMembers: members.replicas > 1,
          usesStorage: true,
          mounts: members.storage.map(storageMount),
        };
      },
    });
    const { replicas, clientPorts, disruption } = members!;
    this.addresses = addresses!;
    this.clientPorts = clientPorts;
    this.host = this.addresses.host;
    this.port = this.addresses.port;
    this.ports = this.addresses.ports;
    this.address = this.addresses.address;
    this.domain = this.addresses.domain;
    this.hosts = this.addresses.hosts;
    this.replicas = replicas;

    const exposure = { service: model!, shutdown: this.pod.shutdown, connections: this.connections };
    wireLoadBalancer(exposure);
    this.service = this.object<Service>('Service', 'v1', 'Service', (m) =>
      clientService(m, id, clientPorts, model!.expose),
    );
    this.headlessService = this.object<Service>(
      'HeadlessService',
      'v1',
      'Service',
      (m) => headlessService(m, id, model!.ports),
      headlessName(id),
    );
    this.statefulSet = this.object<StatefulSet>('StatefulSet', 'apps/v1', 'StatefulSet', (m) =>
      statefulSet(m, members!, this.template()),
    );
    if (disruption) {
      this.disruptionBudget = this.object<PodDisruptionBudget>(
        'PodDisruptionBudget',
        'policy/v1',
        'PodDisruptionBudget',
        (m) => podDisruptionBudget(m, id, disruption),
      );
    }
    const balanced = loadBalancerObjects(exposure, this.object);
    this.ingress = balanced.ingress;
    this.loadBalancerService = balanced.loadBalancerService;
    const { service, headlessService: headless, statefulSet: set, disruptionBudget } = this;
    applyEdits(this.check, props.customize, {
      ...this.commonObjects(),
      ...balanced,
      service,
      headlessService: headless,
      statefulSet: set,
      disruptionBudget,
    });
    this.judgeMembers(props.memberPorts !== undefined);
  }

  /** scheme://host:port. @param port @default - the main port */
  url(scheme: string, port?: P): string {
    return this.addresses.url(scheme, port);
  }

  /** Only these ports, for `connectsTo`. */
  on(...ports: [P, ...P[]]): Connectable {
    const chosen = portsNamed(this.check, this.clientPorts, ports);
    return { toConnectionTarget: () => ({ peers: [], ports: policyPorts(chosen), workload: this }) };
  }

  /** Its pods, on the ports of clients. */
  toConnectionTarget(): ConnectionTarget {
    return { peers: [], ports: policyPorts(this.clientPorts), workload: this };
  }

  private judgeMembers(knowEachOther: boolean): void {
    if (this.replicas > 1 && !knowEachOther) {
      addCheck(this, (report) =>
        report.warn(
          this,
          `${this.replicas} members without 'memberPorts': an image that does not replicate would be ${this.replicas} databases behind one name; say on which ports members talk to each other, or write replicas: 1`,
        ),
      );
    }
    if (this.replicas >= 3 && knowEachOther && this.pod.placement.spread === 'zones') {
      Requirements.add(
        this,
        Requirements.zones(3, { because: `'${this.node.path}' keeps its quorum when a zone is lost` }),
      );
    }
  }
}

const headlessName = (name: string): string => `${name}-headless`;

/** Addresses of the service, and of its members. */
class MemberAddress extends ServiceAddress {
  readonly domain: string;
  readonly hosts: readonly string[];

  constructor(
    check: Check,
    name: string,
    namespace: string,
    clientPorts: Members['clientPorts'],
    model: ServiceModel,
    sole: boolean,
    readonly replicas: number,
  ) {
    super(check, name, namespace, clientPorts, sole, model.ports);
    this.domain = `${headlessName(name)}.${namespace}.svc.cluster.local`;
    this.hosts = Array.from({ length: replicas }, (_, i) => `${name}-${i}.${this.domain}`);
  }
}

function resolveMembers(check: Check, props: StatefulServiceProps, model: ServiceModel): Members {
  if (typeof props.replicas === 'object') {
    check.fail(
      'replicas is a scale, but members know each other by name, so their number is fixed',
      'write replicas: 3',
    );
  }
  const replicas = props.replicas === undefined ? DEFAULT_REPLICAS : check.integer('replicas', props.replicas, 1);
  if (props.storage === undefined) {
    check.fail(
      'no storage: without a volume of its own it is a WebService',
      "write storage: { mountPath: '/data', size: '20Gi' }, or use WebService",
    );
  }
  const storage = (
    Array.isArray(props.storage) ? (props.storage as readonly Storage[]) : [props.storage as Storage]
  ).map((s) => resolveStorage(check, 'storage', s));
  const names = storage.map((s) => s.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    check.fail(`two volumes of storage have the name '${twice}'`, "give each a name of its own: { name: 'wal', ... }");
  }
  const memberPorts: readonly string[] = props.memberPorts ?? [];
  for (const name of memberPorts) {
    if (!model.ports.some((p) => p.name === name)) {
      check.fail(
        `memberPorts has '${name}', which is none of its ports`,
        `write one of ${model.ports.map((p) => `'${p.name}'`).join(', ')}`,
      );
    }
  }
  const [main, ...others] = model.ports.filter((p) => !memberPorts.includes(p.name));
  if (!main) {
    check.fail('memberPorts has every port, so clients could call none', 'leave out the ports that clients use');
  }
  if (isLoadBalanced(model.expose) && memberPorts.includes(model.exposed.name)) {
    check.fail(
      `expose gives port '${model.exposed.name}' to a load balancer, but it is one of memberPorts`,
      'expose a port of clients',
    );
  }
  if (props.order !== undefined) {
    check.oneOf('order', props.order, ['OrderedReady', 'Parallel']);
  }
  return {
    replicas,
    storage,
    order: props.order ?? 'OrderedReady',
    disruption: resolveDisruption(check, props.disruption, replicas),
    clientPorts: [main, ...others],
  };
}

function headlessService(metadata: Service['metadata'], name: string, ports: readonly PortModel[]): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      // members find each other while they start
      publishNotReadyAddresses: true,
      selector: selectorLabels(name),
      ports: servicePorts(ports),
    },
  };
}

function statefulSet(metadata: ObjectMeta & { name: string }, members: Members, template: PodTemplate): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      minReadySeconds: MIN_READY_SECONDS,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      podManagementPolicy: members.order,
      replicas: members.replicas,
      revisionHistoryLimit: REVISIONS,
      selector: { matchLabels: selectorLabels(metadata.name) },
      serviceName: headlessName(metadata.name),
      template,
      updateStrategy: { type: 'RollingUpdate' },
      volumeClaimTemplates: members.storage.map((s) => claimTemplate(metadata.name, s)),
    },
  };
}
