import { title } from '../../../kube/inventory';
import { albField, albGroups, type ListenPort } from '../../ingresses';
import type { Rule } from '../../rule';

/** Requests by HTTP that are sent to HTTPS. */
export const rule: Rule = {
  id: 'ingress/ssl-redirect',
  title: 'ssl-redirect names a listener for HTTPS, beside one for HTTP',
  severity: 'error',
  why: 'The controller makes no load balancer when nothing listens for HTTPS on the port of ssl-redirect. Where nothing listens for HTTP there is nothing to redirect, and clients that come by HTTP get no answer.',
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ssl-redirect',
  bad: ingress('[{"HTTP":80}]'),
  good: ingress('[{"HTTP":80},{"HTTPS":443}]'),
  check: ({ inventory }, report) => {
    for (const group of albGroups(inventory)) {
      let ports: readonly ListenPort[] | undefined;
      for (const { object, setting, group: shared } of group) {
        const redirect = setting('ssl-redirect');
        const port = Number(redirect);
        // a value that is not a number is refused before
        if (redirect === undefined || !Number.isInteger(port)) {
          continue;
        }
        ports ??= group.flatMap((member) => member.ports);
        const isSecure = ports.some(([number, protocol]) => number === port && protocol === 'HTTPS');
        const hasPlain = ports.some(([, protocol]) => protocol === 'HTTP');
        // other members of a group may be of another set
        const severity = isSecure || shared !== undefined || !inventory.complete ? 'warning' : 'error';
        if (!isSecure || !hasPlain) {
          report(object, {
            severity,
            message: isSecure
              ? `${title(object)} has ssl-redirect, and its load balancer does not listen for HTTP`
              : `ssl-redirect of ${title(object)} is ${port}, and its load balancer does not listen for HTTPS on that port`,
            fix: `write alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":${port}}]'`,
            field: albField('ssl-redirect'),
          });
        }
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
    alb.ingress.kubernetes.io/listen-ports: '${ports}'
    alb.ingress.kubernetes.io/ssl-redirect: '443'
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;
}
