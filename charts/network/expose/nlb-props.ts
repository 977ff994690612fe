import type { Arn } from '../../../eks/values';
import type { KeyTable } from '../../../kube/values';
import { BALANCER_SETTINGS, type BalancerSettings } from './balancer-settings';
import type { ExposeProps } from './load-balancer';

/** What differs from one member to another. */
export interface PerMember {
  /**
   * The domain of the members: 'kafka.example.com' gives the load balancer of the pod 'broker-0' the name
   * 'broker-0.kafka.example.com', by external-dns. A program advertises it as `${self.podName}.kafka.example.com`.
   *
   * @default - only the names that AWS gives, which are known when the load balancers exist
   */
  readonly domain?: string;
  /** Allocation ids of Elastic IPs: a list for each member in order, with one a subnet. Of an internet-facing one. @default - addresses of AWS */
  readonly elasticIps?: readonly (readonly string[])[];
  /** Addresses in the subnets: a list for each member in order, with one a subnet. Of an internal one. @default - addresses of AWS */
  readonly privateAddresses?: readonly (readonly string[])[];
}

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
  /**
   * A load balancer for each member of a StatefulService, for clients that call members by their addresses, as those of Kafka
   * or of game servers do: true, or what differs between members. Each has one target. Refused for other workloads, whose
   * pods have no names of their own. AWS allows 50 Network Load Balancers a Region unless the quota is raised.
   *
   * @default - one load balancer for all pods
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
   */
  readonly perMember?: true | PerMember;
}

export const PER_MEMBER: KeyTable<PerMember> = { domain: 'text', elasticIps: 'list', privateAddresses: 'list' };
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
  perMember: true,
  ...BALANCER_SETTINGS,
};
export const ALPN_POLICIES = ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'] as const;
