import { title } from '../../../kube/inventory';
import { type AlbIngress, albGroups } from '../../ingresses';
import { type ListenerRule, listenerRules, RuleTable } from '../../listener-rules';
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
      if (haveOwnHosts(group)) {
        continue;
      }
      const open = new RuleTable();
      const exact = new RuleTable();
      for (const entry of listenerRules(group)) {
        const isOnPort = (found: ListenerRule) => shareListener(found, entry);
        const same = entry.below ? undefined : exact.get(entry);
        const earlier = open.covering(entry, isOnPort) ?? (same && isOnPort(same) ? same : undefined);
        if (earlier) {
          const { object } = entry.ingress;
          const isOwn = earlier.ingress.object === object;
          report(object, {
            message: `path '${entry.written}' of ${title(object)} is never reached: '${earlier.written}' of ${isOwn ? 'the same Ingress' : title(earlier.ingress.object)} comes first and covers it`,
            fix:
              earlier.host === entry.host && earlier.path === entry.path
                ? 'keep one of the two, or give them different hosts or paths'
                : isOwn
                  ? 'write the longer path first'
                  : 'give the Ingress with the longer path the lower alb.ingress.kubernetes.io/group.order',
            field: entry.field,
          });
          continue;
        }
        (entry.below ? open : exact).set(entry);
      }
    }
  },
};

/** Whether each path of a load balancer is alone on its host, as in most groups, so that none can cover another. */
function haveOwnHosts(group: readonly AlbIngress[]): boolean {
  const hosts = new Set<string>();
  let rules = 0;
  for (const ingress of group) {
    for (const { host = '', http } of ingress.rules) {
      if (host === '' || host.startsWith('*') || (http?.paths?.length ?? 0) > 1) {
        return false;
      }
      hosts.add(host);
      rules++;
    }
  }
  return hosts.size === rules;
}

/** Whether two rules stand on one port. */
function shareListener({ ingress: a }: ListenerRule, { ingress: b }: ListenerRule): boolean {
  return a === b || b.ports.some(([port]) => a.ports.some(([other]) => other === port));
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
