import type { Construct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import { addCheck } from '../core/checks';
import { applyEdits } from '../core/edits';
import type { PodDisruptionBudget, Service, StatefulSet } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Ports } from '../core/ports';
import { Requirements } from '../core/requirements';
import type { StatefulSelf } from '../core/self';
import type { Customize } from '../core/values';
import { type Connectable, type ConnectionTarget, policyPorts } from '../network/targets';
import { type Disruption, podDisruptionBudget } from '../scaling/availability';
import { type Storage, storageMount } from '../storage/volumes';
import { type ExposedBy, exposedService, exposeObjects, wireExposure } from './exposure';
import {
  headlessName,
  headlessService,
  MemberAddress,
  type MemberInput,
  type Members,
  resolveMembers,
  statefulSet,
} from './members';
import type { ExposedObjects, WorkloadObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import {
  clientService,
  portsNamed,
  resolveService,
  type ServiceModel,
  type ServiceParts,
  type ServicePropsLike,
} from './service-parts';
import type { WorkloadShape } from './shape';
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

/** What a stateful service has besides its pods. */
interface StatefulServiceModel {
  readonly service: ServiceModel;
  readonly members: Members;
  readonly addresses: MemberAddress;
}

/** Members with a name and a volume each: StatefulSet, headless and client Service. */
export class StatefulService<in P extends string = never>
  extends Workload<StatefulServiceModel>
  implements StatefulSelf<P>, Connectable
{
  /** The StatefulSet. */
  readonly statefulSet: KubeObject<StatefulSet>;
  /** For clients. */
  readonly service: KubeObject<Service>;
  /** For members: a DNS name each, also before they are ready. */
  readonly headlessService: KubeObject<Service>;
  /** With Expose.alb. */
  readonly ingress: ExposedBy['ingress'];
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

  constructor(scope: Construct, id: string, props: StatefulServiceProps<P>) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: ({ check, name, namespace, props: resolved }) => {
        const service = resolveService(check, props as ServicePropsLike, resolved.probes, 'tcp');
        const members = resolveMembers(check, { ...(props as MemberInput), disruption: resolved.disruption }, service);
        const sole = typeof props.port === 'number';
        const addresses = new MemberAddress(
          check,
          name,
          namespace,
          members.clientPorts,
          service,
          sole,
          members.replicas,
        );
        const model = { service, members, addresses };
        return { shape: shapeOf(name, model), model };
      },
    });
    const { service, members, addresses } = this.model;
    const { clientPorts, disruption } = members;
    this.host = addresses.host;
    this.port = addresses.port;
    this.ports = addresses.ports;
    this.address = addresses.address;
    this.domain = addresses.domain;
    this.hosts = addresses.hosts;
    this.replicas = members.replicas;

    const exposed = exposedService(service, this.pod.shutdown, this.connections.owner);
    wireExposure(service, exposed, this.connections);
    this.service = this.object<Service>('Service', 'v1', 'Service', (m) =>
      clientService(m, id, clientPorts, service.expose),
    );
    this.headlessService = this.object<Service>(
      'HeadlessService',
      'v1',
      'Service',
      (m) => headlessService(m, id, service.ports),
      headlessName(id),
    );
    this.statefulSet = this.object<StatefulSet>('StatefulSet', 'apps/v1', 'StatefulSet', (m) =>
      statefulSet(m, members, this.template()),
    );
    if (disruption) {
      this.disruptionBudget = this.object<PodDisruptionBudget>(
        'PodDisruptionBudget',
        'policy/v1',
        'PodDisruptionBudget',
        (m) => podDisruptionBudget(m, id, disruption),
      );
    }
    const balanced = exposeObjects(service, exposed, this.object);
    this.ingress = balanced.ingress;
    this.loadBalancerService = balanced.loadBalancerService;
    applyEdits(this.check, props.customize, {
      ...this.commonObjects(),
      ...balanced,
      service: this.service,
      headlessService: this.headlessService,
      statefulSet: this.statefulSet,
      disruptionBudget: this.disruptionBudget,
    });
    this.judgeMembers(props.memberPorts !== undefined);
  }

  /** scheme://host:port. @param port @default - the main port */
  url(scheme: string, port?: P): string {
    return this.model.addresses.url(scheme, port);
  }

  /** Only these ports, for `connectsTo`. */
  on(...ports: [P, ...P[]]): Connectable {
    const chosen = portsNamed(this.check, this.model.members.clientPorts, ports);
    return { toConnectionTarget: () => ({ peers: [], ports: policyPorts(chosen), workload: this }) };
  }

  /** Its pods, on the ports of clients. */
  toConnectionTarget(): ConnectionTarget {
    return { peers: [], ports: policyPorts(this.model.members.clientPorts), workload: this };
  }

  private judgeMembers(knowEachOther: boolean): void {
    if (this.replicas > 1 && !knowEachOther) {
      addCheck(this, (report) =>
        report({
          rule: 'stateful/member-ports',
          severity: 'warning',
          field: 'memberPorts',
          message: `${this.replicas} members without 'memberPorts': an image that does not replicate would be ${this.replicas} databases behind one name`,
          fix: 'name the ports on which members talk to each other, or write replicas: 1',
        }),
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

function shapeOf(name: string, { service, members, addresses }: StatefulServiceModel): WorkloadShape {
  return {
    component: 'stateful-service',
    self: addresses,
    ports: service.containerPorts,
    clientPorts: members.clientPorts,
    services: [name, headlessName(name), ...service.expose.serviceNames(name)],
    probes: service.probes,
    metrics: service.metrics,
    traffic: service.expose.traffic,
    defaultPriority: 'standard',
    // a volume pins its pod to a zone for ever, so chance must not decide it
    defaultSpread: 'zones',
    restartPolicy: 'Always',
    hasMembers: members.replicas > 1,
    usesStorage: true,
    claimNames: members.storage.map((s) => s.name),
    mounts: members.storage.map(storageMount),
  };
}
