import type { IConstruct } from 'constructs';
import type { Arn } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import { isSubdomain } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import { addCheck } from '../../core/checks';
import { groupClass, INGRESS_CLASS } from '../../core/class-names';
import type { Ingress, ObjectMeta } from '../../core/k8s';
import { declareGroup } from '../../core/load-balancer-groups';
import type { WrittenIngress } from '../../core/written';
import { joinGroup, orderInGroup, sameOrder } from './alb-groups';
import { checkLoadBalancer, checkTcp, type ExposeProps, given, loadBalancer, TLS_POLICY } from './load-balancer';
import type { ExposedService, ExposeWay, ObjectSpecs } from './way';
import { checkParked, checkWeights, forwardAction, joinWeights, type ResolvedWeight, type Weighted } from './weights';

/** Props of an Application Load Balancer, which an Ingress describes. */
export interface AlbProps<P extends string> extends ExposeProps<P>, Weighted {
  /** The host name, which may begin with '*.': 'shop.example.com'. */
  readonly host: string;
  /** Path prefixes, each beginning with '/'. @default ['/'] */
  readonly paths?: readonly string[];
  /** The ARN of an ACM certificate. @default - the controller finds one by the host name */
  readonly certificate?: Arn;
  /**
   * The name of a load balancer to share, also with other tenants and apps. In Auto Mode the members have an IngressClass of
   * their own, `alb-<group>`, which the cluster writes.
   *
   * @default - a load balancer of its own
   */
  readonly group?: string;
  /**
   * The place among the members of `group`, -1000 to 1000 and unique in it: the rules of lower numbers are tried first.
   *
   * @default - computed for the members of the app, so that longer paths come before shorter ones
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order
   */
  readonly order?: number;
}
/** Objects of an Application Load Balancer, by their name in `customize`. */
export interface AlbObjects {
  ingress: WrittenIngress;
}

const ALB: KeyTable<AlbProps<string>> = {
  port: 'text',
  allowFrom: 'texts',
  scheme: true,
  host: 'text',
  paths: 'texts',
  certificate: 'text',
  group: 'text',
  order: true,
  weights: 'list',
  stickiness: true,
};

/** An Application Load Balancer terminates TLS and sends HTTP to the pods. */
export function alb(props: AlbProps<string>): ExposeWay {
  const balancer = loadBalancer(props);
  return {
    ...balancer,
    check: (check) => checkAlb(check, props),
    checkPort(check, { port, readiness }) {
      checkTcp(check, port);
      if (!readiness?.httpGet) {
        check.fail(
          'forbidden',
          'probes.readiness',
          'probes.readiness must be an HTTP probe, which an Application Load Balancer uses as its health check',
          "write readiness: Probe.http('/readyz'), or expose: Expose.nlb({...})",
        );
      }
    },
    objects(service): ObjectSpecs<{ ingress: Ingress }> {
      const member = memberOf(props, service.construct);
      if (member) {
        joinGroup(member);
        declareGroup(service.construct, member.group);
      }
      const weights = joinWeights(service, props, balancer.ingressPeers);
      addCheck(service.construct, (report) => checkParked(service, weights, report));
      return {
        ingress: {
          id: 'Ingress',
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          render: (metadata) => ingress(metadata, props, service, weights),
        },
      };
    },
    checkApp(service, report) {
      balancer.checkApp(service, report);
      const member = memberOf(props, service.construct);
      const other = member && sameOrder(member);
      if (other) {
        report({
          rule: 'load-balancer/group-order',
          field: 'expose.order',
          message: `expose.order must be unique in group '${props.group}', but '${other.construct.node.path}' has ${props.order} too`,
          fix: 'write another number, or leave it out',
        });
      }
    },
  };
}

/** The Ingress as a member of its group; undefined without one. */
function memberOf({ group, host, paths = ['/'], order }: AlbProps<string>, construct: IConstruct) {
  return group === undefined ? undefined : { construct, group, host, paths, order };
}

function checkAlb(check: Check, props: AlbProps<string>): void {
  check.keys<AlbProps<string>>('expose', props ?? null, ALB);
  const { host, paths, group, order } = props;
  checkLoadBalancer(check, props);
  checkWeights(check, props);
  if (typeof host !== 'string' || !isSubdomain(host.replace(/^\*\./, '')) || !host.includes('.')) {
    check.fail(
      host === undefined ? 'required' : typeof host === 'string' ? 'invalid' : 'type',
      'expose.host',
      `expose.host must be a host name in lowercase letters with at least one dot, but is ${describe(host)}`,
      "write for example 'shop.example.com'",
    );
  }
  for (const [i, path] of (paths ?? []).entries()) {
    if (!path.startsWith('/')) {
      const field = indexPath('expose.paths', i);
      check.fail('invalid', field, `${field} must begin with '/', but is '${path}'`, `write '/${path}'`);
    }
    if (/[*?]/.test(path)) {
      const field = indexPath('expose.paths', i);
      const covered = path.replace(/\/?[*?].*$/, '') || '/';
      check.fail(
        'invalid',
        field,
        `${field} must not have a wildcard, but is '${path}'`,
        `write '${covered}', which covers what lies below`,
      );
    }
  }
  if (paths?.length === 0) {
    check.fail('invalid', 'expose.paths', 'expose.paths must not be empty', "leave it out for '/'");
  }
  if (group !== undefined && !/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(group)) {
    check.fail(
      'invalid',
      'expose.group',
      `expose.group must be at most 63 lowercase letters, digits, '-' and '.', but is '${group}'`,
      'choose another name',
    );
  }
  if (order !== undefined) {
    check.integer('expose.order', order, -1000, 1000);
    if (group === undefined) {
      check.fail('forbidden', 'expose.order', 'expose.order needs expose.group, whose members it sorts', 'remove it');
    }
  }
}

function ingress(
  metadata: ObjectMeta & { name: string },
  props: AlbProps<string>,
  service: ExposedService,
  weights: readonly ResolvedWeight[],
): Ingress {
  const { construct, name, port, readiness, deregistrationDelay, cluster } = service;
  const key = (short: string) => `alb.ingress.kubernetes.io/${short}`;
  const probe = readiness?.httpGet;
  // Auto Mode takes the address family and the group from the IngressClassParams
  const isAuto = cluster?.facts.compute === 'auto';
  const dualStack = cluster?.ipFamily === 'IPv6' && !isAuto;
  const member = memberOf(props, construct);
  const order = member && orderInGroup(member);
  const action = weights.length > 0 ? `${name}-weights` : undefined;
  const annotations = given({
    [key(`actions.${action}`)]: action && forwardAction(service, weights, props),
    [key('scheme')]: props.scheme,
    [key('target-type')]: 'ip',
    [key('ip-address-type')]: dualStack ? 'dualstack' : undefined,
    [key('listen-ports')]: '[{"HTTP":80},{"HTTPS":443}]',
    [key('ssl-redirect')]: '443',
    [key('ssl-policy')]: TLS_POLICY,
    [key('certificate-arn')]: props.certificate,
    [key('group.name')]: isAuto ? undefined : props.group,
    [key('group.order')]: order === undefined ? undefined : String(order),
    [key('inbound-cidrs')]: props.allowFrom?.join(','),
    [key('healthcheck-path')]: probe?.path,
    [key('healthcheck-port')]: probe && probe.port !== port.port ? String(probe.port) : undefined,
    [key('healthcheck-protocol')]: probe?.scheme === 'HTTPS' ? 'HTTPS' : undefined,
    [key('backend-protocol')]: probe?.scheme === 'HTTPS' ? 'HTTPS' : undefined,
    [key('success-codes')]: '200-399',
    [key('target-group-attributes')]: `deregistration_delay.timeout_seconds=${deregistrationDelay}`,
  });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } },
    spec: {
      ingressClassName: isAuto && member ? groupClass(member.group) : INGRESS_CLASS,
      rules: [
        {
          host: props.host,
          http: {
            paths: (props.paths ?? ['/']).map((path) => ({
              path,
              pathType: 'Prefix',
              backend: { service: { name: action ?? name, port: { name: action ? 'use-annotation' : port.name } } },
            })),
          },
        },
      ],
      // without a secret, the controller finds the certificate by these hosts
      tls: [{ hosts: [props.host] }],
    },
  };
}
