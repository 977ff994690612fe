import type { Construct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import { applyEdits } from '../core/edits';
import type {
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  PodDisruptionBudget,
  ScaledObject,
  Service,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Ports } from '../core/ports';
import { Requirements } from '../core/requirements';
import type { ServiceSelf } from '../core/self';
import type { Customize } from '../core/values';
import { type Connectable, type ConnectionTarget, policyPorts } from '../network/targets';
import type { AvailabilityProps } from '../scaling/availability';
import type { Replicas } from '../scaling/replicas';
import { exposedService, exposeObjects, wireExposure } from './exposure';
import type { ExposedObjects, ScaledObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import { type DeploymentModel, deploymentObjects, resolveDeployment, scalingRequirements } from './scaling';
import {
  clientService,
  portsNamed,
  resolveService,
  ServiceAddress,
  type ServiceModel,
  type ServiceParts,
  type ServicePropsLike,
} from './service-parts';
import type { WorkloadContext, WorkloadShape } from './shape';
import { Workload } from './workload';

/** Objects of a web service. */
export interface WebServiceObjects extends ScaledObjects, ExposedObjects {}
/** Props of a WebService. P: names in `port`. */
export interface WebServiceProps<P extends string = string>
  extends PodProps<ServiceSelf<NoInfer<P>>>,
    ServiceParts<NoInfer<P>>,
    AvailabilityProps {
  /** What it listens on. */
  readonly port: Ports<P>;
  /** @default 2 */
  readonly replicas?: Replicas;
  /** @default - none */
  readonly customize?: Customize<WebServiceObjects>;
}

const PROPS: KeyTable<WebServiceProps> = {
  ...POD_PROPS,
  probes: true,
  metrics: true,
  expose: true,
  disruption: true,
  rollout: true,
  port: true,
  replicas: true,
  customize: true,
};
/** '-', a ReplicaSet's hash of 10, '-' and 5 random characters fit behind it. */
const MAX_NAME = 46;

/** What a web service has besides its pods. */
interface WebServiceModel {
  readonly service: ServiceModel;
  readonly deployment: DeploymentModel;
  readonly addresses: ServiceAddress;
}

/** A stateless service: Deployment and Service, scaled, spread and exposed. */
export class WebService<in P extends string = never>
  extends Workload<WebServiceModel>
  implements ServiceSelf<P>, Connectable
{
  /** The Deployment. */
  readonly deployment: KubeObject<Deployment>;
  /** For clients. */
  readonly service: KubeObject<Service>;
  /** With Expose.alb. */
  readonly ingress: KubeObject<Ingress> | undefined;
  /** With Expose.nlb. */
  readonly loadBalancerService: KubeObject<Service> | undefined;
  /** With a scale, unless it has triggers. */
  readonly autoscaler: KubeObject<HorizontalPodAutoscaler> | undefined;
  /** With triggers. */
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
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

  constructor(scope: Construct, id: string, props: WebServiceProps<P>) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: (context) => {
        const { check, name, namespace } = context;
        const service = resolveService(check, props as ServicePropsLike, context.props.probes, 'http');
        const deployment = resolveDeployment(check, props.replicas, context.props);
        const addresses = new ServiceAddress(check, name, namespace, service.ports, typeof props.port === 'number');
        return { shape: shapeOf(context, service, addresses), model: { service, deployment, addresses } };
      },
    });
    const { service, deployment, addresses } = this.model;
    this.host = addresses.host;
    this.port = addresses.port;
    this.ports = addresses.ports;
    this.address = addresses.address;

    const exposed = exposedService(service, this.pod.shutdown, this.connections.owner);
    wireExposure(service, exposed, this.connections);
    Requirements.defer(this, () => scalingRequirements(this, deployment));
    this.service = this.object<Service>('Service', 'v1', 'Service', (m) =>
      clientService(m, id, service.ports, service.expose),
    );
    const made = deploymentObjects(this, deployment, this.object, () => this.template());
    const balanced = exposeObjects(service, exposed, this.object);
    this.deployment = made.deployment;
    this.disruptionBudget = made.disruptionBudget;
    this.autoscaler = made.autoscaler;
    this.scaledObject = made.scaledObject;
    this.ingress = balanced.ingress;
    this.loadBalancerService = balanced.loadBalancerService;
    applyEdits(this.check, props.customize, { ...this.commonObjects(), ...made, ...balanced, service: this.service });
  }

  /** @param scheme @default 'http' @param port @default - the main port */
  url(scheme = 'http', port?: P): string {
    return this.model.addresses.url(scheme, port);
  }

  /** Only these ports, for `connectsTo`. */
  on(...ports: [P, ...P[]]): Connectable {
    const chosen = portsNamed(this.check, this.model.service.ports, ports);
    return { toConnectionTarget: () => ({ peers: [], ports: policyPorts(chosen), workload: this }) };
  }

  /** Its pods, on its ports. */
  toConnectionTarget(): ConnectionTarget {
    return { peers: [], ports: policyPorts(this.model.service.ports), workload: this };
  }
}

function shapeOf({ name }: WorkloadContext, model: ServiceModel, self: ServiceAddress): WorkloadShape {
  return {
    component: 'service',
    self,
    ports: model.containerPorts,
    clientPorts: model.ports,
    services: [name, ...model.expose.serviceNames(name)],
    probes: model.probes,
    metrics: model.metrics,
    traffic: model.expose.traffic,
    defaultPriority: 'standard',
    defaultSpread: 'soft',
    isDeployment: true,
    restartPolicy: 'Always',
  };
}
