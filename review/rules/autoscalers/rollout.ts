import { isAutoscaler, rolledOutBy, scaleTargetOf } from '../../../kube/autoscalers';
import { type InventoryObject, title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** A Deployment whose pods a Rollout runs, and that still runs its own. */
export const rule: Rule = {
  id: 'autoscalers/rollout',
  title: 'a Deployment that a Rollout refers to has no pods, and no autoscaler, of its own',
  severity: 'warning',
  why: 'The Rollout runs the pods of the template of the Deployment. Every apply restores spec.replicas of the Deployment, and an autoscaler of the Deployment keeps changing it: its pods run beside those of the Rollout, or are started and stopped in turn.',
  source: 'https://argo-rollouts.readthedocs.io/en/stable/migrating/#reference-deployment-from-rollout',
  bad: manifests(2),
  good: manifests(0),
  check: ({ inventory }, report) => {
    const rollouts = new Map<string, InventoryObject>();
    for (const object of inventory.ofKind('Rollout', 'argoproj.io')) {
      const target = rolledOutBy(object.manifest);
      if (target) {
        rollouts.set(`${object.namespace}/${target.kind}/${target.name}`, object);
      }
    }
    if (rollouts.size === 0) {
      return;
    }
    const scaled = new Set<string>();
    for (const object of inventory.objects) {
      const target = isAutoscaler(object.manifest) ? scaleTargetOf(object.manifest) : undefined;
      const key = `${object.namespace}/${target?.kind}/${target?.name}`;
      const rollout = target && rollouts.get(key);
      if (rollout) {
        scaled.add(key);
        const { name } = rollout.manifest.metadata;
        report(object, {
          message: `${title(object)} scales ${target.kind} '${target.name}', whose pods ${title(rollout)} runs`,
          fix: `let it scale the Rollout: scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: ${name} }, and write replicas: 0 in the ${target.kind}`,
          field: 'spec.scaleTargetRef',
        });
      }
    }
    for (const object of inventory.ofKind('Deployment', 'apps')) {
      const key = `${object.namespace}/Deployment/${object.manifest.metadata.name}`;
      const rollout = rollouts.get(key);
      const { replicas = 1 } = (object.manifest.spec ?? {}) as { replicas?: unknown };
      if (rollout && !scaled.has(key) && replicas !== 0) {
        report(object, {
          message: `every apply gives ${title(object)} ${replicas} pods beside those of ${title(rollout)}, which refers to it`,
          fix: 'write replicas: 0 in the Deployment (by a pattern: rollout: ArgoRollout.canary({ ... }), which makes no Deployment), and the number in the Rollout',
          field: 'spec.replicas',
        });
      }
    }
  },
};

function manifests(replicas: number): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web, scaleDown: onsuccess }
  selector: { matchLabels: { app: web } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`;
}
