import type { KeyTable } from '../../kube/values';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { ScaledObject, Service } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { PortScope, Ports } from '../core/ports';
import { Requirements } from '../core/requirements';
import type { Customize } from '../core/values';
import type { ServiceSelf } from '../core/workload-info';
import type {
  WrittenDeployment,
  WrittenHorizontalPodAutoscaler,
  WrittenIngress,
  WrittenPodDisruptionBudget,
  WrittenService,
} from '../core/written';
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
import type { WorkloadShape } from './shape';
import { Workload } from './workload';

/** Objects of a WebService, by the names that `customize` uses. */
export interface WebServiceObjects extends ScaledObjects, ExposedObjects {}
/** Props of a WebService. P is the union of the names in `port`. */
export interface WebServiceProps<P extends string = string>
  extends PodProps<ServiceSelf<NoInfer<P>>, P>,
    ServiceParts<NoInfer<P>>,
    AvailabilityProps {
  /** The ports it listens on: one number, or ports by name, the first of them the main port. */
  readonly port: Ports<P>;
  /** Number of replicas, or { min, max } for an autoscaler. @default 2 - one stays while a node is drained */
  readonly replicas?: Replicas;
  /** Edits of the rendered objects: { deployment: (d) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<WebServiceObjects>;
}

const PROPS: KeyTable<WebServiceProps> = {
  ...POD_PROPS,
  probes: true,
  metrics: true,
  expose: true,
  trafficDistribution: true,
  disruption: true,
  rollout: true,
  port: true,
  replicas: true,
  customize: true,
};
/** The name of a pod is the id, '-' and a hash of 10 characters, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 46;

/** The validated props of the Deployment and its Service. */
interface WebServiceModel {
  readonly service: ServiceModel;
  readonly deployment: DeploymentModel;
  readonly addresses: ServiceAddress;
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
export class WebService<in P extends string = never>
  extends Workload<WebServiceModel>
  implements ServiceSelf<P>, Connectable
{
  readonly deployment: KubeObject<WrittenDeployment>;
  /** The Service for clients. */
  readonly service: KubeObject<WrittenService>;
  /** The Ingress of Expose.alb; undefined without it. */
  readonly ingress: KubeObject<WrittenIngress> | undefined;
  /** The Service of Expose.nlb; undefined without it. */
  readonly loadBalancerService: KubeObject<WrittenService> | undefined;
  /** With `replicas: { min, max }`, unless it has triggers. */
  readonly autoscaler: KubeObject<WrittenHorizontalPodAutoscaler> | undefined;
  /** With triggers in `replicas`. */
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
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

  constructor(scope: PortScope<P>, id: string, props: WebServiceProps<P>) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'deployment',
      describe: (context) => {
        const { check, name, namespace } = context;
        const service = resolveService(
          check,
          props as ServicePropsLike,
          context.props.probes,
          'http',
          clusterOf(context.construct),
        );
        const deployment = resolveDeployment(check, props.replicas, context.props);
        const addresses = new ServiceAddress(check, name, namespace, service.ports, typeof props.port === 'number');
        return { shape: shapeOf(service, addresses), model: { service, deployment, addresses } };
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
      clientService(m, id, service.ports, service),
    );
    const made = deploymentObjects(this, deployment, this.object, () => this.template());
    const balanced = exposeObjects(service, exposed, this.object);
    this.deployment = made.deployment;
    this.disruptionBudget = made.disruptionBudget;
    this.autoscaler = made.autoscaler;
    this.scaledObject = made.scaledObject;
    this.ingress = balanced.ingress;
    this.loadBalancerService = balanced.loadBalancerService;
    applyCustomize(this.check, props.customize, {
      ...this.commonObjects(),
      ...made,
      ...balanced,
      service: this.service,
    });
  }

  /** A URL of the Service: 'http://host:port'. @param scheme @default 'http' @param port name of a port @default - the main port */
  url(scheme = 'http', port?: P): string {
    return this.model.addresses.url(scheme, port);
  }

  /** A target for `connectsTo` with only these ports. */
  on(...ports: [P, ...P[]]): Connectable {
    const chosen = portsNamed(this.check, this.model.service.ports, ports);
    return { toConnectionTarget: () => ({ peers: [], ports: policyPorts(chosen), workload: this }) };
  }

  /** The pods, on all ports of the Service. */
  toConnectionTarget(): ConnectionTarget {
    return { peers: [], ports: policyPorts(this.model.service.ports), workload: this };
  }
}

function shapeOf(model: ServiceModel, self: ServiceAddress): WorkloadShape {
  return {
    component: 'service',
    self,
    ports: model.containerPorts,
    clientPorts: model.ports,
    probes: model.probes,
    metrics: model.metrics,
    traffic: model.expose.traffic,
    defaultPriority: 'standard',
    defaultSpread: 'soft',
    isDeployment: true,
    restartPolicy: 'Always',
  };
}
