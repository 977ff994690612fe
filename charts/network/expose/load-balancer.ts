import { isCertificateArn } from '../../../eks/arn';
import type { Arn } from '../../../eks/values';
import { rememberedBy } from '../../../kube/collections';
import { describe } from '../../../kube/describe';
import { indexPath } from '../../../kube/text';
import type { Cidr } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Problem } from '../../core/checks';
import type { ClusterContext } from '../../core/cluster-context';
import type { PortModel } from '../../core/ports';
import { type Requirement, Requirements } from '../../core/requirements';
import { sideOf } from '../derived/calls';
import type { PolicyRule } from '../policy';
import { ipBlock, PRIVATE_RANGES, policyPorts } from '../targets';
import type { BalancerSettings } from './balancer-settings';
import { clusterIp, type ExposedService, type ExposeWay } from './way';

/** Props of both load balancers. P is the union of the port names of the workload. */
export interface ExposeProps<P extends string> {
  /**
   * The name of the port to send traffic to. Its health check is the readiness probe of the workload; for a port of a sidecar
   * that of the sidecar, if it has one over HTTP.
   *
   * @default - the main port
   */
  readonly port?: P;
  /** The ranges of addresses that may call. @default - all that can reach the load balancer */
  readonly allowFrom?: readonly Cidr[];
  /** Who can reach the load balancer: the internet or the VPC. Required, since a wrong default would publish a service. */
  readonly scheme: 'internet-facing' | 'internal';
}

/**
 * TLS 1.3, and TLS 1.2 for older clients.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** What decides where a load balancer is. */
type Balancer = ExposeProps<string> & Pick<BalancerSettings, 'subnets'>;

/** The common part of both load balancers. Targets are pod IPs, so traffic comes from the subnets of the load balancer. */
/** @param preservesClients whether the pods see the addresses of the clients of TCP too */
export function loadBalancer(props: Balancer, preservesClients = false): Omit<ExposeWay, 'kind'> {
  return {
    ...clusterIp(),
    traffic: 'load-balancer',
    readinessGate: true,
    scheme: props?.scheme,
    portNames: () => balancedPorts(props),
    ingressPeers: (service) => balancerPeers(props, service),
    clientPeers({ targets, cluster }) {
      // a load balancer forwards UDP with the address of the client
      const direct = targets.filter(({ protocol }) => preservesClients || protocol === 'UDP');
      return direct.length === 0
        ? undefined
        : { peers: clientRanges(props, cluster).map((range) => ipBlock(range)), ports: policyPorts(direct) };
    },
    needs: balancerNeeds,
    checkApp: (service, report) => checkBalanced(props, service, report),
  };
}

export const balancedPorts = ({ port }: Balancer): ReturnType<ExposeWay['portNames']> =>
  port === undefined ? [] : [{ name: port, field: 'expose.port' }];

const rangesIn = ({ subnets, scheme }: Balancer, cluster: ClusterContext | undefined): readonly string[] | undefined =>
  subnets?.map(({ cidr }) => cidr) ?? subnetRanges(scheme, cluster);

/** The same peers in all policies of a cluster. */
const blocksOf = rememberedBy((ranges: readonly string[]) => ranges.map((range) => ipBlock(range)));

/** The load balancer as one that calls the pods. */
export function balancerPeers(props: Balancer, service: ExposedService): PolicyRule | undefined {
  const ranges = rangesIn(props, service.cluster) ?? [];
  return ranges.length === 0 ? undefined : { peers: blocksOf(ranges), ports: policyPorts(calledPorts(service)) };
}

export const balancerNeeds = ({ construct }: ExposedService): readonly Requirement[] => [
  Requirements.needed('load-balancer', `'${construct.node.path}' is exposed by a load balancer`),
];

/** Whether its calls pass, and pods are ready only when it has them. */
export function checkBalanced(
  props: Balancer,
  { cluster, tenant }: ExposedService,
  report: (problem: Problem) => void,
): void {
  if (tenant?.isolated && rangesIn(props, cluster) === undefined) {
    const side = sideOf(props.scheme);
    report({
      rule: 'network/load-balancer-subnets',
      field: 'expose',
      message: `the load balancer is in the ${side} subnets of cluster '${cluster?.facts.name}', whose ranges are not known, so the network policy would drop its traffic`,
      fix: `set on the cluster loadBalancerSubnets: { ${side}: ['10.0.0.0/20', ...] }`,
    });
  }
  if (!tenant) {
    report({
      rule: 'load-balancer/readiness-gate',
      severity: 'warning',
      message:
        'without a Tenant the namespace has no label for pod readiness gates, so a rollout can cause 5xx responses',
      fix: 'create it in a Tenant',
    });
  }
}

const SCHEMES = ['internet-facing', 'internal'];

export function checkLoadBalancer(check: Check, props: ExposeProps<string>): void {
  if (props.scheme === undefined) {
    check.fail(
      'required',
      'expose.scheme',
      'expose.scheme is required: it decides who can reach the load balancer',
      "write scheme: 'internet-facing' or scheme: 'internal'",
    );
  }
  check.oneOf('expose.scheme', props.scheme, SCHEMES);
  for (const [i, range] of (props.allowFrom ?? []).entries()) {
    check.cidr(indexPath('expose.allowFrom', i), range);
  }
}

/** ARNs of certificates: one, or a list where a load balancer takes several. */
export function checkCertificates(check: Check, certificate: Arn | readonly Arn[] | undefined): void {
  if (certificate === undefined) {
    return;
  }
  const all = Array.isArray(certificate) ? certificate : [certificate];
  if (Array.isArray(certificate) && all.length === 0) {
    check.fail('invalid', 'expose.certificate', 'expose.certificate must not be empty', 'leave it out');
  }
  for (const [i, one] of all.entries()) {
    const field = Array.isArray(certificate) ? indexPath('expose.certificate', i) : 'expose.certificate';
    if (!isCertificateArn(one)) {
      check.fail(
        typeof one === 'string' ? 'invalid' : 'type',
        field,
        `${field} must be the ARN of an ACM certificate, but is ${describe(one)}`,
        "write 'arn:aws:acm:REGION:ACCOUNT:certificate/ID'",
      );
    }
  }
}

export function checkTlsPolicy(check: Check, policy: string | undefined): void {
  if (policy !== undefined && !policy.startsWith('ELBSecurityPolicy-')) {
    check.fail(
      'invalid',
      'expose.tlsPolicy',
      `expose.tlsPolicy must be a policy of AWS, 'ELBSecurityPolicy-...', but is '${policy}'`,
      `write for example '${TLS_POLICY}'`,
    );
  }
}

/** Refuses a port that is not TCP, for a load balancer that uses HTTP or TLS. */
export function checkTcp(check: Check, port: PortModel): void {
  if (port.protocol !== 'TCP') {
    check.fail(
      'forbidden',
      'expose.port',
      `expose.port must be a TCP port for a load balancer that uses HTTP or TLS, but '${port.name}' is a ${port.protocol} port`,
      'expose a TCP port, or use Expose.nlb without a certificate',
    );
  }
}

/** The annotations that have a value, in their order. */
export function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) {
      found[key] = value;
    }
  }
  return found;
}

/** The ports of the traffic and of the health check. */
export function calledPorts({ targets, port, readiness }: ExposedService): PortModel[] {
  const probed = readiness?.httpGet?.port ?? readiness?.grpc?.port ?? readiness?.tcpSocket?.port;
  const isOther = typeof probed === 'number' && !targets.some((one) => one.port === probed && one.protocol === 'TCP');
  return isOther ? [...targets, { ...port, port: probed, protocol: 'TCP' }] : [...targets];
}

/** The ranges that a load balancer calls from; undefined if the cluster does not know them. */
export function subnetRanges(
  scheme: ExposeProps<string>['scheme'],
  cluster: ClusterContext | undefined,
): readonly string[] | undefined {
  if (!cluster) {
    // without a Cluster the subnets of load balancers are not known
    return PRIVATE_RANGES;
  }
  const ranges = cluster.loadBalancerSubnets?.[sideOf(scheme)];
  return ranges && ranges.length > 0 ? ranges : undefined;
}

/** The addresses of those who may call. */
export function clientRanges(
  { allowFrom, scheme }: Pick<ExposeProps<string>, 'allowFrom' | 'scheme'>,
  cluster: ClusterContext | undefined,
): readonly Cidr[] {
  if (allowFrom) {
    return allowFrom;
  }
  const everyone = cluster?.ipFamily === 'IPv6' ? (['::/0'] as const) : (['0.0.0.0/0'] as const);
  return scheme === 'internal' && cluster?.ipFamily !== 'IPv6' ? PRIVATE_RANGES : everyone;
}
