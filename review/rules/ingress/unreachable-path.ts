import { title } from '../../../kube/inventory';
import { albGroups, type ListenPort, listenPorts } from '../../ingresses';
import { covering, keyOf, type ListenerRule, listenerRules } from '../../listener-rules';
import type { Rule } from '../../rule';

/** A rule of a load balancer that an earlier one always answers. */
export const rule: Rule = {
  id: 'ingress/unreachable-path',
  title: 'no path of a load balancer is covered by an earlier one',
  severity: 'warning',
  why: 'The controller sorts paths by length within one Ingress only; members of a group follow group.order, then namespace and name. A path that an earlier member covers is never reached.',
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order',
  bad: `${member('a-root', '/')}---${member('z-api', '/api')}`,
  good: `${member('a-root', '/', "'2'")}---${member('z-api', '/api', "'1'")}`,
  check: ({ inventory }, report) => {
    for (const group of albGroups(inventory)) {
      const open = new Map<string, ListenerRule>();
      const exact = new Map<string, ListenerRule>();
      for (const entry of listenerRules(group)) {
        const earlier = [
          ...covering(entry).map((key) => open.get(key)),
          entry.below ? undefined : exact.get(keyOf(entry)),
        ].find((found) => found !== undefined && shareListener(found, entry));
        if (earlier) {
          const { object } = entry.ingress;
          const same = earlier.ingress.object === object;
          report(object, {
            message: `path '${entry.written}' of ${title(object)} is never reached: '${earlier.written}' of ${same ? 'the same Ingress' : title(earlier.ingress.object)} comes first and covers it`,
            fix:
              keyOf(earlier) === keyOf(entry)
                ? 'keep one of the two, or give them different hosts or paths'
                : same
                  ? 'write the longer path first'
                  : 'give the Ingress with the longer path the lower alb.ingress.kubernetes.io/group.order',
            field: entry.field,
          });
          continue;
        }
        (entry.below ? open : exact).set(keyOf(entry), entry);
      }
    }
  },
};

/** Whether two rules stand on one port. */
function shareListener(a: ListenerRule, b: ListenerRule): boolean {
  const ports = new Set(listenPorts(a.ingress).map(([port]: ListenPort) => port));
  return a.ingress === b.ingress || listenPorts(b.ingress).some(([port]) => ports.has(port));
}

function member(name: string, path: string, order?: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: default
  annotations:
    alb.ingress.kubernetes.io/group.name: shop${order ? `\n    alb.ingress.kubernetes.io/group.order: ${order}` : ''}
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;
}
