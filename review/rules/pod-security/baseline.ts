import { checkEnforced, POD_SECURITY_STANDARDS } from '../../pod-security';
import type { Rule } from '../../rule';

/** A namespace that enforces `baseline` refuses pods that reach into their node. */
export const rule: Rule = {
  id: 'pod-security/baseline',
  title: "pods in namespaces that enforce 'baseline' meet the baseline Pod Security Standard",
  severity: 'error',
  why: 'The API server accepts the Deployment with a warning and refuses each of its pods, so that it never runs; a rollout stays at the old pods.',
  source: POD_SECURITY_STANDARDS,
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  volumes: [{ name: logs, hostPath: { path: /var/log } }]
  containers: [{ name: web, image: web:1 }]
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  volumes: [{ name: logs, emptyDir: {} }]
  containers: [{ name: web, image: web:1 }]
`,
  check: checkEnforced('baseline'),
};
