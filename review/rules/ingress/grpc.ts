import { ALB_PREFIX } from '../../../eks/load-balancer-annotations';
import { title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import { albField, albIngresses, isSecure } from '../../ingresses';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

const VERSION = 'backend-protocol-version';
const GRPC = /^(grpc|grpcs|kubernetes\.io\/h2c)$/i;

/** A gRPC server to which the load balancer speaks HTTP/1.1. */
export const rule: Rule = {
  id: 'ingress/grpc',
  title: 'an ALB speaks gRPC to ports whose appProtocol is grpc, and listens with TLS for them',
  severity: 'warning',
  why: 'Without a backend-protocol-version the load balancer speaks HTTP/1.1 to its targets, and a gRPC server refuses every call. Targets with GRPC are refused behind a listener without TLS.',
  source:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version',
  bad: manifests(''),
  good: manifests(', alb.ingress.kubernetes.io/backend-protocol-version: GRPC'),
  check: ({ inventory }, report) => {
    for (const ingress of albIngresses(inventory)) {
      const { object, setting } = ingress;
      let seen: Set<string> | undefined;
      for (const { name, port } of ingressBackends(object.manifest)) {
        const service = servicesByName(inventory).named(object.namespace, name);
        const found = service?.ports.find((one) =>
          port?.name === undefined ? one.port === port?.number : one.name === port.name,
        );
        const protocol = found?.appProtocol;
        if (!service || protocol === undefined || !GRPC.test(protocol) || seen?.has(name)) {
          continue;
        }
        seen ??= new Set();
        seen.add(name);
        const version =
          service.manifest.metadata.annotations?.[`${ALB_PREFIX}${VERSION}`] ?? setting(VERSION) ?? 'HTTP1';
        const wanted = /h2c$/i.test(protocol) ? ['HTTP2', 'GRPC'] : ['GRPC', 'HTTP2'];
        if (!wanted.includes(version)) {
          report(object, {
            message: `the load balancer of ${title(object)} speaks ${version} to port '${found?.name ?? found?.port}' of ${title(service)}, whose appProtocol is '${protocol}'`,
            fix: `write ${ALB_PREFIX}${VERSION}: ${wanted[0]} (by a pattern: readiness: Probe.grpc(), and Expose.alb({ protocol: 'grpc' })) with the health check of gRPC: healthcheck-path: /grpc.health.v1.Health/Check, success-codes: '0', or use a Network Load Balancer (Expose.nlb)`,
            field: albField(VERSION),
          });
        } else if (version === 'GRPC' && !isSecure(ingress)) {
          report(object, {
            message: `${title(object)} has targets of version GRPC, and no HTTPS listener`,
            fix: `write ${ALB_PREFIX}listen-ports: '[{"HTTPS":443}]', and a certificate`,
            field: albField('listen-ports'),
          });
        }
      }
    }
  },
};

function manifests(annotation: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  namespace: shop
  annotations:
    { alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS":443}]', alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:us-west-2:111122223333:certificate/11111111-2222-3333-4444-555555555555'${annotation} }
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: api, port: { number: 50051 } } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 50051, appProtocol: grpc }] }
`;
}
