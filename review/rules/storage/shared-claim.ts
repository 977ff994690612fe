import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { isOnOneNode, narrowClaims } from '../../claim-users';
import { replicasOf } from '../../replicas';
import type { Rule } from '../../rule';

/** A volume for one node, and pods that may be on several. */
export const rule: Rule = {
  id: 'storage/shared-claim',
  title: 'a claim for one node has one pod at a time',
  severity: 'warning',
  why: 'A ReadWriteOnce volume is attached to one node. A second pod, also that of a rollout or of another workload, waits on another node until the volume is free, which never happens while the first one runs.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  bad: deployment('RollingUpdate'),
  good: deployment('Recreate'),
  check: ({ inventory }, report) => {
    for (const { name, by, users } of narrowClaims(inventory)) {
      const running = users.filter(({ pod }) => podsOf(inventory, pod).most > 0);
      for (const { pod, field } of running) {
        const { least, most, surge, perNode } = podsOf(inventory, pod);
        const beside = by === 'node' && isOnOneNode(pod);
        if (field !== '' && !beside && (perNode || most + surge > 1)) {
          report(pod, {
            ...(by === 'pod' && (perNode || least > 1) ? { severity: 'error' } : {}),
            message: `${title(pod)} mounts the claim '${name}' for one ${by}, and may have ${perNode ? 'a pod on each node' : `${most + surge} pods at a time`}`,
            fix:
              !perNode && most === 1
                ? "write strategy: { type: 'Recreate' }"
                : 'take a StatefulSet with volumeClaimTemplates, or a ReadWriteMany volume',
            field,
          });
        }
      }
      const [first, second, ...others] = running;
      const elsewhere = running.filter(({ pod }) => by === 'pod' || !isOnOneNode(pod));
      // jobs alone are taken to run one after the other
      if (first && second && elsewhere.length > 1 && running.some(({ pod }) => !pod.workload?.job)) {
        const more = others.length === 0 ? '' : `, and ${others.length} more`;
        report(second.pod, {
          message: `${title(second.pod)} mounts the claim '${name}' for one ${by}, which ${title(first.pod)} mounts as well${more}`,
          fix: `give each a claim of its own, or take a ReadWriteMany volume${by === 'node' ? ', or keep the pods on one node by a podAffinity on kubernetes.io/hostname' : ''}`,
          field: second.field,
        });
      }
    }
  },
};

/** How many pods an object has: at least and at most, and beside these in a rollout. */
function podsOf(inventory: Inventory, pod: PodObject) {
  const kind = pod.workload;
  if (!kind) {
    return { least: 1, most: 1, surge: 0, perNode: false };
  }
  if (kind.perNode) {
    return { least: 1, most: 1, surge: 0, perNode: true };
  }
  const { min: least, max: most } = replicasOf(inventory, pod) ?? {
    min: kind.replicas(pod.of) * pod.times,
    max: kind.replicas(pod.of) * pod.times,
  };
  return { least, most, surge: most > 0 ? (kind.surge?.(pod.of, most) ?? 0) : 0, perNode: false };
}

function deployment(strategy: string): string {
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  replicas: 1
  strategy: { type: ${strategy} }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: example.com/web:1.0.0, volumeMounts: [{ name: data, mountPath: /data }] }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`;
}
