import type { Arn } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import { isSubdomain } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import { INGRESS_CLASS } from '../../core/class-names';
import type { Ingress, ObjectMeta } from '../../core/k8s';
import { checkLoadBalancer, checkTcp, type ExposeProps, given, loadBalancer, TLS_POLICY } from './load-balancer';
import type { ExposedService, ExposeWay, ObjectSpecs } from './way';

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
/** Objects of an Application Load Balancer. */
export interface AlbObjects {
  ingress: Ingress;
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

/** An Application Load Balancer, which ends TLS and sends HTTP to the pods. */
export function alb(props: AlbProps<string>): ExposeWay {
  const balancer = loadBalancer(props);
  return {
    ...balancer,
    check: (check) => checkAlb(check, props),
    checkPort(check, { port, readiness }) {
      checkTcp(check, port);
      if (!readiness?.httpGet) {
        check.fail(
          'an Application Load Balancer asks by HTTP whether a pod is healthy, and the readiness probe is none by HTTP',
          "write readiness: Probe.http('/readyz'), or expose it by Expose.nlb({...})",
        );
      }
    },
    objects: (service): ObjectSpecs<AlbObjects> => ({
      ingress: {
        id: 'Ingress',
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        render: (metadata) => ingress(metadata, props, service),
      },
    }),
    checkApp(service, report) {
      balancer.checkApp(service, report);
      if (service.cluster?.facts.compute === 'auto' && props.group !== undefined) {
        report({
          rule: 'load-balancer/group-in-auto-mode',
          field: 'expose.group',
          message: 'expose.group is ignored by EKS Auto Mode',
          fix: 'share a load balancer by the IngressClassParams of an IngressClass of its own',
        });
      }
    },
  };
}

function checkAlb(check: Check, props: AlbProps<string>): void {
  const { host, paths, group } = props;
  check.keys<AlbProps<string>>('expose', props, ALB);
  checkLoadBalancer(check, props);
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

function ingress(
  metadata: ObjectMeta & { name: string },
  props: AlbProps<string>,
  { name, port, readiness, deregistrationDelay, cluster }: ExposedService,
): Ingress {
  const key = (short: string) => `alb.ingress.kubernetes.io/${short}`;
  const probe = readiness?.httpGet;
  // Auto Mode takes the address family from the IngressClassParams
  const dualStack = cluster?.ipFamily === 'IPv6' && cluster.facts.compute !== 'auto';
  const annotations = given({
    [key('scheme')]: props.scheme,
    [key('target-type')]: 'ip',
    [key('ip-address-type')]: dualStack ? 'dualstack' : undefined,
    [key('listen-ports')]: '[{"HTTP":80},{"HTTPS":443}]',
    [key('ssl-redirect')]: '443',
    [key('ssl-policy')]: TLS_POLICY,
    [key('certificate-arn')]: props.certificate,
    [key('group.name')]: props.group,
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
      ingressClassName: INGRESS_CLASS,
      rules: [
        {
          host: props.host,
          http: {
            paths: (props.paths ?? ['/']).map((path) => ({
              path,
              pathType: 'Prefix',
              backend: { service: { name, port: { name: port.name } } },
            })),
          },
        },
      ],
      // no secret: the controller finds the certificate by these hosts
      tls: [{ hosts: [props.host] }],
    },
  };
}
