import type { Arn } from '../../eks/values';
import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import type { Cidr, KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** What ALB and NLB share; P: names of the workload's ports. */
export interface ExposeProps<P extends string> {
  /** The port behind it. @default - the main port */
  readonly port?: P;
  /** Who may call. @default - anyone who reaches it */
  readonly allowFrom?: readonly Cidr[];
  /** Who can reach it: everyone, or the VPC. Said each time, since a mistake is an incident. */
  readonly scheme: 'internet-facing' | 'internal';
}
/** An Application Load Balancer, by Ingress. */
export interface AlbProps<P extends string> extends ExposeProps<P> {
  /** 'shop.example.com'. */
  readonly host: string;
  /** Path prefixes. @default ['/'] */
  readonly paths?: readonly string[];
  /** ACM certificate. @default - discovered by host; plain HTTP is redirected */
  readonly certificate?: Arn;
  /** Share one load balancer under this name. @default - one of its own */
  readonly group?: string;
}
/** A Network Load Balancer, by Service. */
export interface NlbProps<P extends string> extends ExposeProps<P> {
  /** Terminates TLS. @default - passes TCP through */
  readonly certificate?: Arn;
}

/** How a service is reached, as data. */
export type ExposeSpec =
  | { readonly kind: 'cluster-ip' }
  | { readonly kind: 'node-port'; readonly nodePort: number | undefined }
  | { readonly kind: 'alb'; readonly props: AlbProps<string> }
  | { readonly kind: 'nlb'; readonly props: NlbProps<string> };

/** How a service is reached; P: names of the ports it relies on. */
export class Expose<out P extends string = never> {
  /** Inside the cluster only. */
  static clusterIp(): Expose {
    return new Expose({ kind: 'cluster-ip' });
  }
  /** On every node. @param port 30000-32767 @default - chosen by the cluster */
  static nodePort(port?: number): Expose {
    return new Expose({ kind: 'node-port', nodePort: port });
  }
  /** Application Load Balancer, ip targets. */
  static alb<const P extends string = never>(props: AlbProps<P>): Expose<P> {
    return new Expose({ kind: 'alb', props });
  }
  /** Network Load Balancer, ip targets. */
  static nlb<const P extends string = never>(props: NlbProps<P>): Expose<P> {
    return new Expose({ kind: 'nlb', props });
  }

  /** The port names that it relies on; exists for the compiler alone. */
  declare protected readonly relies: P;

  private constructor(
    /** @internal */
    readonly spec: ExposeSpec,
  ) {}
}

const ALB: KeyTable<AlbProps<string>> = {
  port: true,
  allowFrom: true,
  scheme: true,
  host: true,
  paths: true,
  certificate: true,
  group: true,
};
const NLB: KeyTable<NlbProps<string>> = { port: true, allowFrom: true, scheme: true, certificate: true };

/** Judges how a service is exposed. */
export function resolveExpose(check: Check, expose: Expose<string> | undefined): ExposeSpec {
  if (expose === undefined) {
    return { kind: 'cluster-ip' };
  }
  if (!(expose instanceof Expose)) {
    check.fail(
      `expose is ${describe(expose)}`,
      'write Expose.alb({...}), Expose.nlb({...}), Expose.nodePort() or Expose.clusterIp()',
    );
  }
  const { spec } = expose;
  if (spec.kind === 'node-port' && spec.nodePort !== undefined) {
    check.integer('expose: the node port', spec.nodePort, 30000, 32767);
  }
  if (spec.kind === 'alb') {
    const { host, paths, group } = spec.props;
    check.keys<AlbProps<string>>('expose', spec.props, ALB);
    checkLoadBalancer(check, spec.props);
    if (typeof host !== 'string' || !isSubdomain(host.replace(/^\*\./, '')) || !host.includes('.')) {
      check.fail(`expose.host ${describe(host)} is no host name`, "write for example 'shop.example.com'");
    }
    for (const path of paths ?? []) {
      if (!path.startsWith('/')) {
        check.fail(`expose.paths has '${path}'`, "begin every path with '/'");
      }
    }
    if (paths?.length === 0) {
      check.fail('expose.paths is empty', "leave it out for '/'");
    }
    if (group !== undefined && !/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(group)) {
      check.fail(`expose.group '${group}' is no group name`, "use at most 63 small letters, digits, '-' and '.'");
    }
  }
  if (spec.kind === 'nlb') {
    check.keys<NlbProps<string>>('expose', spec.props, NLB);
    checkLoadBalancer(check, spec.props);
  }
  return spec;
}

function checkLoadBalancer(check: Check, props: AlbProps<string> | NlbProps<string>): void {
  if (props.scheme === undefined) {
    check.fail('expose does not say who can reach it', "write scheme: 'internet-facing' or scheme: 'internal'");
  }
  check.oneOf('expose.scheme', props.scheme, ['internet-facing', 'internal']);
  for (const range of props.allowFrom ?? []) {
    check.cidr('expose.allowFrom', range);
  }
  if (props.certificate !== undefined && !/^arn:[a-z-]+:(acm|iam):/.test(props.certificate)) {
    check.fail(
      `expose.certificate '${props.certificate}' is no ARN of a certificate`,
      "write 'arn:aws:acm:REGION:ACCOUNT:certificate/ID'",
    );
  }
}

/** Whether a load balancer sends traffic to the pods. */
export function isLoadBalanced(spec: ExposeSpec): spec is Extract<ExposeSpec, { kind: 'alb' | 'nlb' }> {
  return spec.kind === 'alb' || spec.kind === 'nlb';
}
