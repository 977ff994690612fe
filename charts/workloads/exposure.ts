import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import type { AnyObject } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import { tenants } from '../core/tenant-context';
import type { Connections } from '../network/connections';
import { EXPOSE_OBJECTS, type ExposeObjects } from '../network/expose';
import type { ExposedService } from '../network/expose/way';
import type { ShutdownModel } from '../pods/shutdown';
import type { ObjectFactory } from './object-factory';
import type { ServiceModel } from './service-parts';

/** The service of a workload as its `expose` needs it. */
export function exposedService(
  service: ServiceModel,
  shutdown: ShutdownModel,
  { construct, name }: Connections['owner'],
): ExposedService {
  return {
    construct,
    name,
    ports: service.ports,
    port: service.exposed,
    readiness: service.exposedReadiness,
    deregistrationDelay: shutdown.sleep + (shutdown.preStop?.seconds ?? 0) + shutdown.drain,
    tenant: tenants.nearest(construct),
    get cluster() {
      return clusterOf(construct);
    },
  };
}

/** Opens the network policy for the load balancer, sets the readiness gate, and adds the requirements of `expose`. */
export function wireExposure({ expose }: ServiceModel, service: ExposedService, connections: Connections): void {
  if (expose.readinessGate) {
    service.tenant?.needsReadinessGate();
  }
  connections.acceptLate(() => expose.ingressPeers(service));
  connections.acceptLate(() => expose.clientPeers?.(service));
  addCheck(service.construct, (report) => expose.checkApp(service, report));
  Requirements.defer(service.construct, () => expose.needs(service));
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
