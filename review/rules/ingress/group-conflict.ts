import { listItems, parseMap } from '../../../eks/annotation-values';
import { title } from '../../../kube/inventory';
import { type AlbIngress, albField, albGroups, listenPorts } from '../../ingresses';
import type { Rule } from '../../rule';

/** What one load balancer has once. */
const SINGLE = [
  'scheme',
  'ip-address-type',
  'load-balancer-name',
  'customer-owned-ipv4-pool',
  'ssl-redirect',
  'wafv2-acl-arn',
  'shield-advanced-protection',
];
const LISTS = ['subnets', 'security-groups'];
const MAPS = ['load-balancer-attributes', 'tags'];

/** Members of a group are one load balancer, and must agree on it. */
export const rule: Rule = {
  id: 'ingress/group-conflict',
  title: 'members of an Ingress group agree on their load balancer',
  severity: 'error',
  why: 'The controller refuses the whole group when two members say different things of the load balancer, and no change of any member is applied any more.',
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup',
  bad: members('internal', 'internet-facing'),
  good: members('internal', 'internal'),
  check: ({ inventory }, report) => {
    for (const group of albGroups(inventory)) {
      const first = new Map<string, readonly [value: string, by: AlbIngress]>();
      for (const member of group.length > 1 ? group : []) {
        for (const { name, part, value, compared } of claims(member)) {
          const key = `${name}|${part}`;
          const known = first.get(key);
          if (known === undefined) {
            first.set(key, [compared, member]);
          } else if (known[0] !== compared) {
            const [, other] = known;
            report(member.object, {
              message: `${part ? `${name} ${part}` : name} of ${title(member.object)} is '${value}', and ${title(other.object)} of the same group says '${known[0]}'`,
              fix: 'write the same in all members of the group, or leave it to one of them',
              field: albField(name),
            });
          }
        }
      }
    }
  },
};

interface Claim {
  readonly name: string;
  /** The port or key that it is about. */
  readonly part: string;
  readonly value: string;
  /** Equal for values that mean the same. */
  readonly compared: string;
}

function claims(member: AlbIngress): Claim[] {
  const { setting } = member;
  const ports = listenPorts(member);
  const given = (names: readonly string[], of: (name: string, value: string) => Claim[]): Claim[] =>
    names.flatMap((name) => {
      const value = setting(name);
      return value === undefined ? [] : of(name, value);
    });
  const sorted = (value: string) => [...new Set(listItems(value))].sort().join(',');
  return [
    ...given(SINGLE, (name, value) => [{ name, part: '', value, compared: value }]),
    ...given(LISTS, (name, value) => [{ name, part: '', value, compared: sorted(value) }]),
    ...given(MAPS, (name, value) =>
      [...(parseMap(value) ?? [])].map(([part, text]) => ({ name, part, value: text, compared: text })),
    ),
    ...given(['inbound-cidrs'], (name, value) =>
      ports.map(([port]) => ({ name, part: `of port ${port}`, value, compared: sorted(value) })),
    ),
    ...given(['ssl-policy'], (name, value) =>
      ports
        .filter(([, protocol]) => protocol === 'HTTPS')
        .map(([port]) => ({ name, part: `of port ${port}`, value, compared: value })),
    ),
    ...ports.map(([port, protocol]) => ({
      name: 'listen-ports',
      part: `of port ${port}`,
      value: protocol,
      compared: protocol,
    })),
  ];
}

function members(...schemes: readonly string[]): string {
  return schemes
    .map(
      (scheme, i) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-${i}
  namespace: team-${i}
  annotations: { alb.ingress.kubernetes.io/group.name: shop, alb.ingress.kubernetes.io/scheme: ${scheme} }
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`,
    )
    .join('---');
}
