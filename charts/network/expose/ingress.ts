import { ALB_PREFIX } from '../../../eks/load-balancer-annotations';
import { remembered } from '../../../kube/collections';
import { groupClass, INGRESS_CLASS } from '../../core/class-names';
import type { Ingress, ObjectMeta } from '../../core/k8s';
import { withAnnotations } from '../../core/object-head';
import { conditionsText } from './alb-conditions';
import { type GroupMember, orderInGroup } from './alb-groups';
import { type AlbProps, DEFAULT_LISTENERS, listOf, type MutualAuthentication } from './alb-props';
import { targetGroupAttributes } from './attributes';
import { authenticationAnnotations } from './authentication';
import { settingsAnnotations } from './balancer-settings';
import { healthCheckAnnotations } from './health-check';
import { TLS_POLICY } from './load-balancer';
import { targetGroup } from './target-group';
import type { ExposedService } from './way';
import { forwardAction, type ResolvedWeight } from './weights';

/** The Ingress of a service. @param member its place in the group of its load balancer; undefined without one */
export function ingress(
  metadata: ObjectMeta & { name: string },
  props: AlbProps<string>,
  service: ExposedService,
  member: GroupMember | undefined,
  weights: readonly ResolvedWeight[],
): Ingress {
  const { name, port, cluster } = service;
  // Auto Mode takes the address family and the group from the IngressClassParams
  const isAuto = cluster?.facts.compute === 'auto';
  const hosts = listOf(props.host);
  const { https } = props.listeners ?? DEFAULT_LISTENERS;
  const action = weights.length > 0 ? `${name}-weights` : undefined;
  const annotations: Record<string, string> = { ...metadata.annotations };
  if (action !== undefined) {
    addPrefixed(annotations, { [`actions.${action}`]: forwardAction(service, weights, props) });
  }
  if (props.conditions !== undefined) {
    addPrefixed(annotations, { [`conditions.${action ?? name}`]: conditionsText(props.conditions) });
  }
  addPrefixed(annotations, balancerAnnotations(props, service, member));
  addPrefixed(annotations, settingsAnnotations('alb', props));
  addPrefixed(annotations, targetGroup(service, props));
  addPrefixed(annotations, healthCheckAnnotations('alb', props.healthCheck));
  const attributes = targetGroupAttributes(service, props.targetGroupAttributes);
  addPrefixed(annotations, { 'target-group-attributes': attributes });
  addPrefixed(annotations, authenticationAnnotations(props.authentication));
  const backendPort = () => ({ name: action ? 'use-annotation' : port.name });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: withAnnotations(metadata, annotations),
    spec: {
      ingressClassName: isAuto && member ? groupClass(member.group) : INGRESS_CLASS,
      rules: hosts.map((host) => ({
        host,
        http: {
          paths: (props.paths ?? ['/']).map((path) => ({
            backend: { service: { name: action ?? name, port: backendPort() } },
            path,
            pathType: 'Prefix',
          })),
        },
      })),
      // without a secret, the controller finds the certificate by these hosts
      tls: https === undefined ? undefined : [{ hosts: [...hosts] }],
    },
  };
}

/** Keys of all Ingresses are the same few. */
const prefixed = remembered((key) => `${ALB_PREFIX}${key}`);

/** Adds the annotations that have a value. */
function addPrefixed(target: Record<string, string>, values: Readonly<Record<string, string | undefined>>): void {
  for (const key in values) {
    const value = values[key];
    if (value !== undefined) {
      target[prefixed(key)] = value;
    }
  }
}

/** As the controller reads it, of the listener with TLS. */
function mutualText(given: MutualAuthentication | undefined, port: number): string | undefined {
  if (given === undefined) {
    return undefined;
  }
  const { mode, trustStore, ignoreExpired, advertiseAuthorities } = given;
  return JSON.stringify([
    {
      port,
      mode,
      trustStore,
      ignoreClientCertificateExpiry: ignoreExpired,
      advertiseTrustStoreCaNames: advertiseAuthorities === undefined ? undefined : advertiseAuthorities ? 'on' : 'off',
    },
  ]);
}

function portsText({ http, https }: NonNullable<AlbProps<string>['listeners']>): string {
  const ports = [...(http === undefined ? [] : [{ HTTP: http }]), ...(https === undefined ? [] : [{ HTTPS: https }])];
  return JSON.stringify(ports);
}

const DEFAULT_PORTS = portsText(DEFAULT_LISTENERS);

/** What the load balancer and its listeners are. */
function balancerAnnotations(
  props: AlbProps<string>,
  { cluster }: ExposedService,
  member: GroupMember | undefined,
): Record<string, string | undefined> {
  const isAuto = cluster?.facts.compute === 'auto';
  const order = member && orderInGroup(member);
  const { http, https } = props.listeners ?? DEFAULT_LISTENERS;
  return {
    scheme: props.scheme,
    'target-type': 'ip',
    'ip-address-type': cluster?.ipFamily === 'IPv6' && !isAuto ? 'dualstack' : undefined,
    'listen-ports': props.listeners === undefined ? DEFAULT_PORTS : portsText(props.listeners),
    'ssl-redirect': http === undefined || https === undefined ? undefined : String(https),
    'ssl-policy': https === undefined ? undefined : (props.tlsPolicy ?? TLS_POLICY),
    'certificate-arn': props.certificate && listOf(props.certificate).join(','),
    'group.name': isAuto ? undefined : props.group,
    'group.order': order === undefined ? undefined : String(order),
    'inbound-cidrs': props.allowFrom?.join(','),
    'wafv2-acl-arn': props.webAcl,
    'shield-advanced-protection': props.shieldAdvanced === undefined ? undefined : String(props.shieldAdvanced),
    'mutual-authentication': https === undefined ? undefined : mutualText(props.mutualAuthentication, https),
    'ipam-ipv4-pool-id': props.ipamPool,
    'minimum-load-balancer-capacity':
      props.minimumCapacity === undefined ? undefined : `CapacityUnits=${props.minimumCapacity}`,
  };
}
