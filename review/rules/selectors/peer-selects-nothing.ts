import type { NetworkPolicyPeer } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import { indexPath } from '../../../kube/text';
import { nothingSelected } from '../../nothing-selected';
import type { ReviewInput, Rule } from '../../rule';

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
      const { ingress, egress } = (policy.manifest.spec ?? {}) as {
        readonly ingress?: Direction;
        readonly egress?: Direction;
      };
      const look = (rules: Direction, direction: 'ingress' | 'egress', side: 'from' | 'to') =>
        rules.forEach((rule, i) => {
          rule[side]?.forEach((peer, j) => {
            const problem = problemOf(input, policy, peer);
            if (problem) {
              const field = indexPath(`${indexPath(`spec.${direction}`, i)}.${side}`, j);
              report(policy, { ...problem, severity: 'warning', field: `${field}.podSelector` });
            }
          });
        });
      look(ingress ?? [], 'ingress', 'from');
      look(egress ?? [], 'egress', 'to');
    }
  },
};

function problemOf(input: ReviewInput, policy: InventoryObject, { podSelector, namespaceSelector }: NetworkPolicyPeer) {
  const namespace = podSelector && namespaceOf(namespaceSelector, policy.namespace);
  return namespace === undefined
    ? undefined
    : nothingSelected(input, namespace, podSelector!, () => `a peer of ${title(policy)}`);
}

/** The only namespace that a peer is about; undefined where it may be any. */
function namespaceOf(selector: NetworkPolicyPeer['namespaceSelector'], own: string): string | undefined {
  return selector ? selector.matchLabels?.[NAME] : own;
}
