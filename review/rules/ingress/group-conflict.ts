import { listItems, parseMap } from '../../../eks/annotation-values';
import { ALB_PREFIX } from '../../../eks/load-balancer-annotations';
import { entryOf } from '../../../kube/collections';
import { title } from '../../../kube/inventory';
import { type AlbIngress, albField, albGroups } from '../../ingresses';
import type { ReportFinding, Rule } from '../../rule';

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
const COMPARED = [...SINGLE, ...LISTS, ...MAPS, 'inbound-cidrs', 'ssl-policy'];

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
      if (group.length > 1 && !isUnanimous(group)) {
        checkGroup(group, report);
      }
    }
  },
};

/** Whether no member says other than the others, as in nearly all groups. */
function isUnanimous(group: readonly AlbIngress[]): boolean {
  const { ports } = group[0]!;
  if (new Set(ports.map(([port]) => port)).size < ports.length || group.some((member) => member.ports !== ports)) {
    return false;
  }
  if (haveSameAnnotations(group)) {
    return true;
  }
  for (const name of COMPARED) {
    let said: string | undefined;
    for (const { setting } of group) {
      const value = setting(name);
      if (value !== undefined && value !== said) {
        if (said !== undefined) {
          return false;
        }
        said = value;
      }
    }
  }
  return true;
}

/** Whether all that members of a group are annotated with, and that is compared, stands in the first of them, too. */
function haveSameAnnotations(group: readonly AlbIngress[]): boolean {
  const first = annotationsOf(group[0]!);
  for (let i = 1; i < group.length; i++) {
    const annotations = annotationsOf(group[i]!);
    for (const key in annotations) {
      if (annotations[key] !== first[key] && COMPARED_KEYS.has(key)) {
        return false;
      }
    }
  }
  return true;
}

const COMPARED_KEYS: ReadonlySet<string> = new Set(COMPARED.map((name) => `${ALB_PREFIX}${name}`));
const annotationsOf = ({ object }: AlbIngress) => object.manifest.metadata.annotations ?? NO_TEXTS;
const NO_TEXTS: Readonly<Record<string, string>> = {};

function checkGroup(group: readonly AlbIngress[], report: ReportFinding): void {
  // by name, and by part
  const first = new Map<string, Map<string, readonly [value: string, by: AlbIngress]>>();
  for (const member of group) {
    eachClaim(member, (name, part, value, compared) => {
      const parts = entryOf(first, name, () => new Map<string, readonly [value: string, by: AlbIngress]>());
      const known = parts.get(part);
      if (known === undefined) {
        parts.set(part, [compared, member]);
      } else if (known[0] !== compared) {
        const [, other] = known;
        report(member.object, {
          message: `${part ? `${name} ${part}` : name} of ${title(member.object)} is '${value}', and ${title(other.object)} of the same group says '${known[0]}'`,
          fix: 'write the same in all members of the group, or leave it to one of them',
          field: albField(name),
        });
      }
    });
  }
}

/**
 * Calls back for what an Ingress says of the load balancer.
 *
 * @param visit gets the name of the setting, the port or key that it is about, the value, and what is equal for values
 * that mean the same
 */
function eachClaim(
  { setting, ports }: AlbIngress,
  visit: (name: string, part: string, value: string, compared: string) => void,
): void {
  for (const name of SINGLE) {
    const value = setting(name);
    if (value !== undefined) {
      visit(name, '', value, value);
    }
  }
  for (const name of LISTS) {
    const value = setting(name);
    if (value !== undefined) {
      visit(name, '', value, sorted(value));
    }
  }
  for (const name of MAPS) {
    const value = setting(name);
    for (const [part, text] of (value === undefined ? undefined : parseMap(value)) ?? []) {
      visit(name, part, text, text);
    }
  }
  const cidrs = setting('inbound-cidrs');
  const policy = setting('ssl-policy');
  for (const [port] of cidrs === undefined ? [] : ports) {
    visit('inbound-cidrs', `of port ${port}`, cidrs!, sorted(cidrs!));
  }
  for (const [port, protocol] of policy === undefined ? [] : ports) {
    if (protocol === 'HTTPS') {
      visit('ssl-policy', `of port ${port}`, policy!, policy!);
    }
  }
  for (const [port, protocol] of ports) {
    visit('listen-ports', `of port ${port}`, protocol, protocol);
  }
}

const sorted = (value: string): string => [...new Set(listItems(value))].sort().join(',');

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
