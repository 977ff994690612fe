import type { IConstruct } from 'constructs';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import type { AnyObject, ObjectMeta } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import { tenants } from '../core/tenant-context';
import type { Connections } from '../network/connections';
import { derivedAnnotations } from '../network/derived/derive';
import { EXPOSE_OBJECTS, type ExposeObjects } from '../network/expose';
import { registerService, sharesOf } from '../network/expose/exposed-services';
import type { ExposedService } from '../network/expose/way';
import type { PolicyRule } from '../network/policy-rule';
import type { ObjectFactory } from './object-factory';
import type { PodModel } from './pod';
import type { ServiceModel } from './service-parts';

/** The service of a workload as its `expose` needs it. */
export class OwnService implements ExposedService {
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace: string;
  readonly ports: ServiceModel['ports'];
  readonly port: ServiceModel['exposed'];
  readonly readiness: ServiceModel['exposedReadiness'];
  readonly tenant: ExposedService['tenant'];

  constructor(
    service: ServiceModel,
    private readonly pod: Pick<PodModel, 'shutdown'>,
    { construct, name, namespace }: Connections['owner'],
  ) {
    this.construct = construct;
    this.name = name;
    this.namespace = namespace;
    this.ports = service.ports;
    this.port = service.exposed;
    this.readiness = service.exposedReadiness;
    this.tenant = tenants.nearest(construct);
  }

  get deregistrationDelay(): number {
    const { sleep, preStop, drain } = this.pod.shutdown();
    return sleep + (preStop?.seconds ?? 0) + drain;
  }

  get cluster(): ExposedService['cluster'] {
    return clusterOf(this.construct);
  }
}

/** Opens the network policy for the load balancer, sets the readiness gate, and adds the requirements of `expose`. */
export function wireExposure({ expose }: ServiceModel, service: ExposedService, connections: Connections): void {
  if (expose.readinessGate) {
    service.tenant?.needsReadinessGate();
  }
  registerService(service);
  connections.acceptLate(() => expose.ingressPeers(service));
  connections.acceptLate(() => merged(sharesOf(service.construct).flatMap(({ rule }) => rule() ?? [])));
  connections.acceptLate(() => expose.clientPeers?.(service));
  addCheck(service.construct, (report) => expose.checkApp(service, report));
  Requirements.defer(service.construct, () => expose.needs(service));
}

/** The metadata of a Service that is a target of load balancers of other workloads. */
export function asTarget<M extends ObjectMeta>(construct: IConstruct, metadata: M): M {
  const shares = sharesOf(construct).map(({ annotations }) => annotations());
  const own = Object.assign({}, derivedAnnotations(construct), ...shares) as M['annotations'];
  return Object.keys(own ?? {}).length > 0
    ? { ...metadata, annotations: { ...metadata.annotations, ...own } }
    : metadata;
}

/** The objects of every kind of `expose`; undefined for those that are not used. */
export type ExposedBy = { readonly [K in keyof ExposeObjects]: KubeObject<ExposeObjects[K]> | undefined };

export function exposeObjects({ expose }: ServiceModel, service: ExposedService, make: ObjectFactory): ExposedBy {
  const specs = expose.objects(service);
  const made = Object.keys(EXPOSE_OBJECTS).map((name): [string, KubeObject<AnyObject> | undefined] => {
    const spec = specs[name];
    return [name, spec && make(spec.id, spec.apiVersion, spec.kind, spec.render, spec.name)];
  });
  // each name has the object that its kind of `expose` declares for it
  return Object.fromEntries(made) as unknown as ExposedBy;
}

/** One rule for several load balancers, each of which calls from its subnets. */
function merged(rules: readonly PolicyRule[]): PolicyRule | undefined {
  const distinct = <T>(all: readonly T[]) => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return rules.length === 0
    ? undefined
    : { peers: distinct(rules.flatMap(({ peers }) => peers)), ports: distinct(rules.flatMap(({ ports }) => ports)) };
}
