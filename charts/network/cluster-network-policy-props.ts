import type { Cidr, KeyTable } from '../../kube/values';
import type { ClusterNetworkPolicy } from '../core/k8s';
import type { Port } from '../core/ports';
import type { Customize } from '../core/values';

/** The pods of a namespace, or those of one workload there. A Tenant and a workload are of this form. */
export interface ClusterPolicyPods {
  /** The name of the namespace: the id of a Tenant. */
  readonly namespace: string;
  /** The label app.kubernetes.io/name of the pods: the id of a workload. @default - all pods of the namespace */
  readonly name?: string;
}

/** A domain name outside of the cluster. */
export interface ClusterPolicyDomain {
  /** 'api.example.com', or '*.example.com' for all names below it. Only with the action 'accept', in EKS Auto Mode. */
  readonly domain: string;
}

/** What a rule of the whole cluster says of connections. */
export interface ClusterPolicyRule {
  /**
   * 'deny' closes them, 'accept' opens them whatever the network policies of the namespaces say, and 'pass' leaves them to
   * these, without asking further policies of the tier; it is refused in the tier 'baseline'.
   */
  readonly action: 'accept' | 'deny' | 'pass';
  /** The ports of the called side, 1 to 100. @default - all ports and protocols */
  readonly ports?: readonly Port[];
  /** What the rule is for, at most 100 letters. @default - none */
  readonly name?: string;
}

/** A rule for connections that pods open. */
export interface ClusterEgressRule extends ClusterPolicyRule {
  /** Where to: ranges of addresses, 'all-pods' of the cluster, a Tenant, a workload or its names, a domain name. */
  readonly to: readonly (Cidr | 'all-pods' | ClusterPolicyPods | ClusterPolicyDomain)[];
}

/** A rule for connections to pods. */
export interface ClusterIngressRule extends ClusterPolicyRule {
  /** Where from: 'all-pods' of the cluster, a Tenant, a workload or its names. Addresses are refused: the kind has none. */
  readonly from: readonly ('all-pods' | ClusterPolicyPods)[];
}

/** Namespaces other than these. */
export interface NamespacesExcept {
  /** Names, or Tenants. */
  readonly except: readonly (string | ClusterPolicyPods)[];
}

/** Objects of a ClusterNetworkPolicy, by their name in `customize`. */
export interface ClusterNetworkPolicyObjects {
  policy: ClusterNetworkPolicy;
}

/** Props of a ClusterNetworkPolicy. */
export interface ClusterNetworkPolicyProps {
  /** 0 to 1000: the policy with the lowest number of its tier is asked first. Give each its own. */
  readonly priority: number;
  /**
   * 'admin' policies are asked before the network policies of namespaces, which cannot override them; 'baseline' policies
   * after them, for what none of them decides.
   *
   * @default 'admin'
   */
  readonly tier?: 'admin' | 'baseline';
  /**
   * The namespaces whose pods it is for: names or Tenants, or { except: [...] }.
   *
   * @default - all but kube-system, whose controllers a rule for tenants would stop
   */
  readonly namespaces?: readonly (string | ClusterPolicyPods)[] | NamespacesExcept;
  /** Rules for connections that the pods open. The first that matches decides. @default - none */
  readonly egress?: readonly ClusterEgressRule[];
  /** Rules for connections to the pods. The first that matches decides. @default - none; there must be one of both */
  readonly ingress?: readonly ClusterIngressRule[];
  /** Edits of the finished manifest. @default - none */
  readonly customize?: Customize<ClusterNetworkPolicyObjects>;
}

export const POLICY_KEYS: KeyTable<ClusterNetworkPolicyProps> = {
  priority: true,
  tier: true,
  namespaces: true,
  egress: 'list',
  ingress: 'list',
  customize: 'object',
};
const RULE: KeyTable<ClusterPolicyRule> = { action: true, ports: 'list', name: 'text' };
export const EGRESS_KEYS: KeyTable<ClusterEgressRule> = { ...RULE, to: 'list' };
export const INGRESS_KEYS: KeyTable<ClusterIngressRule> = { ...RULE, from: 'list' };
export const PODS_KEYS: KeyTable<ClusterPolicyPods> = { namespace: 'text', name: 'text' };
export const DOMAIN_KEYS: KeyTable<ClusterPolicyDomain> = { domain: 'text' };
