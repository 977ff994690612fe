import { title } from '../../../kube/inventory';
import { albField, albIngresses, isSecure } from '../../ingresses';
import type { Rule } from '../../rule';

/** Load balancers on the internet without TLS. */
export const rule: Rule = {
  id: 'ingress/http-only',
  title: 'an internet-facing load balancer listens for HTTPS',
  severity: 'warning',
  why: 'Requests and answers cross the internet as text: whoever is on the way reads passwords and cookies, and can change pages.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  bad: ingress('\'[{"HTTP":80}]\''),
  good: ingress('\'[{"HTTP":80},{"HTTPS":443}]\''),
  check: ({ inventory }, report) => {
    for (const ingress of albIngresses(inventory)) {
      const { object, scheme, group } = ingress;
      // another member of a group may have the listener for HTTPS, and may be of another set
      const isOwn = group === undefined;
      if (scheme === 'internet-facing' && isOwn && !isSecure(ingress)) {
        report(object, {
          message: `the load balancer of ${title(object)} is internet-facing, and listens for HTTP alone`,
          fix: 'write alb.ingress.kubernetes.io/certificate-arn, or listen-ports with HTTPS and a host to find the certificate by',
          field: albField('listen-ports'),
        });
      }
    }
  },
};

function ingress(ports: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: default
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/listen-ports: ${ports}
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;
}
