import { checkEnforced, POD_SECURITY_STANDARDS } from '../../pod-security';
import type { Rule } from '../../rule';

/** A namespace that enforces `restricted` refuses pods that do not give up what they do not need. */
export const rule: Rule = {
  id: 'pod-security/restricted',
  title: "pods in namespaces that enforce 'restricted' meet the restricted Pod Security Standard",
  severity: 'error',
  why: 'The API server accepts the Deployment with a warning and refuses each of its pods, so that it never runs; a rollout stays at the old pods.',
  source: POD_SECURITY_STANDARDS,
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - { name: web, image: web:1, securityContext: { capabilities: { drop: [ALL] } } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - { name: web, image: web:1, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }
`,
  check: checkEnforced('restricted'),
};
