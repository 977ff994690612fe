import type { IConstruct } from 'constructs';
import { describe } from '../../../kube/describe';
import { indexPath, listed } from '../../../kube/text';
import { Check } from '../../core/check';
import type { Problem } from '../../core/checks';
import type { KubeObject } from '../../core/kube-object';
import type { PortModel } from '../../core/ports';
import { type Duration, parseSeconds } from '../../core/values';
import type { WrittenDeployment, WrittenRollout } from '../../core/written';
import type { PolicyRule } from '../policy';
import type { Connectable } from '../targets';
import { addShare, serviceOf } from './exposed-services';
import { backendProtocol, isAskable, type TargetGroupSettings } from './target-group';
import type { ExposedService } from './way';

/** A part of the requests of a load balancer, for another workload: a canary, or the other colour of two. */
export interface Weight {
  /**
   * A WebService or StatefulService, created before, with an HTTP probe for its readiness; `on('port')` for another port than
   * its main one. By Expose.alb it must be of the same namespace. Its pods get the readiness gate, the policy and the sleep of
   * those behind a load balancer; it needs no `expose`.
   */
  readonly to: Connectable;
  /** Percent of the requests: 0 to 100. What remains of 100 goes to this workload. */
  readonly weight: number;
}

/** Parts of the requests for other workloads. */
export interface Weighted {
  /**
   * Other workloads that get a part of the requests, at most four. To go back, write weight 0 and apply: only the Ingress
   * or the route changes.
   *
   * @default - all requests go to this workload
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions
   */
  readonly weights?: readonly Weight[];
  /**
   * How long a client stays with the workload that got its first request, by a cookie: whole seconds, 1 s to 7 days. A
   * client of a canary then stays there at weight 0 until the time is over.
   *
   * @default - each request is sent by the weights
   */
  readonly stickiness?: Duration;
}

/** A workload that gets a part of the requests. */
export interface ResolvedWeight {
  readonly field: string;
  readonly service: ExposedService;
  readonly port: PortModel;
  readonly weight: number;
}

/** A forward action has at most five target groups. */
const MAX_OTHERS = 4;
const MAX_STICKINESS = 7 * 24 * 3600;
const FIELD = 'expose.weights';

export function checkWeights(check: Check, { weights, stickiness }: Weighted): void {
  if (weights === undefined) {
    if (stickiness !== undefined) {
      check.fail(
        'forbidden',
        'expose.stickiness',
        'expose.stickiness needs expose.weights, between which it keeps a client',
        'remove it',
      );
    }
    return;
  }
  if (!Array.isArray(weights) || weights.length === 0 || weights.length > MAX_OTHERS) {
    check.fail(
      Array.isArray(weights) ? 'invalid' : 'type',
      FIELD,
      `${FIELD} must be a list of 1 to ${MAX_OTHERS} workloads, but is ${describe(weights)}`,
      'write weights: [{ to: canary, weight: 10 }]',
    );
  }
  let sum = 0;
  for (const [i, one] of (weights as readonly Weight[]).entries()) {
    const field = indexPath(FIELD, i);
    check.keys<Weight>(field, one ?? null, { to: 'object', weight: true });
    sum += check.integer(`${field}.weight`, one.weight, 0, 100);
  }
  if (sum > 100) {
    check.fail(
      'invalid',
      FIELD,
      `the sum of ${FIELD} must be at most 100 percent, but is ${sum}: what remains goes to this workload`,
      'lower a weight',
    );
  }
  if (stickiness !== undefined && check.seconds('expose.stickiness', stickiness, 1) > MAX_STICKINESS) {
    check.fail(
      'invalid',
      'expose.stickiness',
      'expose.stickiness must be at most 7 days, which is the limit of the load balancer',
      "write for example '1h'",
    );
  }
}

/** How a load balancer takes in the workloads of its weights. */
export interface Joining {
  /** Who calls the pods of a service. */
  readonly peers: (service: ExposedService) => PolicyRule | undefined;
  /** Annotations of the Service of a target, beside those of what sends to it. */
  readonly annotations: (target: ExposedService) => Readonly<Record<string, string>>;
  /** Whether targets must be of the namespace of the main service. */
  readonly sameNamespace: boolean;
}

/** The workloads of the weights, which are behind the load balancer from now on. */
export function joinWeights(
  main: ExposedService,
  { weights = [], ...settings }: Weighted & TargetGroupSettings,
  { peers, annotations, sameNamespace }: Joining,
): readonly ResolvedWeight[] {
  const resolved = weights.map((one, i) => resolveWeight(main, one, indexPath(FIELD, i), settings, sameNamespace));
  for (const [i, { service, field }] of resolved.entries()) {
    const before = resolved.findIndex((other) => other.service === service);
    if (before < i || service === main) {
      Check.of(main.construct).fail(
        'duplicate',
        `${field}.to`,
        `${field}.to is '${service.name}', ${service === main ? 'this workload, which gets what remains' : `as ${indexPath(FIELD, before)}.to`}`,
        'leave one of them out',
      );
    }
  }
  for (const one of resolved) {
    const target = targetOf(one);
    addShare(one.service.construct, { rule: () => peers(target), annotations: () => annotations(target) });
  }
  return resolved;
}

/** The workload of a weight, with the port that gets the requests. */
export const targetOf = ({ service, port }: ResolvedWeight): ExposedService =>
  Object.create(service, { port: { value: port }, targets: { value: [port] } }) as ExposedService;

function resolveWeight(
  main: ExposedService,
  { to, weight }: Weight,
  field: string,
  settings: TargetGroupSettings,
  sameNamespace: boolean,
): ResolvedWeight {
  const check = Check.of(main.construct);
  const place = `${field}.to`;
  const connection = typeof to?.toConnectionTarget === 'function' ? to.toConnectionTarget() : undefined;
  const workload = connection?.workload;
  const whole = (to as unknown) === workload;
  // a Service for some of the pods is a construct of its own
  const isOther = !whole && (to as Partial<IConstruct> | undefined)?.node !== undefined;
  const service = workload?.node.root === main.construct.node.root && !isOther ? serviceOf(workload) : undefined;
  if (!service) {
    throw check.error(
      'type',
      place,
      `${place} must be a WebService or StatefulService of this app, but is ${describe(isOther ? to : (workload ?? to))}`,
      "write the workload, or workload.on('port')",
    );
  }
  if (sameNamespace && service.namespace !== main.namespace) {
    check.fail(
      'forbidden',
      place,
      `${place} must be a workload of namespace '${main.namespace}', but '${service.construct.node.path}' is in '${service.namespace}': an Ingress sends requests to Services of its own namespace alone`,
      'create it in the same tenant',
    );
  }
  const port = portOf(check, place, service, whole ? undefined : connection!.ports.map((one) => one.port));
  const target = { port, readiness: service.readiness };
  const protocol = backendProtocol(target, settings.protocol);
  if (port.protocol !== 'TCP' || !isAskable(target, protocol)) {
    const [probe, example] = protocol === 'grpc' ? ['a gRPC', 'Probe.grpc()'] : ['an HTTP', "Probe.http('/readyz')"];
    check.fail(
      'forbidden',
      place,
      `${place} must have a TCP port and ${probe} probe for its readiness, which an Application Load Balancer uses as its health check, but '${service.name}' has not`,
      `write readiness: ${example} in its probes`,
    );
  }
  return { field, service, port, weight };
}

/** The port of the exposed service, or the one that on() names. */
function portOf(
  check: Check,
  place: string,
  service: ExposedService,
  numbers: readonly unknown[] | undefined,
): PortModel {
  const named = numbers ? service.ports.filter(({ port }) => numbers.includes(port)) : [service.port];
  const [port] = named;
  if (!port || named.length > 1) {
    return check.fail(
      'unsupported',
      place,
      `${place} must be one port of '${service.name}', but is ${listed(named.map(({ name }) => name))}`,
      "write the workload, or workload.on('port') with one port",
    );
  }
  return port;
}

/** The forward action: percent by Service. */
export function forwardAction(
  main: ExposedService,
  weights: readonly ResolvedWeight[],
  { stickiness }: Weighted,
): string {
  const own = { service: main, port: main.port, weight: rest(weights) };
  return JSON.stringify({
    type: 'forward',
    forwardConfig: {
      targetGroups: [own, ...weights].map(({ service, port, weight }) => ({
        serviceName: service.name,
        servicePort: port.name,
        weight,
      })),
      ...(stickiness === undefined
        ? {}
        : { targetGroupStickinessConfig: { enabled: true, durationSeconds: parseSeconds(stickiness) } }),
    },
  });
}

/** What remains for the main service, in percent. */
export const rest = (weights: readonly ResolvedWeight[]): number =>
  100 - weights.reduce((sum, { weight }) => sum + weight, 0);

/** A part of the requests for a workload without pods is answered with 503. */
export function checkParked(
  main: ExposedService,
  weights: readonly ResolvedWeight[],
  report: (p: Problem) => void,
): void {
  for (const { service, weight, field } of [...weights, { service: main, weight: rest(weights), field: FIELD }]) {
    if (weights.length > 0 && weight > 0 && isParked(service)) {
      report({
        rule: 'load-balancer/weight-without-pods',
        field,
        message: `${weight} percent of the requests go to '${service.construct.node.path}', which has replicas: 0, so they are answered with 503`,
        fix:
          service === main
            ? 'write weights with the sum 100, or give it replicas'
            : 'write weight: 0, or give it replicas',
      });
    }
  }
}

function isParked({ construct }: ExposedService): boolean {
  const { rollout } = construct as { readonly rollout?: KubeObject<WrittenRollout> };
  const controller = rollout ?? (construct as { readonly deployment?: KubeObject<WrittenDeployment> }).deployment;
  return controller?.toJson().spec.replicas === 0;
}
