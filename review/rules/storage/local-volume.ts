import { INSTANCE_STORE, LOCAL_VOLUMES } from '../../../eks/instance-store';
import type { StorageClass } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { claimingObjects } from '../../claims';
import { classOf, volumeIndex } from '../../cluster/volumes';
import { type ClusterSide, makesNodes } from '../../cluster-side';
import type { Problem, Rule } from '../../rule';

/** Claims of volumes on the disk of one node. */
export const rule: Rule = {
  id: 'storage/local-volume',
  title: 'files on local volumes have a copy elsewhere, and nodes have such volumes',
  severity: 'warning',
  why: 'A local volume is a disk of one node: its files are lost when the node is replaced, as by an upgrade. Its pod runs on that node alone. A claim waits for ever where no node has a volume of its class.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#local',
  bad: manifests(1),
  good: manifests(3),
  check: ({ inventory, cluster }, report) => {
    const index = volumeIndex(inventory);
    if (![...index.classes.values()].some(({ provisioner }) => provisioner === LOCAL_VOLUMES.provisioner)) {
      return;
    }
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const own = classOf(spec.storageClassName, index) as Partial<StorageClass> | undefined;
        if (own?.provisioner !== LOCAL_VOLUMES.provisioner || spec.volumeName !== undefined) {
          continue;
        }
        const isMade = own.metadata?.annotations?.[LOCAL_VOLUMES.folder] !== undefined;
        const problem =
          isMade && cluster && !makesNodes(cluster, inventory) && !hasDisks(cluster)
            ? withoutDisks(object, spec.storageClassName)
            : onlyCopy(object, field);
        if (problem) {
          report(object, { ...problem, field: `${field}.storageClassName` });
        }
      }
    }
  },
};

function hasDisks({ groups }: ClusterSide): boolean {
  return groups.length === 0 || groups.some(({ labels }) => labels[INSTANCE_STORE.label] === 'Mount');
}

function withoutDisks(object: InventoryObject, className: string | undefined): Problem {
  return {
    severity: 'error',
    message: `a claim of ${title(object)} has the class '${className}' of local volumes, and no node group mounts the disks of its instances`,
    fix: `write instanceStore: 'Mount' of a node group, or label nodes that mount them ${INSTANCE_STORE.label}=Mount`,
  };
}

/** The disk of one member of several may have a copy; that of a pod is scratch. */
function onlyCopy(object: InventoryObject, field: string): Problem | undefined {
  const members = workloadKind(object.manifest)?.replicas(object.manifest.spec ?? {}) ?? 1;
  return field.includes('.ephemeral.') || members > 1
    ? undefined
    : {
        message: `the only volume of ${title(object)} is on the disk of one node, and is lost with it`,
        fix: 'take several members that replicate, a class of EBS, or a scratch folder if the files may be lost',
      };
}

function manifests(replicas: number): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: local }
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: default }
spec:
  replicas: ${replicas}
  serviceName: cache
  selector: { matchLabels: { app: cache } }
  template:
    metadata: { labels: { app: cache } }
    spec:
      containers: [{ name: cache, image: 'cache:1.0', volumeMounts: [{ name: data, mountPath: /data }] }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { storageClassName: local, accessModes: [ReadWriteOnce], resources: { requests: { storage: 100Gi } } }
`;
}
