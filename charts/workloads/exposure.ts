import type { IConstruct } from 'constructs';
import { distinct, hasNoKey } from '../../kube/collections';
import type { Check } from '../core/check';
import { type AppCheck, addCheck, type Problem } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import { ItemCheck, placeIn } from '../core/item-check';
import type { AnyObject, ObjectMeta } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { PortModel } from '../core/ports';
import { type Requirement, Requirements } from '../core/requirements';
import { tenants } from '../core/tenant-context';
import type { WrittenService } from '../core/written';
import type { Connections } from '../network/connections';
import { derivedAnnotations } from '../network/derived/derive';
import { EXPOSE_OBJECTS, type ExposeObjects } from '../network/expose';
import { registerServices, servicesOf, sharesOf } from '../network/expose/exposed-services';
import type { GatewayRouteObjects } from '../network/expose/gateway/gateway';
import type { NetworkRouteObjects } from '../network/expose/gateway/network-route';
import type { ExposedService, Member, ObjectSpec, ObjectSpecs } from '../network/expose/way';
import type { LateRules, PolicyRule } from '../network/policy';
import type { Exposure } from './exposed-ports';
import type { ObjectFactory } from './objects';
import { type PodModel, shutdownOf } from './pod';
import type { ServiceModel } from './service-parts';

/** The service of a workload as one of its ways from outside needs it. */
class OwnService implements ExposedService, AppCheck {
  private make: ObjectFactory | undefined;

  constructor(
    readonly exposure: Exposure,
    private readonly model: ServiceModel,
    private readonly pod: PodModel,
    private readonly owner: Connections['owner'],
    readonly members: readonly Member[] | undefined,
  ) {}

  get construct(): IConstruct {
    return this.owner.construct;
  }

  get name(): string {
    return this.owner.name;
  }

  get namespace(): string {
    return this.owner.namespace;
  }

  get ports(): ServiceModel['ports'] {
    return this.model.ports;
  }

  get way(): Exposure['way'] {
    return this.exposure.way;
  }

  get targets(): Exposure['targets'] {
    return this.exposure.targets;
  }

  get port(): PortModel {
    return this.exposure.targets[0];
  }

  get readiness(): Exposure['readiness'] {
    return this.exposure.readiness;
  }

  get suffix(): string {
    return this.exposure.suffix;
  }

  get tenant(): ExposedService['tenant'] {
    return tenants.nearest(this.owner.construct);
  }

  get check(): Check {
    return new ItemCheck(this.construct.node.path, 'expose', this.exposure.field);
  }

  /** The check of its way against the complete app. */
  run(report: (problem: Problem) => void): void {
    const { field: at } = this.exposure;
    this.way.checkApp(this, (problem) =>
      report(problem.field === undefined ? problem : { ...problem, field: placeIn(problem.field, 'expose', at) }),
    );
  }

  get deregistrationDelay(): number {
    const { sleep, preStop, drain } = shutdownOf(this.pod);
    return sleep + (preStop?.seconds ?? 0) + drain;
  }

  get cluster(): ExposedService['cluster'] {
    return clusterOf(this.construct);
  }

  addObject<T extends AnyObject>({ id, apiVersion, kind, render, name }: ObjectSpec<T>): void {
    this.make!(id, apiVersion, kind, render, name);
  }

  /** Its objects, from now on. */
  objects(make: ObjectFactory): ObjectSpecs<Record<string, AnyObject>> {
    this.make = make;
    return this.exposure.way.objects(this);
  }
}

/** The service of a workload, for each of its ways from outside. */
export const ownServices = (
  service: ServiceModel,
  pod: PodModel,
  owner: Connections['owner'],
  members?: readonly Member[],
): readonly OwnService[] => service.exposures.map((exposure) => new OwnService(exposure, service, pod, owner, members));

/** Opens the network policy for the load balancers, sets the readiness gate, and adds the requirements of `expose`. */
export function wireExposures(services: readonly OwnService[], connections: Connections): void {
  const { construct } = connections.owner;
  registerServices(construct, services);
  let isExposed = false;
  for (const service of services) {
    const { way } = service;
    if (way.kind === 'cluster-ip') {
      continue;
    }
    isExposed = true;
    if (way.readinessGate) {
      service.tenant?.needsReadinessGate();
    }
    addCheck(construct, service);
  }
  if (isExposed) {
    Requirements.defer(construct, needsOfExposures);
  }
  connections.acceptLate(callersOfExposures);
}

/** One function for all workloads, each of which keeps it. */
const needsOfExposures = (construct: IConstruct): readonly Requirement[] => {
  const found: Requirement[] = [];
  for (const service of servicesOf(construct)) {
    if (service.way.kind !== 'cluster-ip') {
      found.push(...service.way.needs(service));
    }
  }
  return found;
};

/** Likewise. Load balancers of the workload, those of others that share with it, and clients that keep their own address. */
const callersOfExposures: LateRules = ({ construct }) => {
  const services = servicesOf(construct);
  const shares = sharesOf(construct);
  const shared = shares.length === 0 ? undefined : merged(shares.flatMap(({ rule }) => rule() ?? []));
  const found: PolicyRule[] = [];
  for (const service of services) {
    const rule = service.way.kind === 'cluster-ip' ? undefined : service.way.ingressPeers(service);
    if (rule !== undefined) {
      found.push(rule);
    }
  }
  if (shared !== undefined) {
    found.push(shared);
  }
  for (const service of services) {
    const rule = service.way.clientPeers?.(service);
    if (rule !== undefined) {
      found.push(rule);
    }
  }
  return found;
};

/** The metadata of a Service that is a target of load balancers of other workloads. */
export function asTarget<M extends ObjectMeta>(construct: IConstruct, metadata: M): M {
  const shares = sharesOf(construct);
  const derived = derivedAnnotations(construct);
  if (shares.length === 0 && hasNoKey(derived)) {
    return metadata;
  }
  const own = Object.assign({}, derived, ...shares.map(({ annotations }) => annotations())) as M['annotations'];
  return Object.keys(own ?? {}).length > 0
    ? { ...metadata, annotations: { ...metadata.annotations, ...own } }
    : metadata;
}

/** The objects of every kind of `expose`; undefined for those that are not used. */
export type ExposedBy = { readonly [K in keyof ExposeObjects]: KubeObject<ExposeObjects[K]> | undefined };
/** Those of Expose.gateway and Expose.networkGateway. */
export type GatewayRouteMembers = Pick<ExposedBy, keyof GatewayRouteObjects | keyof NetworkRouteObjects>;
/** Those of the first way of each kind, and those of further ones. */
export interface ExposedObjects {
  readonly first: ExposedBy;
  /** The Services of the load balancers of members. */
  readonly perMember: readonly KubeObject<WrittenService>[];
  readonly further: readonly (readonly [name: keyof ExposeObjects, object: KubeObject<AnyObject>])[];
}

const NOT_EXPOSED = Object.fromEntries(Object.keys(EXPOSE_OBJECTS).map((name) => [name, undefined]));

export function exposeObjects(services: readonly OwnService[], make: ObjectFactory): ExposedObjects {
  const first: Record<string, KubeObject<AnyObject> | undefined> = { ...NOT_EXPOSED };
  const perMember: KubeObject<AnyObject>[] = [];
  const further: (readonly [name: keyof ExposeObjects, object: KubeObject<AnyObject>])[] = [];
  for (const service of services) {
    const { suffix } = service;
    const end = suffix === '' ? '' : `-${suffix}`;
    const specs = service.objects(make);
    for (const name of Object.keys(specs) as (keyof ExposeObjects)[]) {
      const own = specs[name]!;
      const ofMembers = Array.isArray(own);
      for (const spec of (ofMembers ? own : [own]) as readonly ObjectSpec<AnyObject>[]) {
        const called = suffix === '' ? spec.name : `${spec.name ?? service.name}${end}`;
        const object = make(
          `${spec.id}${end}`,
          spec.apiVersion,
          spec.kind,
          spec.render,
          called,
        ) as KubeObject<AnyObject>;
        if (suffix === '' && first[name] === undefined) {
          first[name] = object;
        } else {
          further.push([name, object]);
        }
        if (ofMembers && name === 'loadBalancerService') {
          perMember.push(object);
        }
      }
    }
  }
  return {
    // each name has the object that its kind of `expose` declares for it
    first: first as unknown as ExposedBy,
    perMember: perMember as unknown as readonly KubeObject<WrittenService>[],
    further,
  };
}

/** Applies the edits of the first object of a kind to the further ones. */
export function customizeFurther(check: Check, edits: object | undefined, { further }: ExposedObjects): void {
  for (const [name, object] of further) {
    const edit = (edits as Readonly<Record<string, unknown>> | undefined)?.[name];
    applyCustomize(check, edit === undefined ? undefined : { [name]: edit }, { [name]: object });
  }
}

/** One rule for several load balancers, each of which calls from its subnets. */
function merged(rules: readonly PolicyRule[]): PolicyRule | undefined {
  return rules.length === 0
    ? undefined
    : { peers: distinct(rules.flatMap(({ peers }) => peers)), ports: distinct(rules.flatMap(({ ports }) => ports)) };
}
