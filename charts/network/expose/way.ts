import type { IConstruct } from 'constructs';
import type { Check } from '../../core/check';
import type { Problem } from '../../core/checks';
import type { ClusterContext } from '../../core/cluster-context';
import type { AnyObject, ObjectMeta, Probe } from '../../core/k8s';
import type { PortModel } from '../../core/ports';
import type { Requirement } from '../../core/requirements';
import type { TenantContext } from '../../core/tenant-context';
import type { PolicyRule } from '../connections';

/** The port that receives the traffic, and its readiness probe. */
export interface ExposedPort {
  readonly port: PortModel;
  readonly readiness: Probe | undefined;
}

/** A service, as input of a way. */
export interface ExposedService extends ExposedPort {
  readonly construct: IConstruct;
  /** The name of the workload and of the client Service. */
  readonly name: string;
  readonly namespace: string;
  /** All ports of the service. */
  readonly ports: readonly PortModel[];
  /** The ports that receive the traffic; the first is `port`. */
  readonly targets: readonly PortModel[];
  /** Seconds from the deregistration of a pod to its end: a target must not outlive its pod. */
  readonly deregistrationDelay: number;
  /** What objects of this way have at the end of their names; '' for the first of its kind. */
  readonly suffix: string;
  /** The pods by name, in order, where each keeps its name. */
  readonly members: readonly Member[] | undefined;
  /** The checks of this way, whose fields begin with 'expose'. */
  readonly check: Check;
  readonly tenant: TenantContext | undefined;
  /** Known when the app is complete; must not be read before objects are rendered or checks run. */
  readonly cluster: ClusterContext | undefined;
  /** Adds an object to the workload, which another one needs of it; once its own exist. */
  addObject<T extends AnyObject>(spec: ObjectSpec<T>): void;
}

/** A pod with a name and a number of its own. */
export interface Member {
  readonly name: string;
  readonly ordinal: number;
}

/** An object of a workload, and the pure function that renders it. */
export interface ObjectSpec<T extends AnyObject> {
  /** The id of the construct below the workload. */
  readonly id: string;
  readonly apiVersion: T['apiVersion'];
  readonly kind: T['kind'];
  /** metadata.name. @default - the workload's */
  readonly name?: string;
  readonly render: (metadata: ObjectMeta & { name: string }) => T;
}
/** Objects by their name in `customize`: one, or one for each member. */
export type ObjectSpecs<O extends Record<keyof O, AnyObject>> = {
  readonly [K in keyof O]: ObjectSpec<O[K]> | readonly ObjectSpec<O[K]>[];
};

/**
 * A way to expose a service. All differences between the ways are members of this interface: a new way is a new file
 * beside this one, and a factory in `Expose`.
 */
export interface ExposeWay {
  readonly kind:
    | 'cluster-ip'
    | 'node-port'
    | 'alb'
    | 'nlb'
    | 'gateway'
    | 'network-gateway'
    | 'target-group'
    | 'elsewhere';
  /** Who can reach a load balancer. */
  readonly scheme?: 'internal' | 'internet-facing';
  /** What tells it apart from another of its kind for the same port. @default - who can reach it */
  readonly apart?: string | undefined;
  /** Where traffic comes from, which decides how long pods wait before they stop. */
  readonly traffic: 'service' | 'load-balancer';
  /** Whether a new pod is ready only after the load balancer has registered it. */
  readonly readinessGate: boolean;
  /** The Service that clients call. */
  readonly clientService: { readonly type: 'ClusterIP' | 'NodePort'; readonly nodePort?: number };
  /** Checks the props. */
  check(check: Check): void;
  /** The names of the ports that receive the traffic, and the prop of each; none for the main port. */
  portNames(): readonly { readonly name: string; readonly field: string }[];
  /** Checks whether a port can receive the traffic. */
  checkPort(check: Check, target: ExposedPort): void;
  /** Its objects besides the client Service. */
  objects(service: ExposedService): ObjectSpecs<Record<string, AnyObject>>;
  /** Who calls the pods besides declared connections, and on which ports. */
  ingressPeers(service: ExposedService): PolicyRule | undefined;
  /** Clients that reach the pods with their own address, and on which port. @default - none */
  clientPeers?(service: ExposedService): PolicyRule | undefined;
  /** Its requirements on the cluster. */
  needs(service: ExposedService): readonly Requirement[];
  /** Checks the service against the complete app. */
  checkApp(service: ExposedService, report: (problem: Problem) => void): void;
}

const CLUSTER_IP: ExposeWay = {
  kind: 'cluster-ip',
  traffic: 'service',
  readinessGate: false,
  clientService: { type: 'ClusterIP' },
  check: () => {},
  portNames: () => [],
  checkPort: () => {},
  objects: () => ({}),
  ingressPeers: () => undefined,
  needs: () => [],
  checkApp: () => {},
};

/** Only from inside the cluster, by declared connections to the client Service. The other ways override parts of this one. */
export const clusterIp = (): ExposeWay => CLUSTER_IP;
