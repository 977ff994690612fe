import type { Arn } from '../../../eks/values';
import type { KeyTable } from '../../../kube/values';
import { BALANCER_SETTINGS, type BalancerSettings } from './balancer-settings';
import type { ExposeProps } from './load-balancer';

/** Props of a Network Load Balancer, which a Service describes. */
export interface NlbProps<P extends string> extends ExposeProps<P>, BalancerSettings {
  /**
   * The ports on which it listens, and the port of the workload behind each, by name: { 80: 'http', 443: 'https' }. A pair of
   * a TCP and a UDP port shares a listener: { 53: ['dns-tcp', 'dns'] }. The readiness of the port behind the lowest number is asked.
   *
   * @default - the number of the port that `port` names; refused beside `port`
   */
  readonly listeners?: Readonly<Record<number, P | readonly [P, P]>>;
  /** The ARN of an ACM certificate, to terminate TLS. @default - TCP is passed through */
  readonly certificate?: Arn;
  /** Numbers of the listeners that terminate TLS. Needs `certificate`. @default - every TCP listener */
  readonly tlsPorts?: readonly number[];
  /** The policy of TLS versions and ciphers. Needs `certificate`. @default 'ELBSecurityPolicy-TLS13-1-2-2021-06' - TLS 1.3, and 1.2 for older clients */
  readonly tlsPolicy?: string;
  /** Which protocols it offers in the TLS handshake (ALPN). Needs `certificate`. @default - none */
  readonly alpnPolicy?: 'HTTP1Only' | 'HTTP2Only' | 'HTTP2Optional' | 'HTTP2Preferred' | 'None';
  /**
   * How pods learn the address of a client of TCP: 'preserve' as the sender of the packets, for which the network policy lets
   * in the clients, or 'proxy-protocol' by a header that the application must read. UDP always has it.
   *
   * @default - the pods see the load balancer
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
   */
  readonly clientIp?: 'preserve' | 'proxy-protocol';
  /** Whether each of its nodes sends to targets in all zones, which costs transfer between zones. @default - off, as AWS has it */
  readonly crossZone?: boolean;
  /** Allocation ids of Elastic IPs, one a subnet: 'eipalloc-...'. Of an internet-facing one. @default - addresses of AWS */
  readonly elasticIps?: readonly string[];
  /** Addresses in its subnets, one a subnet. Of an internal one. @default - addresses of AWS */
  readonly privateAddresses?: readonly string[];
}

export const NLB: KeyTable<NlbProps<string>> = {
  port: 'text',
  allowFrom: 'texts',
  scheme: true,
  listeners: 'map',
  certificate: 'text',
  tlsPorts: 'list',
  tlsPolicy: 'text',
  alpnPolicy: true,
  clientIp: true,
  crossZone: 'boolean',
  elasticIps: 'texts',
  privateAddresses: 'texts',
  ...BALANCER_SETTINGS,
};
export const ALPN_POLICIES = ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'] as const;
