import { selectorLabels } from '../../kube/labels';
import type { ClusterContext } from '../core/cluster-context';
import type { Ingress, ObjectMeta, Probe, Service, ServicePort } from '../core/k8s';
import type { PortModel } from '../core/ports';
import { servicePorts } from '../core/ports';
import type { AlbProps, NlbProps } from './expose';
import { PRIVATE_RANGES } from './targets';

/** What a load balancer is rendered from. */
export interface LoadBalancerFacts {
  readonly name: string;
  readonly port: PortModel;
  readonly readiness: Probe | undefined;
  /** Sleep and drain of the pods, in seconds: a target must not outlive its pod. */
  readonly deregistrationDelay: number;
  readonly auto: boolean;
  /** Pods have IPv6 addresses, which only a load balancer of both families reaches. */
  readonly dualStack: boolean;
}

/** Newest policy of AWS that still takes TLS 1.2. */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export function albIngress(
  metadata: ObjectMeta & { name: string },
  props: AlbProps<string>,
  facts: LoadBalancerFacts,
): Ingress {
  const key = (name: string) => `alb.ingress.kubernetes.io/${name}`;
  const probe = facts.readiness?.httpGet;
  const annotations: Record<string, string | undefined> = {
    [key('scheme')]: props.scheme,
    [key('target-type')]: 'ip',
    // Auto Mode takes it from the IngressClassParams
    [key('ip-address-type')]: facts.dualStack && !facts.auto ? 'dualstack' : undefined,
    [key('listen-ports')]: '[{"HTTP":80},{"HTTPS":443}]',
    [key('ssl-redirect')]: '443',
    [key('ssl-policy')]: TLS_POLICY,
    [key('certificate-arn')]: props.certificate,
    [key('group.name')]: props.group,
    [key('inbound-cidrs')]: props.allowFrom?.join(','),
    [key('healthcheck-path')]: probe?.path,
    [key('healthcheck-port')]: probe && probe.port !== facts.port.port ? String(probe.port) : undefined,
    [key('healthcheck-protocol')]: probe?.scheme === 'HTTPS' ? 'HTTPS' : undefined,
    [key('backend-protocol')]: probe?.scheme === 'HTTPS' ? 'HTTPS' : undefined,
    [key('success-codes')]: '200-399',
    [key('target-group-attributes')]: `deregistration_delay.timeout_seconds=${facts.deregistrationDelay}`,
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...defined(annotations) } },
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: props.host,
          http: {
            paths: (props.paths ?? ['/']).map((path) => ({
              path,
              pathType: 'Prefix',
              backend: { service: { name: facts.name, port: { name: facts.port.name } } },
            })),
          },
        },
      ],
      // no secret: the controller finds the certificate by these hosts
      tls: [{ hosts: [props.host] }],
    },
  };
}

export function nlbService(
  metadata: ObjectMeta & { name: string },
  props: NlbProps<string>,
  facts: LoadBalancerFacts,
): Service {
  const key = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
  const probe = facts.readiness?.httpGet;
  const annotations: Record<string, string | undefined> = {
    [key('scheme')]: props.scheme,
    [key('nlb-target-type')]: 'ip',
    [key('ip-address-type')]: facts.dualStack ? 'dualstack' : undefined,
    [key('target-group-attributes')]: `deregistration_delay.timeout_seconds=${facts.deregistrationDelay}`,
    [key('healthcheck-protocol')]: probe ? (probe.scheme ?? 'HTTP').toLowerCase() : 'tcp',
    [key('healthcheck-path')]: probe?.path,
    [key('healthcheck-port')]: String(probe?.port ?? facts.port.port),
    [key('ssl-cert')]: props.certificate,
    [key('ssl-ports')]: props.certificate && facts.port.name,
    [key('ssl-negotiation-policy')]: props.certificate && TLS_POLICY,
  };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...defined(annotations) } },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: facts.auto ? 'eks.amazonaws.com/nlb' : 'service.k8s.aws/nlb',
      // ip targets: the node ports that Kubernetes would open by itself are used by nobody
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: props.allowFrom && [...props.allowFrom],
      selector: selectorLabels(facts.name),
      ports: servicePorts([facts.port]) as ServicePort[],
    },
  };
}

/** From where a load balancer calls; undefined when the cluster should know and does not. */
export function loadBalancerRanges(
  scheme: 'internet-facing' | 'internal',
  cluster: ClusterContext | undefined,
): readonly string[] | undefined {
  if (!cluster) {
    // nobody said in which subnets load balancers stand
    return PRIVATE_RANGES;
  }
  const ranges = cluster.loadBalancerSubnets?.[scheme === 'internet-facing' ? 'public' : 'private'];
  return ranges && ranges.length > 0 ? ranges : undefined;
}

function defined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((e): e is [string, string] => e[1] !== undefined));
}
