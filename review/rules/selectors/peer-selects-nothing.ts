import type { NetworkPolicyPeer } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import { indexPath } from '../../../kube/text';
import { nothingSelected } from '../../nothing-selected';
import type { Rule } from '../../rule';

const NAME = 'kubernetes.io/metadata.name';
type Direction = readonly {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
}[];

/** A rule for peers that do not exist opens nothing. */
export const rule: Rule = {
  id: 'selectors/peer-selects-nothing',
  title: 'a peer of a NetworkPolicy selects pods',
  severity: 'warning',
  why: 'A peer whose podSelector matches no pods lets no connection through: calls from or to the pods that were meant are dropped and time out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db }
spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: wbe } } }] }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db }
spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }
`,
  check: (input, report) => {
    for (const policy of input.inventory.ofKind('NetworkPolicy', 'networking.k8s.io')) {
      for (const { peer, field } of peersOf(policy)) {
        const namespace = namespaceOf(peer, policy.namespace);
        const problem =
          peer.podSelector &&
          namespace !== undefined &&
          nothingSelected(input, { ...policy, namespace }, peer.podSelector, `a peer of ${title(policy)}`);
        if (problem) {
          report(policy, { ...problem, severity: 'warning', field: `${field}.podSelector` });
        }
      }
    }
  },
};

/** The only namespace that a peer is about; undefined where it may be any. */
function namespaceOf({ namespaceSelector }: NetworkPolicyPeer, own: string): string | undefined {
  return namespaceSelector ? namespaceSelector.matchLabels?.[NAME] : own;
}

function peersOf({
  manifest,
}: InventoryObject): readonly { readonly peer: NetworkPolicyPeer; readonly field: string }[] {
  const { ingress, egress } = (manifest.spec ?? {}) as { readonly ingress?: Direction; readonly egress?: Direction };
  const of = (rules: Direction = [], field: string, side: 'from' | 'to') =>
    rules.flatMap((rule, i) =>
      (rule[side] ?? []).map((peer, j) => ({ peer, field: indexPath(`${indexPath(field, i)}.${side}`, j) })),
    );
  return [...of(ingress, 'spec.ingress', 'from'), ...of(egress, 'spec.egress', 'to')];
}
