import { NLB_CLASS } from '../../../eks/compute-modes';
import type { Arn } from '../../../eks/values';
import { selectorLabels } from '../../../kube/labels';
import type { KeyTable } from '../../../kube/values';
import type { ObjectMeta, Service } from '../../core/k8s';
import { servicePorts } from '../../core/ports';
import { checkLoadBalancer, checkTcp, type ExposeProps, given, loadBalancer, TLS_POLICY } from './load-balancer';
import type { ExposedService, ExposeWay, ObjectSpecs } from './way';

/** A Network Load Balancer, by Service. */
export interface NlbProps<P extends string> extends ExposeProps<P> {
  /** Terminates TLS. @default - passes TCP through */
  readonly certificate?: Arn;
}
/** Objects of a Network Load Balancer. */
export interface NlbObjects {
  loadBalancerService: Service;
}

const NLB: KeyTable<NlbProps<string>> = { port: true, allowFrom: true, scheme: true, certificate: true };
const serviceName = (name: string): string => `${name}-nlb`;

/** A Network Load Balancer: a Service of its own beside that of clients, so that each can change without the other. */
export function nlb(props: NlbProps<string>): ExposeWay {
  return {
    ...loadBalancer(props),
    check(check) {
      check.keys<NlbProps<string>>('expose', props, NLB);
      checkLoadBalancer(check, props);
    },
    checkPort(check, { port }) {
      if (props.certificate !== undefined) {
        checkTcp(check, port);
      }
    },
    serviceNames: (name) => [serviceName(name)],
    objects: (service): ObjectSpecs<NlbObjects> => ({
      loadBalancerService: {
        id: 'LoadBalancerService',
        apiVersion: 'v1',
        kind: 'Service',
        name: serviceName(service.name),
        render: (metadata) => balancerService(metadata, props, service),
      },
    }),
  };
}

function balancerService(
  metadata: ObjectMeta & { name: string },
  props: NlbProps<string>,
  { name, port, readiness, deregistrationDelay, cluster }: ExposedService,
): Service {
  const key = (short: string) => `service.beta.kubernetes.io/aws-load-balancer-${short}`;
  const probe = readiness?.httpGet;
  const annotations = given({
    [key('scheme')]: props.scheme,
    [key('nlb-target-type')]: 'ip',
    // pods have IPv6 addresses, which only a load balancer of both families reaches
    [key('ip-address-type')]: cluster?.ipFamily === 'IPv6' ? 'dualstack' : undefined,
    [key('target-group-attributes')]: `deregistration_delay.timeout_seconds=${deregistrationDelay}`,
    [key('healthcheck-protocol')]: probe ? (probe.scheme ?? 'HTTP').toLowerCase() : 'tcp',
    [key('healthcheck-path')]: probe?.path,
    [key('healthcheck-port')]: String(probe?.port ?? port.port),
    [key('ssl-cert')]: props.certificate,
    [key('ssl-ports')]: props.certificate && port.name,
    [key('ssl-negotiation-policy')]: props.certificate && TLS_POLICY,
  });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: NLB_CLASS[cluster?.facts.compute ?? 'node-groups'],
      // ip targets: the node ports that Kubernetes would open by itself are used by nobody
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: props.allowFrom && [...props.allowFrom],
      selector: selectorLabels(name),
      ports: servicePorts([port]),
    },
  };
}
