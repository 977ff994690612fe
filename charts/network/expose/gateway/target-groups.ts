import type { IConstruct } from 'constructs';
import { addTo } from '../../../../kube/collections';
import { AppSlot } from '../../../core/app-state';
import type { TargetGroupConfiguration } from '../../../core/k8s';
import { parseSeconds } from '../../../core/values';
import { asList, attributesOf } from '../attributes';
import type { TargetSettings } from '../balancer-settings';
import { networkCheck, type TargetGroupSettings, targetGroupModel } from '../target-group';
import type { ExposedService, ObjectSpec } from '../way';

export type TargetGroupFields = NonNullable<TargetGroupConfiguration['spec']['defaultConfiguration']>;

/** A route, as the target groups that are made for it know it. */
export interface RouteName {
  readonly kind: 'HTTPRoute' | 'GRPCRoute' | 'TCPRoute' | 'TLSRoute' | 'UDPRoute';
  readonly namespace: string;
  readonly name: string;
}
interface Entry {
  readonly route: RouteName;
  readonly props: () => TargetGroupFields;
}

const entries = new AppSlot<Map<IConstruct, Entry[]>>('target-groups', () => new Map());

/**
 * Says that a route sends requests to a service. A Service has one object for the target groups of all of its routes.
 *
 * @returns that object, for the first route
 */
export function addTargetGroup(
  service: ExposedService,
  route: RouteName,
  props: () => TargetGroupFields,
): ObjectSpec<TargetGroupConfiguration> | undefined {
  const all = entries.of(service.construct);
  const isFirst = !all.has(service.construct);
  addTo(all, service.construct, { route, props });
  return isFirst
    ? {
        id: 'TargetGroupConfiguration',
        apiVersion: 'gateway.k8s.aws/v1',
        kind: 'TargetGroupConfiguration',
        render: (metadata) => ({
          apiVersion: 'gateway.k8s.aws/v1',
          kind: 'TargetGroupConfiguration',
          metadata,
          spec: { targetReference: { group: '', kind: 'Service', name: service.name }, ...configurations(service) },
        }),
      }
    : undefined;
}

function configurations({ construct }: ExposedService): TargetGroupConfiguration['spec'] {
  const [first, ...rest] = entries.of(construct).get(construct) ?? [];
  const defaultConfiguration = first!.props();
  const text = JSON.stringify(defaultConfiguration);
  const others = rest.filter(({ props }) => JSON.stringify(props()) !== text);
  return {
    defaultConfiguration,
    ...(others.length === 0
      ? {}
      : {
          routeConfigurations: others.map(({ route, props }) => ({
            routeIdentifier: { ...route },
            targetGroupProps: props(),
          })),
        }),
  };
}

/** What annotations of an Ingress say of a target group, in the spelling of a Gateway. */
export function targetGroupProps(service: ExposedService, settings: TargetGroupSettings): TargetGroupFields {
  const { speaks, version, check } = targetGroupModel(service, settings);
  return {
    // without it the nodes would be the targets
    targetType: 'ip',
    protocol: speaks,
    protocolVersion: version,
    healthCheckConfig: {
      healthCheckPath: check.path,
      // one of another route must not stay
      healthCheckPort: check.port === undefined ? 'traffic-port' : String(check.port),
      healthCheckProtocol: check.protocol,
      ...timesOf(settings),
      matcher: version === 'GRPC' ? { grpcCode: check.successCodes } : { httpCode: check.successCodes },
    },
    targetGroupAttributes: asList(attributesOf(service, settings.targetGroupAttributes)),
  };
}

/** The same of a target group of a Network Load Balancer. */
export function networkTargetGroup(
  service: ExposedService,
  protocol: 'TCP' | 'UDP',
  settings: TargetSettings,
): TargetGroupFields {
  const check = networkCheck(service);
  const { successCodes } = settings.healthCheck ?? {};
  return {
    targetType: 'ip',
    protocol,
    healthCheckConfig: {
      healthCheckPath: check.path,
      healthCheckPort: String(check.port),
      healthCheckProtocol: check.protocol,
      ...timesOf(settings),
      ...(check.path === undefined || successCodes === undefined ? {} : { matcher: { httpCode: successCodes } }),
    },
    targetGroupAttributes: asList(attributesOf(service, settings.targetGroupAttributes)),
  };
}

const timesOf = ({ healthCheck: { interval, timeout, healthy, unhealthy } = {} }: TargetSettings) => ({
  healthCheckInterval: interval === undefined ? undefined : parseSeconds(interval),
  healthCheckTimeout: timeout === undefined ? undefined : parseSeconds(timeout),
  healthyThresholdCount: healthy,
  unhealthyThresholdCount: unhealthy,
});
