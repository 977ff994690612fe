import type { KeyTable } from '../../kube/values';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { PodDisruptionBudget, Service, StatefulSet } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { PortScope, Ports } from '../core/ports';
import type { Customize } from '../core/values';
import type { StatefulSelf } from '../core/workload-info';
import type { WrittenPodDisruptionBudget, WrittenService, WrittenStatefulSet } from '../core/written';
import { type Connectable, type ConnectionTarget, podsOn, targetOf } from '../network/targets';
import { podDisruptionBudget } from '../scaling/availability';
import type { Storage } from '../storage/volumes';
import type { BatchJob } from './batch-job';
import { type Bootstrap, bootstrapJob } from './bootstrap';
import type { ExposedBy, GatewayRouteMembers } from './exposure';
import { asTarget, customizeFurther, exposeObjects, ownServices, wireExposures } from './exposure';
import { LabelService, type LabelServiceProps } from './label-service';
import { checkMembers } from './member-checks';
import { joinCluster, type MemberSet, memberPortsNamed } from './member-of';
import { MEMBER_PARTS, type MemberParts } from './member-parts';
import type { ClientPort } from './member-ports';
import {
  claimNamesOf,
  headlessName,
  headlessService,
  MemberAddress,
  type MemberInput,
  resolveMembers,
  statefulSet,
} from './members';
import type { ExposedObjects, WorkloadObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import {
  clientService,
  portsNamed,
  resolveService,
  SERVICE_PARTS,
  type ServiceParts,
  type ServicePropsLike,
} from './service-parts';
import { type StatefulServiceModel, shapeOf } from './stateful-shape';
import { Workload } from './workload';

/** Objects of a StatefulService, by the names that `customize` uses. */
export interface StatefulServiceObjects extends WorkloadObjects, ExposedObjects {
  statefulSet: WrittenStatefulSet;
  headlessService: WrittenService;
  disruptionBudget: PodDisruptionBudget;
}
/** Props of a StatefulService. P is the union of the names in `port`, M of those in `memberPorts`. */
export interface StatefulServiceProps<P extends string = string, M extends P = P>
  extends PodProps<StatefulSelf<NoInfer<P>>, P>,
    ServiceParts<NoInfer<P>>,
    MemberParts {
  /** The ports it listens on: one number, or ports by name, the first of them the main port. */
  readonly port: Ports<P>;
  /**
   * The volume of each member, or several volumes with different names. Kept when the member or the StatefulSet is
   * deleted. Required: 'none' says that members need stable names only, and keep nothing.
   *
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-storage.html
   */
  readonly storage: 'none' | Storage | readonly Storage[];
  /**
   * Names of the ports that only members use, such as replication. Clients reach the others; the main port cannot be one
   * of them. Without it, several members give a warning, since most images do not replicate by themselves; [] says that
   * they replicate on the ports of clients.
   *
   * @default - none: clients and members reach every port
   */
  readonly memberPorts?: readonly M[];
  /**
   * Sets that form one cluster with this one, such as masters and data nodes: their members and those of this set may call
   * each other on the member ports of both, or on the ports of clients where `memberPorts` is [] or not set. Say it once, in
   * the set that is created later. Where only this set calls the other, write `connectsTo: [other.onMembers()]` instead.
   *
   * @default - none: the members of this set are the cluster
   */
  readonly memberOf?: readonly MemberSet[];
  /**
   * What forms the cluster when the members are up: a BatchJob named '<id>-bootstrap', which waits until every member accepts
   * connections. Members that are ready only in a cluster need `order: 'Parallel'`.
   *
   * @default - none: members form the cluster by themselves
   */
  readonly bootstrap?: Bootstrap<StatefulSelf<NoInfer<P>>>;
  /** Edits of the rendered objects: { statefulSet: (s) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<StatefulServiceObjects>;
}

const PROPS: KeyTable<StatefulServiceProps> = {
  ...POD_PROPS,
  ...SERVICE_PARTS,
  ...MEMBER_PARTS,
  port: true,
  storage: true,
  memberPorts: 'texts',
  memberOf: 'list',
  bootstrap: 'object',
  customize: 'object',
};
/** The name of a revision, the id with '-' and a hash of 10 characters, is the value of a label: 63 at most. */
const MAX_NAME = 52;

/**
 * A service whose members have a name and a volume each, such as a database or a broker: a StatefulSet, a headless
 * Service for members, and a Service for clients. Members are spread over zones, and their volumes are kept.
 *
 * @example
 * const broker = new StatefulService(tenant, 'broker', {
 *   image: 'rabbitmq:3.13-management',
 *   user: 999,
 *   resources: { cpu: '500m', memory: '1Gi' },
 *   port: { amqp: 5672, clustering: 25672 },
 *   memberPorts: ['clustering'],
 *   replicas: 3,
 *   storage: { mountPath: '/var/lib/rabbitmq', size: '20Gi' },
 *   probes: { readiness: Probe.tcp(), liveness: Probe.exec(['rabbitmq-diagnostics', '-q', 'ping']) },
 * });
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulService<P extends string = never, M extends P = P>
  extends Workload<StatefulServiceModel>
  implements StatefulSelf<P>, MemberSet
{
  readonly statefulSet: KubeObject<WrittenStatefulSet>;
  /** The Service for clients. */
  readonly service: KubeObject<WrittenService>;
  /** The headless Service, which gives each member a DNS name, also before it is ready. */
  readonly headlessService: KubeObject<WrittenService>;
  /** The Ingress of Expose.alb; undefined without it. */
  readonly ingress: ExposedBy['ingress'];
  /** The Service of Expose.nlb, that of the first member with `perMember`; undefined without it. */
  readonly loadBalancerService: KubeObject<WrittenService> | undefined;
  /** The Services of Expose.nlb with `perMember`, in order; empty without it. */
  readonly memberServices: readonly KubeObject<WrittenService>[];
  /** What Expose.gateway and .networkGateway make, by its names in `customize`; each is undefined without it. */
  readonly gatewayObjects: GatewayRouteMembers;
  /** The TargetGroupBinding of Expose.targetGroup; undefined without it. */
  readonly targetGroupBinding: ExposedBy['targetGroupBinding'];
  /** undefined with `disruption: 'none'`, and for one member by default. */
  readonly disruptionBudget: KubeObject<WrittenPodDisruptionBudget> | undefined;
  /** The Job of `bootstrap`; undefined without it. */
  readonly bootstrapJob: BatchJob | undefined;
  /** DNS name of the Service for clients. */
  readonly host: string;
  /** Number of the main port. */
  readonly port: number;
  /** Port numbers by name; empty when `port` is a number. */
  readonly ports: Readonly<Record<P, number>>;
  /** host:port, with the main port. */
  readonly address: string;
  /** Domain of the headless Service. */
  readonly domain: string;
  /** DNS names of the members, in order. */
  readonly hosts: readonly string[];
  /** Names of the members, which are those of their pods, in order: 'store-0'. */
  readonly members: readonly string[];
  /** The number of members. */
  readonly replicas: number;
  /** Names of the claims of the members: 'data-store-0'. */
  readonly claimNames: readonly string[];

  constructor(scope: PortScope<P>, id: string, props: StatefulServiceProps<P, M>) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'statefulSet',
      describe: ({ construct, check, name, namespace, props: resolved }) => {
        const service = resolveService(check, props as ServicePropsLike, resolved.probes, 'tcp', clusterOf(construct));
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
          members.set.firstOrdinal,
        );
        const model = { service, members, addresses };
        return { shape: shapeOf(model), model };
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
    this.members = addresses.members;
    this.replicas = members.replicas;
    this.claimNames = claimNamesOf(members, addresses.members);

    const exposed = ownServices(service, this.pod, this.connections.owner, addresses.numbered);
    wireExposures(exposed, this.connections);
    this.service = this.object<Service>('Service', 'v1', 'Service', (m) =>
      clientService(asTarget(this, m), id, clientPorts, service),
    );
    this.headlessService = this.object<Service>(
      'HeadlessService',
      'v1',
      'Service',
      (m) => headlessService(m, id, service.ports),
      headlessName(id),
    );
    this.statefulSet = this.object<StatefulSet>('StatefulSet', 'apps/v1', 'StatefulSet', (m) =>
      statefulSet(m, members, this.podTemplate()),
    );
    if (disruption) {
      this.disruptionBudget = this.object<PodDisruptionBudget>(
        'PodDisruptionBudget',
        'policy/v1',
        'PodDisruptionBudget',
        (m) => podDisruptionBudget(m, id, disruption, members.replicated ? 'protect' : 'evict'),
      );
    }
    const balanced = exposeObjects(exposed, this.object);
    this.ingress = balanced.first.ingress;
    this.loadBalancerService = balanced.first.loadBalancerService;
    this.memberServices = balanced.perMember;
    this.gatewayObjects = balanced.first;
    this.targetGroupBinding = balanced.first.targetGroupBinding;
    applyCustomize(this.check, props.customize, this.commonObjects(), balanced.first, {
      service: this.service,
      headlessService: this.headlessService,
      statefulSet: this.statefulSet,
      disruptionBudget: this.disruptionBudget,
    });
    customizeFurther(this.check, props.customize, balanced);
    joinCluster(this, this.check, props.memberOf ?? []);
    checkMembers(this, members, this.pod.placement, props);
    this.bootstrapJob = props.bootstrap && bootstrapJob(this.check, this, addresses, props, props.bootstrap);
  }

  /** A URL of the Service for clients: url('amqp') is 'amqp://host:port'. @param port name of a port @default - the main port */
  url(scheme: string, port?: P): string {
    return this.model.addresses.url(scheme, port);
  }

  /** Adds a Service named '<name>-<id>' for the pods that have further labels, such as the primary of a database. */
  addService(id: string, props: LabelServiceProps<ClientPort<P, M>>): LabelService<ClientPort<P, M>> {
    const { clientPorts } = this.model.members;
    return new LabelService({ construct: this, clientPorts, metadata: (name) => this.metadata(name) }, id, props);
  }

  /** A target for `connectsTo` with only these ports of clients. */
  on(...ports: [ClientPort<P, M>, ...ClientPort<P, M>[]]): Connectable {
    const { members, service } = this.model;
    return targetOf(this, portsNamed(this.check, members.clientPorts, ports, service.ports));
  }

  /**
   * A target for `connectsTo` with ports that only members use, for a set or a tool of the same cluster.
   *
   * @param ports @default - all of `memberPorts`; the ports of clients where there are none
   */
  onMembers(...ports: M[]): Connectable {
    return targetOf(this, memberPortsNamed(this.check, this.model.members, ports));
  }

  /** The members, on the ports of clients. */
  toConnectionTarget(): ConnectionTarget {
    return podsOn(this, this.model.members.clientPorts);
  }
}
