/** What tests say of policies. */
import type { k8s, Workload } from 'cdk8s-eks-patterns';

type Rule = { peers: k8s.NetworkPolicyPeer[]; ports: string[] };

const ports = (list: readonly k8s.NetworkPolicyPort[] | undefined) =>
  (list ?? []).map((p) => `${p.port}/${p.protocol}`);

/** What a workload may call: peers and '8080/TCP'. */
export function egress(workload: Workload): Rule[] {
  return (workload.networkPolicy!.toJson().spec!.egress ?? []).map((r) => ({
    peers: r.to ?? [],
    ports: ports(r.ports),
  }));
}

/** Who may call it. */
export function ingress(workload: Workload): Rule[] {
  const { ingress: rules } = workload.networkPolicy!.toJson().spec!;
  return (rules ?? []).map((r) => ({ peers: r.from ?? [], ports: ports(r.ports) }));
}

/** Pods of a workload, seen from its own namespace or from another one. */
export function pods(name: string, namespace?: string): k8s.NetworkPolicyPeer {
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': name } };
  return namespace === undefined ? { podSelector } : { ...inNamespace(namespace), podSelector };
}

export function inNamespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

export function range(cidr: string, ...except: string[]): k8s.NetworkPolicyPeer {
  return { ipBlock: except.length > 0 ? { cidr, except } : { cidr } };
}
