import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import { selectorLabels } from '../../kube/labels';
import { isSubdomain } from '../../kube/names';
import type { Check } from '../core/check';
import type { ApplicationNetworkPolicy, NetworkPolicyPort, ObjectMeta } from '../core/k8s';
import type { Requirement } from '../core/requirements';

/** A domain name, and the ports on which it is called. */
export interface DomainRule {
  readonly domain: string;
  readonly ports: readonly NetworkPolicyPort[];
}

/** Names that the DNS of the cluster makes. */
const IN_CLUSTER = /\.(?:svc|cluster\.local)$/;

export function checkDomain(check: Check, field: string, domain: unknown): asserts domain is string {
  const isName = typeof domain === 'string' && isSubdomain(domain.replace(/^\*\./, '')) && domain.includes('.');
  if (!isName || /\.\d+$/.test(domain)) {
    check.fail(
      domain === undefined ? 'required' : typeof domain === 'string' ? 'invalid' : 'type',
      field,
      `${field} must be a domain name in lowercase letters with at least one dot, or '*.' before one, but is ${describe(domain)}`,
      "write for example 'api.example.com'; for addresses Peer.cidr('198.51.100.0/24', 443)",
    );
  }
  if (IN_CLUSTER.test(domain as string)) {
    check.fail(
      'forbidden',
      field,
      `${field} must be a name outside of the cluster, but is '${domain}'`,
      "write the workload, or Peer.workload({ namespace: 'shop', name: 'catalog' }, 8080) for one of another app",
    );
  }
}

/**
 * The policy of domain names beside the NetworkPolicy of a workload, whose rules hold as well. A name of its own: the nodes
 * keep the rules of a policy under its name, whatever its kind.
 */
export function domainPolicy(
  metadata: ObjectMeta & { name: string },
  workload: string,
  rules: readonly DomainRule[],
): ApplicationNetworkPolicy {
  return {
    apiVersion: 'networking.k8s.aws/v1alpha1',
    kind: 'ApplicationNetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: selectorLabels(workload) },
      policyTypes: ['Egress'],
      egress: rules.map(({ domain, ports }) => ({ to: [{ domainNames: [domain] }], ports: ports.map(copyPlain) })),
    },
  };
}

/** Nodes that hold policies by domain names. */
export function domainsRequirement(because: string): Requirement {
  return {
    id: 'domain-policies',
    because,
    check: ({ name, compute }) =>
      compute === 'auto'
        ? { status: 'met' }
        : {
            status: 'unmet',
            message: `cluster '${name}' has node groups, whose nodes do not hold network policies by domain names`,
            fix: "write the addresses: Peer.cidr('198.51.100.0/24', 443), or Peer.internet(443) for all public ones; or use EKS Auto Mode",
          },
  };
}
