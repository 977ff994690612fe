import { NLB_CLASS } from '../../../eks/compute-modes';
import { HOSTNAME_ANNOTATION } from '../../../eks/dns-and-certificates';
import { MEMBER_LABEL, selectorLabels } from '../../../kube/labels';
import type { ObjectMeta, Service } from '../../core/k8s';
import type { WrittenService } from '../../core/written';
import { targetGroupAttributes } from './attributes';
import { settingsAnnotations } from './balancer-settings';
import { healthCheckAnnotations } from './health-check';
import { checkTcp, given, loadBalancer, TLS_POLICY } from './load-balancer';
import { checkNlb } from './nlb-check';
import { checkPairs, listenerPorts, listenersOf, type NlbListener } from './nlb-listeners';
import { membersOf, ofMember, settingsOf } from './nlb-members';
import type { NlbProps } from './nlb-props';
import { networkCheck } from './target-group';
import type { ExposedService, ExposeWay, Member, ObjectSpecs } from './way';

/** Objects of a Network Load Balancer, by their name in `customize`. */
export interface NlbObjects {
  loadBalancerService: WrittenService;
}

const serviceName = (name: string): string => `${name}-nlb`;
const apart = (props: NlbProps<string>) => (props?.perMember === undefined ? {} : { apart: 'members' });

/** A Network Load Balancer has a Service beside the client Service, so that each can change on its own. */
export function nlb(props: NlbProps<string>): ExposeWay {
  const balancer = loadBalancer(props, props?.clientIp === 'preserve');
  return {
    ...balancer,
    kind: 'nlb',
    ...apart(props),
    check: (check) => checkNlb(check, props),
    portNames: () => {
      const names = listenersOf(props).flatMap(({ number, ports }) =>
        ports.map((name) => ({ name, field: `expose.listeners.${number}` })),
      );
      return names.length > 0 ? distinct(names) : balancer.portNames();
    },
    checkPort(check, { port }) {
      const terminates = listenersOf(props).filter(({ ports }) => ports.includes(port.name));
      if (
        props.certificate !== undefined &&
        (terminates.length === 0 || terminates.some((one) => hasTls(props, one)))
      ) {
        checkTcp(check, port);
      }
    },
    objects(service): ObjectSpecs<{ loadBalancerService: Service }> {
      checkPairs(service.check, props, service);
      if (props.perMember !== undefined) {
        return {
          loadBalancerService: membersOf(service, props).map((member, i) => ({
            id: `LoadBalancerService-${member.ordinal}`,
            apiVersion: 'v1',
            kind: 'Service',
            name: serviceName(member.name),
            render: (metadata) => memberService(metadata, ofMember(props, member, i), service, member),
          })),
        };
      }
      return {
        loadBalancerService: {
          id: 'LoadBalancerService',
          apiVersion: 'v1',
          kind: 'Service',
          name: serviceName(service.name),
          render: (metadata) => balancerService(metadata, props, service),
        },
      };
    },
  };
}

const distinct = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
  all.filter(({ name }, i) => all.findIndex((one) => one.name === name) === i);

const hasTls = ({ tlsPorts }: NlbProps<string>, { number }: NlbListener): boolean =>
  tlsPorts === undefined || tlsPorts.includes(number);

function balancerService(
  metadata: ObjectMeta & { name: string },
  props: NlbProps<string>,
  service: ExposedService,
): Service {
  const { name, cluster } = service;
  const ports = listenerPorts(props, service);
  const check = networkCheck(service);
  const withTls = props.certificate === undefined ? [] : ports.filter(({ terminates }) => terminates);
  const { clientIp, crossZone } = props;
  const annotations = given({
    scheme: props.scheme,
    'nlb-target-type': 'ip',
    // only a dual-stack load balancer reaches pods with IPv6 addresses
    'ip-address-type': cluster?.ipFamily === 'IPv6' ? 'dualstack' : undefined,
    'target-group-attributes': targetGroupAttributes(service, {
      ...(clientIp === 'preserve' ? { 'preserve_client_ip.enabled': 'true' } : {}),
      ...(clientIp === 'proxy-protocol' ? { 'proxy_protocol_v2.enabled': 'true' } : {}),
      ...props.targetGroupAttributes,
    }),
    'healthcheck-protocol': check.protocol.toLowerCase(),
    'healthcheck-path': check.path,
    'healthcheck-port': String(check.port),
    'healthcheck-success-codes': check.path === undefined ? undefined : props.healthCheck?.successCodes,
    ...healthCheckAnnotations('nlb', props.healthCheck),
    'ssl-cert': props.certificate,
    'ssl-ports': withTls.length > 0 ? withTls.map((one) => one.port.name).join(',') : undefined,
    'ssl-negotiation-policy': props.certificate && (props.tlsPolicy ?? TLS_POLICY),
    'alpn-policy': props.alpnPolicy,
    'enable-tcp-udp-listener': ports.some(({ shares }) => shares) ? 'true' : undefined,
    'eip-allocations': props.elasticIps?.join(','),
    'private-ipv4-addresses': props.privateAddresses?.join(','),
    ...settingsAnnotations('nlb', withCrossZone(props, crossZone)),
  });
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    `service.beta.kubernetes.io/aws-load-balancer-${key}`,
    value,
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...Object.fromEntries(prefixed) } },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: NLB_CLASS[cluster?.facts.compute ?? 'node-groups'],
      // IP targets do not use the node ports that Kubernetes allocates by default
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: props.allowFrom && [...props.allowFrom],
      selector: selectorLabels(name),
      ports: ports.map((one) => one.port),
    },
  };
}

/** The Service of one member. */
function memberService(
  metadata: ObjectMeta & { name: string },
  props: NlbProps<string>,
  service: ExposedService,
  { name }: Member,
): Service {
  const { domain } = settingsOf(props.perMember);
  const named: Record<string, string> = domain === undefined ? {} : { [HOSTNAME_ANNOTATION]: `${name}.${domain}` };
  const made = balancerService({ ...metadata, annotations: { ...metadata.annotations, ...named } }, props, service);
  return { ...made, spec: { ...made.spec, selector: { ...made.spec?.selector, [MEMBER_LABEL]: name } } };
}

function withCrossZone(props: NlbProps<string>, crossZone: boolean | undefined): NlbProps<string> {
  return crossZone === undefined
    ? props
    : {
        ...props,
        attributes: { 'load_balancing.cross_zone.enabled': String(crossZone), ...props.attributes },
      };
}
