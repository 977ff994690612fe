import { title } from '../../../kube/inventory';
import { listed } from '../../../kube/text';
import { type AlbIngress, albGroups, albIngresses } from '../../ingresses';
import type { Rule } from '../../rule';

/** One host name of two load balancers. */
export const rule: Rule = {
  id: 'ingress/same-host',
  title: 'a host name belongs to one load balancer of each scheme',
  severity: 'warning',
  why: 'Each Ingress without a group is a load balancer of its own. The DNS name leads to one of them, so the paths of the others answer with 404; ExternalDNS keeps changing the record.',
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup',
  bad: ingresses(''),
  good: ingresses(', alb.ingress.kubernetes.io/group.name: shop'),
  check: ({ inventory }, report) => {
    if (albIngresses(inventory).length < 2) {
      return;
    }
    const first = new Map<string, AlbIngress>();
    for (const group of albGroups(inventory)) {
      const known = new Map<string, AlbIngress>();
      const others = new Map<AlbIngress, string[]>();
      for (const member of group) {
        // a scheme that an IngressClassParams decides is not compared
        const scheme = member.overruled('scheme') ? '?' : (member.setting('scheme') ?? 'internal');
        for (const host of hostsOf(member)) {
          const key = `${scheme} ${host}`;
          const other = first.get(key);
          if (other && !others.get(other)?.includes(host)) {
            others.set(other, [...(others.get(other) ?? []), host]);
            report(member.object, {
              message: `${title(member.object)} and ${title(other.object)} have host ${listed([host])}, and each is a load balancer of its own`,
              fix: 'share one by the same alb.ingress.kubernetes.io/group.name (expose.group; in Auto Mode by an IngressClassParams with a group), or give them different hosts',
              field: 'spec.rules',
            });
          } else if (!known.has(key)) {
            known.set(key, member);
          }
        }
      }
      for (const [key, member] of known) {
        first.set(key, member);
      }
    }
  },
};

/** The hosts of an Ingress, each once. */
function hostsOf({ rules }: AlbIngress): Iterable<string> {
  if (rules.length === 1) {
    const { host } = rules[0]!;
    return host === undefined ? [] : [host];
  }
  return new Set(rules.flatMap((rule) => rule.host ?? []));
}

function ingresses(group: string): string {
  const one = (namespace: string, path: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: ${namespace}, annotations: { alb.ingress.kubernetes.io/scheme: internal${group} } }
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;
  return `${one('shop', '/cart')}---${one('search', '/find')}`;
}
