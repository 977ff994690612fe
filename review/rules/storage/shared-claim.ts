import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes';
import { replicaBoundsOf } from '../../../kube/autoscalers';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Rule } from '../../rule';

/** A volume for one node, and pods that may be on several. */
export const rule: Rule = {
  id: 'storage/shared-claim',
  title: 'a claim for one node has one pod at a time',
  severity: 'warning',
  why: 'A ReadWriteOnce volume is attached to one node. A second pod, also that of a rollout, waits on another node until the volume is free, which never happens while the first one runs.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  bad: deployment('RollingUpdate'),
  good: deployment('Recreate'),
  check: ({ inventory }, report) => {
    const claims = new Map(
      inventory
        .ofKind('PersistentVolumeClaim', '')
        .map(({ manifest, namespace }) => [
          `${namespace}/${manifest.metadata.name}`,
          ((manifest.spec ?? {}) as Partial<PersistentVolumeClaimSpec>).accessModes ?? [],
        ]),
    );
    const bounds = new Map<string, ReturnType<typeof replicaBoundsOf>>();
    for (const pod of inventory.pods) {
      const kind = workloadKind(pod.manifest);
      const spec = pod.manifest.spec ?? {};
      const volumes = pod.spec.volumes ?? [];
      const i = volumes.findIndex(({ persistentVolumeClaim }) => {
        const modes = claims.get(`${pod.namespace}/${persistentVolumeClaim?.claimName}`) ?? [];
        return modes.length > 0 && modes.every((mode) => mode.startsWith('ReadWriteOnce'));
      });
      if (!kind || kind.job || i < 0) {
        continue;
      }
      if (!bounds.has(pod.namespace)) {
        bounds.set(pod.namespace, replicaBoundsOf(inventory.inNamespace(pod.namespace).map((o) => o.manifest)));
      }
      const { name } = pod.manifest.metadata;
      const scaled = bounds.get(pod.namespace)!.get(`${pod.manifest.kind}/${name}`)?.max ?? 0;
      const most = Math.max(kind.replicas(spec), scaled);
      const surge = most > 0 ? (kind.surge?.(spec, most) ?? 0) : 0;
      if (kind.perNode || most > 1 || surge > 0) {
        report(pod, {
          message: `${title(pod)} mounts the claim '${volumes[i]!.persistentVolumeClaim!.claimName}' for one node, and may have ${kind.perNode ? 'a pod on each node' : `${most + surge} pods at a time`}`,
          fix:
            !kind.perNode && most === 1
              ? "write strategy: { type: 'Recreate' }"
              : 'take a StatefulSet with volumeClaimTemplates, or a ReadWriteMany volume',
          field: `${podSpecField(pod.manifest)}.volumes[${i}].persistentVolumeClaim`,
        });
      }
    }
  },
};

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
