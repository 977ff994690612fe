import type { NetworkPolicyPeer } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import { indexPath } from '../../../kube/text';
import { nothingSelected } from '../../nothing-selected';
import type { ReportFinding, ReviewInput, Rule } from '../../rule';

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
      checkRules(input, policy, ingress, 'spec.ingress', 'from', report);
      checkRules(input, policy, egress, 'spec.egress', 'to', report);
    }
  },
};

function checkRules(
  input: ReviewInput,
  policy: InventoryObject,
  rules: Direction | undefined,
  field: string,
  side: 'from' | 'to',
  report: ReportFinding,
): void {
  for (let i = 0; i < (rules?.length ?? 0); i++) {
    const peers = rules![i]![side] ?? [];
    for (let j = 0; j < peers.length; j++) {
      const problem = problemOf(input, policy, peers[j]!);
      if (problem) {
        const at = indexPath(`${indexPath(field, i)}.${side}`, j);
        report(policy, { ...problem, severity: 'warning', field: `${at}.podSelector` });
      }
    }
  }
}

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
