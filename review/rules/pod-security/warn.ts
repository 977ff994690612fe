import { checkWarned } from '../../pod-security';
import type { Rule } from '../../rule';

/** Pods that run, though the namespace warns of them or logs them. */
export const rule: Rule = {
  id: 'pod-security/warn',
  title: 'pods meet the Pod Security level of which their namespace warns or which it logs',
  severity: 'warning',
  why: 'The pods run, but every apply prints a warning or the audit log has an entry, and the pods are refused as soon as the namespace enforces the level.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/warn: baseline } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  hostNetwork: true
  containers: [{ name: web, image: web:1 }]
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/warn: baseline } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers: [{ name: web, image: web:1 }]
`,
  check: checkWarned,
};
