import { NLB_CLASS } from '../../../eks/compute-modes';
import type { Arn } from '../../../eks/values';
import { selectorLabels } from '../../../kube/labels';
import type { KeyTable } from '../../../kube/values';
import type { ObjectMeta, Service } from '../../core/k8s';
import { servicePorts } from '../../core/ports';
import type { WrittenService } from '../../core/written';
import {
  checkCertificates,
  checkLoadBalancer,
  checkTcp,
  type ExposeProps,
  given,
  loadBalancer,
  TLS_POLICY,
} from './load-balancer';
import type { ExposedService, ExposeWay, ObjectSpecs } from './way';

/** Props of a Network Load Balancer, which a Service describes. */
export interface NlbProps<P extends string> extends ExposeProps<P> {
  /** The ARN of an ACM certificate, to terminate TLS. @default - TCP is passed through */
  readonly certificate?: Arn;
}
/** Objects of a Network Load Balancer, by their name in `customize`. */
export interface NlbObjects {
  loadBalancerService: WrittenService;
}

const NLB: KeyTable<NlbProps<string>> = { port: 'text', allowFrom: 'texts', scheme: true, certificate: 'text' };
const serviceName = (name: string): string => `${name}-nlb`;

/** A Network Load Balancer has a Service beside the client Service, so that each can change on its own. */
export function nlb(props: NlbProps<string>): ExposeWay {
  return {
    ...loadBalancer(props),
    check(check) {
      check.keys<NlbProps<string>>('expose', props ?? null, NLB);
      checkLoadBalancer(check, props);
      checkCertificates(check, props.certificate);
    },
    checkPort(check, { port }) {
      if (props.certificate !== undefined) {
        checkTcp(check, port);
      }
    },
    objects: (service): ObjectSpecs<{ loadBalancerService: Service }> => ({
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
    // only a dual-stack load balancer reaches pods with IPv6 addresses
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
      // IP targets do not use the node ports that Kubernetes allocates by default
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: props.allowFrom && [...props.allowFrom],
      selector: selectorLabels(name),
      ports: servicePorts([port]),
    },
  };
}
