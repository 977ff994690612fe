import { isCertificateArn } from '../../../eks/arn';
import type { Arn } from '../../../eks/values';
import type { Cidr } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { ClusterContext } from '../../core/cluster-context';
import type { PortModel } from '../../core/ports';
import { Requirements } from '../../core/requirements';
import { ipBlock, PRIVATE_RANGES, policyPorts } from '../targets';
import { clusterIp } from './cluster-ip';
import type { ExposedPort, ExposeWay } from './way';

/** What ALB and NLB share; P: names of the workload's ports. */
export interface ExposeProps<P extends string> {
  /** The port behind it. @default - the main port */
  readonly port?: P;
  /** Who may call. @default - anyone who reaches it */
  readonly allowFrom?: readonly Cidr[];
  /** Who can reach it: everyone, or the VPC. Said each time, since a mistake is an incident. */
  readonly scheme: 'internet-facing' | 'internal';
}

/** Newest policy of AWS that still takes TLS 1.2. */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** What the ways with a load balancer share: ip targets, so the balancer calls the pods from its subnets. */
export function loadBalancer(props: ExposeProps<string>): ExposeWay {
  return {
    ...clusterIp(),
    traffic: 'load-balancer',
    readinessGate: true,
    portName: () => props.port,
    ingressPeers(service) {
      const ranges = subnetRanges(props.scheme, service.cluster) ?? [];
      return ranges.length === 0
        ? undefined
        : { peers: ranges.map((range) => ipBlock(range)), ports: policyPorts(calledPorts(service)) };
    },
    needs: ({ construct }) => [
      Requirements.feature('load-balancer', { because: `'${construct.node.path}' is exposed by a load balancer` }),
    ],
    checkApp({ cluster, tenant }, report) {
      if (tenant?.isolated && subnetRanges(props.scheme, cluster) === undefined) {
        const side = sideOf(props.scheme);
        report({
          rule: 'network/load-balancer-subnets',
          field: 'expose',
          message: `its load balancer is in the ${side} subnets of cluster '${cluster?.facts.name}', whose ranges are not known, so the network policy would drop its traffic`,
          fix: `give the cluster loadBalancerSubnets: { ${side}: ['10.0.0.0/20', ...] }`,
        });
      }
      if (!tenant) {
        report({
          rule: 'load-balancer/readiness-gate',
          severity: 'warning',
          message:
            'without a Tenant its namespace gets no label for pod readiness gates, so a rollout may answer 5xx for seconds',
          fix: 'create it in a Tenant',
        });
      }
    },
  };
}

export function checkLoadBalancer(check: Check, props: ExposeProps<string> & { readonly certificate?: Arn }): void {
  if (props.scheme === undefined) {
    check.fail('expose does not say who can reach it', "write scheme: 'internet-facing' or scheme: 'internal'");
  }
  check.oneOf('expose.scheme', props.scheme, ['internet-facing', 'internal']);
  for (const range of props.allowFrom ?? []) {
    check.cidr('expose.allowFrom', range);
  }
  if (props.certificate !== undefined && !isCertificateArn(props.certificate)) {
    check.fail(
      `expose.certificate '${props.certificate}' is no ARN of a certificate`,
      "write 'arn:aws:acm:REGION:ACCOUNT:certificate/ID'",
    );
  }
}

/** Refuses a port that a load balancer which reads the traffic could not speak to. */
export function checkTcp(check: Check, port: PortModel): void {
  if (port.protocol !== 'TCP') {
    check.fail(
      `expose gives the ${port.protocol} port '${port.name}' to a load balancer that speaks HTTP or TLS`,
      'expose a TCP port, or use Expose.nlb without a certificate',
    );
  }
}

/** The annotations that are given, in the order in which they stand. */
export function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((e): e is [string, string] => e[1] !== undefined));
}

/** The port of the traffic, and that of the health check. */
function calledPorts({ port, readiness }: ExposedPort): PortModel[] {
  const probed = readiness?.httpGet?.port;
  return typeof probed === 'number' && probed !== port.port
    ? [port, { ...port, port: probed, protocol: 'TCP' }]
    : [port];
}

const sideOf = (scheme: ExposeProps<string>['scheme']) => (scheme === 'internet-facing' ? 'public' : 'private');

/** From where a load balancer calls; undefined when the cluster should know and does not. */
function subnetRanges(
  scheme: ExposeProps<string>['scheme'],
  cluster: ClusterContext | undefined,
): readonly string[] | undefined {
  if (!cluster) {
    // nobody said in which subnets load balancers stand
    return PRIVATE_RANGES;
  }
  const ranges = cluster.loadBalancerSubnets?.[sideOf(scheme)];
  return ranges && ranges.length > 0 ? ranges : undefined;
}
