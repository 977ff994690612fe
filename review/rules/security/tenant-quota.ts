import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

const COUNTS = ['services.loadbalancers', 'services.nodeports'];

/** A quota that leaves load balancers and node ports open. */
export const rule: Rule = {
  id: 'security/tenant-quota',
  title: 'the quota of a namespace counts load balancers and node ports',
  severity: 'advice',
  why: 'Who may create Services can open the namespace to the internet by a load balancer or a port of every node, unless a quota limits them.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#object-count-quota',
  bad: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: '20' } }
`,
  good: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { pods: '20', services.loadbalancers: '0', services.nodeports: '0' } }
`,
  check: ({ inventory }, report) => {
    const quotas = inventory.ofKind('ResourceQuota', '');
    const counted = new Set(
      quotas.flatMap(({ manifest, namespace }) => Object.keys(hardOf(manifest)).map((name) => `${namespace}/${name}`)),
    );
    for (const object of quotas) {
      const missing = COUNTS.filter((name) => !counted.has(`${object.namespace}/${name}`));
      // told once for a namespace
      for (const name of missing) {
        counted.add(`${object.namespace}/${name}`);
      }
      if (missing.length > 0) {
        report(object, {
          field: 'spec.hard',
          message: `${title(object)} does not limit ${missing.join(' and ')}`,
          fix: `add ${missing.map((name) => `${name}: '0'`).join(', ')}, or the number that is used`,
        });
      }
    }
  },
};

function hardOf(manifest: { readonly spec?: Record<string, unknown> }): Readonly<Record<string, unknown>> {
  return (manifest.spec as { readonly hard?: Readonly<Record<string, unknown>> } | undefined)?.hard ?? {};
}
