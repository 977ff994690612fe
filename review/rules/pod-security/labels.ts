import { invalidLabels, POD_SECURITY_LABEL, POD_SECURITY_MODES } from '../../../kube/pod-security/levels';
import { keyPath, listed, nearest } from '../../../kube/text';
import type { Rule } from '../../rule';

const KEYS = POD_SECURITY_MODES.flatMap((mode) => [mode, `${mode}-version`]).map(
  (key) => `${POD_SECURITY_LABEL}/${key}`,
);

/** A namespace whose Pod Security labels say nothing. */
export const rule: Rule = {
  id: 'pod-security/labels',
  title: 'the Pod Security labels of a namespace have keys and values that exist',
  severity: 'error',
  why: 'The API server refuses a namespace with a level or a version that does not exist; a key that does not exist is never read, and the namespace protects nothing.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: strict } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }
`,
  check: ({ inventory }, report) => {
    for (const namespace of inventory.ofKind('Namespace', '')) {
      for (const { key, value, allowed } of invalidLabels(namespace.manifest.metadata.labels ?? {})) {
        const field = keyPath('metadata.labels', key);
        if (allowed !== undefined) {
          report(namespace, {
            message: `label ${key} must be ${allowed}, but is '${value}': the API server refuses the namespace`,
            fix: `write ${allowed}`,
            field,
          });
        } else {
          report(namespace, {
            severity: 'warning',
            message: `label ${key} is not one that Pod Security admission reads: those are ${listed(KEYS)}`,
            fix: `write ${nearest(key, KEYS) ?? KEYS[0]}`,
            field,
          });
        }
      }
    }
  },
};
