import type { KeyTable } from '../../kube/values';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { ScaledObject, Service, TriggerAuthentication } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { PortScope, Ports } from '../core/ports';
import { Requirements } from '../core/requirements';
import type { Customize } from '../core/values';
import type { WebSelf } from '../core/workload-info';
import type {
  WrittenDeployment,
  WrittenHorizontalPodAutoscaler,
  WrittenIngress,
  WrittenPodDisruptionBudget,
  WrittenRollout,
  WrittenService,
} from '../core/written';
import { type Connectable, type ConnectionTarget, podsOn, targetOf } from '../network/targets';
import type { AvailabilityProps } from '../scaling/availability';
import type { Replicas } from '../scaling/replicas';
import type { ExposedBy, GatewayRouteMembers } from './exposure';
import { asTarget, customizeFurther, exposeObjects, ownServices, wireExposures } from './exposure';
import { LabelService, type LabelServiceProps } from './label-service';
import { joinCluster, type MemberSet, memberPortsNamed } from './member-of';
import { type ClientPort, type SplitPorts, splitPorts } from './member-ports';
import { headlessName, headlessService } from './members';
import type { ExposedObjects, ScaledObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import {
  autoscalerName,
  controllerOf,
  type DeploymentModel,
  deploymentObjects,
  deploymentOf,
  resolveDeployment,
  scalingRequirements,
} from './scaling';
import {
  clientService,
  portsNamed,
  resolveService,
  SERVICE_PARTS,
  type ServiceModel,
  type ServiceParts,
  type ServicePropsLike,
  trafficOf,
} from './service-parts';
import type { WorkloadContext, WorkloadShape } from './shape';
import { WebAddress } from './web-address';
import { Workload } from './workload';

/** Objects of a WebService, by the names that `customize` uses. */
export interface WebServiceObjects extends ScaledObjects, ExposedObjects {
  headlessService: Service;
}
/** Props of a WebService. P is the union of the names in `port`, M of those in `memberPorts`. */
export interface WebServiceProps<P extends string = string, M extends P = P>
  extends PodProps<WebSelf<NoInfer<P>>, P>,
    ServiceParts<NoInfer<P>>,
    AvailabilityProps {
  /** The ports it listens on: one number, or ports by name, the first of them the main port. */
  readonly port: Ports<P>;
  /**
   * Names of the ports on which the pods form a cluster, such as JGroups, Hazelcast or Akka. They get a headless Service,
   * '<name>-headless', whose name `self.domain` resolves to all pods, ready or not, and are closed to clients. [] says that
   * they use the ports of clients.
   *
   * @default - none: the pods do not call each other
   */
  readonly memberPorts?: readonly M[];
  /**
   * Sets that form one cluster with these pods: they may call each other on the member ports of both, or on the ports of
   * clients where `memberPorts` is []. Say it once, in the workload that is created later. Needs `memberPorts`. Where only
   * these pods call the other set, write `connectsTo: [other.onMembers()]` instead.
   *
   * @default - none: these pods are the cluster
   */
  readonly memberOf?: readonly MemberSet[];
  /** Number of replicas, or { min, max } for an autoscaler. @default 2 - one stays while a node is drained */
  readonly replicas?: Replicas;
  /** Edits of the rendered objects: { deployment: (d) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<WebServiceObjects>;
}

const PROPS: KeyTable<WebServiceProps> = {
  ...POD_PROPS,
  ...SERVICE_PARTS,
  memberPorts: 'texts',
  memberOf: 'list',
  disruption: true,
  rollout: true,
  port: true,
  replicas: true,
  customize: 'object',
};
/** The name of a pod is the id, '-' and a hash of 10 characters, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 46;

/** The validated props of the Deployment and its Service. */
interface WebServiceModel {
  readonly service: ServiceModel;
  readonly members: SplitPorts;
  /** Whether the pods call each other. */
  readonly clustered: boolean;
  readonly deployment: DeploymentModel;
  readonly addresses: WebAddress;
}

/**
 * A stateless service: a Deployment and a Service, with a PodDisruptionBudget, and on request an autoscaler and a load
 * balancer. Pods are spread over zones, and a rollout keeps all replicas.
 *
 * @example
 * new WebService(tenant, 'catalog', {
 *   image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/catalog:1.4.2',
 *   user: 10001,
 *   resources: { cpu: '250m', memory: '512Mi' },
 *   port: 8080,
 *   replicas: { min: 2, max: 10 },
 *   probes: { readiness: Probe.http('/readyz'), liveness: Probe.tcp() },
 *   expose: Expose.alb({ host: 'catalog.example.com', scheme: 'internal' }),
 * });
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
 */
export class WebService<P extends string = never, M extends P = P>
  extends Workload<WebServiceModel>
  implements WebSelf<P>, MemberSet
{
  /** With `ArgoRollout`, in place of the Deployment. */
  readonly rollout: KubeObject<WrittenRollout> | undefined;
  /** The Service for clients. */
  readonly service: KubeObject<WrittenService>;
  /** The headless Service of `memberPorts`; undefined without them. */
  readonly headlessService: KubeObject<WrittenService> | undefined;
  /** The Ingress of Expose.alb; undefined without it. */
  readonly ingress: KubeObject<WrittenIngress> | undefined;
  /** The Service of Expose.nlb; undefined without it. */
  readonly loadBalancerService: KubeObject<WrittenService> | undefined;
  /** What Expose.gateway and .networkGateway make, by its names in `customize`; each is undefined without it. */
  readonly gatewayObjects: GatewayRouteMembers;
  /** The TargetGroupBinding of Expose.targetGroup; undefined without it. */
  readonly targetGroupBinding: ExposedBy['targetGroupBinding'];
  /** With `replicas: { min, max }`, unless it has triggers. */
  readonly autoscaler: KubeObject<WrittenHorizontalPodAutoscaler> | undefined;
  /** With triggers in `replicas`. */
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
  /** Logins of triggers in `replicas`; empty without any. */
  readonly triggerAuthentications: readonly KubeObject<TriggerAuthentication>[];
  /** undefined with `disruption: 'none'`, and for one replica by default. */
  readonly disruptionBudget: KubeObject<WrittenPodDisruptionBudget> | undefined;
  /** DNS name of the Service for clients. */
  readonly host: string;
  /** Number of the main port. */
  readonly port: number;
  /** Port numbers by name; empty when `port` is a number. */
  readonly ports: Readonly<Record<P, number>>;
  /** host:port, with the main port. */
  readonly address: string;
  private readonly made: KubeObject<WrittenDeployment> | undefined;

  constructor(scope: PortScope<P>, id: string, props: WebServiceProps<P, M>) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: controllerOf(props),
      describe: (context) => {
        const { check, name, namespace, props: all } = context;
        const cluster = clusterOf(context.construct);
        const service = resolveService(check, props as ServicePropsLike, all.probes, 'http', cluster);
        const deployment = resolveDeployment(check, props.replicas, all);
        const members = splitPorts(check, props.memberPorts, service);
        const clustered = props.memberPorts !== undefined;
        const addresses = new WebAddress(check, name, namespace, members.clientPorts, service, clustered, props.port);
        const model = { service, members, clustered, deployment, addresses };
        return { shape: shapeOf(context, model), model };
      },
    });
    const { service, members, clustered, deployment, addresses } = this.model;
    this.host = addresses.host;
    this.port = addresses.port;
    this.ports = addresses.ports;
    this.address = addresses.address;

    const exposed = ownServices(service, this.pod, this.connections.owner);
    wireExposures(exposed, this.connections);
    Requirements.defer(this, () => scalingRequirements(this, deployment));
    this.service = this.object<Service>('Service', 'v1', 'Service', (m) =>
      clientService(asTarget(this, m), id, members.clientPorts, service),
    );
    this.headlessService = clustered
      ? this.object<Service>(
          'HeadlessService',
          'v1',
          'Service',
          (m) => headlessService(m, id, service.ports),
          headlessName(id),
        )
      : undefined;
    const { made, triggerAuthentications } = deploymentObjects(this, deployment, this.object, () => this.podTemplate());
    const balanced = exposeObjects(exposed, this.object);
    this.made = made.deployment;
    this.rollout = made.rollout;
    this.disruptionBudget = made.disruptionBudget;
    this.autoscaler = made.autoscaler;
    this.scaledObject = made.scaledObject;
    this.triggerAuthentications = triggerAuthentications;
    this.ingress = balanced.first.ingress;
    this.loadBalancerService = balanced.first.loadBalancerService;
    this.gatewayObjects = balanced.first;
    this.targetGroupBinding = balanced.first.targetGroupBinding;
    joinCluster(this, this.check, props.memberOf ?? []);
    const own = { service: this.service, headlessService: this.headlessService };
    applyCustomize(this.check, props.customize, this.commonObjects(), made, balanced.first, own);
    customizeFurther(this.check, props.customize, balanced);
  }

  /** The Deployment. With `ArgoRollout` it is an error to read it: there is a `rollout`. */
  get deployment(): KubeObject<WrittenDeployment> {
    return deploymentOf(this.check, this.made);
  }

  /** A URL of the Service: 'http://host:port'. @param scheme @default 'http' @param port name of a port @default - the main port */
  url(scheme?: string, port?: P): string {
    return this.model.addresses.url(scheme, port);
  }

  /** The domain of the headless Service, which resolves to all pods. Only with `memberPorts`. */
  get domain(): string {
    return this.model.addresses.domain;
  }

  /** Adds a Service named '<name>-<id>' for the pods that have further labels, such as those of a canary. */
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
   * A target for `connectsTo` with ports that only these pods use, for a set or a tool of the same cluster. Only with
   * `memberPorts`.
   *
   * @param ports @default - all of `memberPorts`; the ports of clients where they are []
   */
  onMembers(...ports: M[]): Connectable {
    const { members, clustered } = this.model;
    if (!clustered) {
      this.check.fail(
        'required',
        'memberPorts',
        'memberPorts is required for a cluster with other sets',
        "write memberPorts: ['gossip'], or [] for a cluster on the ports of clients",
      );
    }
    return targetOf(this, memberPortsNamed(this.check, members, ports));
  }

  /** The pods, on the ports of clients. */
  toConnectionTarget(): ConnectionTarget {
    return podsOn(this, this.model.members.clientPorts);
  }
}

function shapeOf(
  { controller, name }: WorkloadContext,
  { service: model, members, clustered, addresses, deployment }: WebServiceModel,
): WorkloadShape {
  return {
    component: 'service',
    controller,
    self: addresses,
    ports: model.containerPorts,
    clientPorts: members.clientPorts,
    hasMembers: clustered,
    probes: model.probes,
    metrics: model.metrics,
    traffic: trafficOf(model),
    defaultPriority: 'standard',
    defaultSpread: 'soft',
    restartPolicy: 'Always',
    maxPods: deployment.replicas.max,
    autoscaler: autoscalerName(name, deployment),
  };
}
