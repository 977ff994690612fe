import type { IConstruct } from 'constructs';
import type { Check } from '../../core/check';
import type { Problem } from '../../core/checks';
import type { ClusterContext } from '../../core/cluster-context';
import type { AnyObject, ObjectMeta, Probe } from '../../core/k8s';
import type { PortModel } from '../../core/ports';
import type { Requirement } from '../../core/requirements';
import type { TenantContext } from '../../core/tenant-context';
import type { PolicyRule } from '../connections';

/** The port that a way sends to, and how its pods report that they are ready. */
export interface ExposedPort {
  readonly port: PortModel;
  readonly readiness: Probe | undefined;
}

/** A service as the way that exposes it sees it. */
export interface ExposedService extends ExposedPort {
  readonly construct: IConstruct;
  /** Of the workload, and of the Service that clients call. */
  readonly name: string;
  /** All ports of the service. */
  readonly ports: readonly PortModel[];
  /** Seconds from the moment a pod is taken out of service to its end: a target must not outlive its pod. */
  readonly deregistrationDelay: number;
  readonly tenant: TenantContext | undefined;
  /** Known only when the app is complete; not to be read before objects are rendered or checks run. */
  readonly cluster: ClusterContext | undefined;
}

/** An object that a workload makes: what it is, and the pure function that renders it. */
export interface ObjectSpec<T extends AnyObject> {
  /** Of the construct, below the workload. */
  readonly id: string;
  readonly apiVersion: T['apiVersion'];
  readonly kind: T['kind'];
  /** metadata.name. @default - the workload's */
  readonly name?: string;
  readonly render: (metadata: ObjectMeta & { name: string }) => T;
}
/** Objects by the name that `customize` uses. */
export type ObjectSpecs<O extends Record<keyof O, AnyObject>> = { readonly [K in keyof O]: ObjectSpec<O[K]> };

/**
 * A way to expose a service. Everything in which one way differs from another is in its object: a new way is a new file
 * beside this one, and a factory in `Expose`.
 */
export interface ExposeWay {
  /** Who sends traffic to the pods, which decides how long they wait before they stop. */
  readonly traffic: 'service' | 'load-balancer';
  /** Whether a new pod counts as ready only when the load balancer reaches it. */
  readonly readinessGate: boolean;
  /** The Service that clients call. */
  readonly clientService: { readonly type: 'ClusterIP' | 'NodePort'; readonly nodePort?: number };
  /** Checks the props. */
  check(check: Check): void;
  /** The name of the port that it sends to; undefined for the main port. */
  portName(): string | undefined;
  /** Checks whether it can send to a port. */
  checkPort(check: Check, target: ExposedPort): void;
  /** Names of the Services that it makes, beside that of clients. */
  serviceNames(name: string): readonly string[];
  /** What it makes, beside the client Service. */
  objects(service: ExposedService): ObjectSpecs<Record<string, AnyObject>>;
  /** Who calls the pods, and on which ports; undefined for nobody beyond declared connections. */
  ingressPeers(service: ExposedService): PolicyRule | undefined;
  /** What it needs of the cluster. */
  needs(service: ExposedService): readonly Requirement[];
  /** Checks the service against the complete app. */
  checkApp(service: ExposedService, report: (problem: Problem) => void): void;
}
