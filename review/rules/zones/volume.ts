import { todaysKey, ZONE } from '../../../eks/node-labels';
import { type PodObject, title } from '../../../kube/inventory';
import { nodeAlternatives } from '../../../kube/node-affinity';
import { podSpecField } from '../../../kube/pod-containers';
import { listed } from '../../../kube/text';
import { claimedVolumes, volumeIndex } from '../../cluster/volumes';
import type { Rule } from '../../rule';

/** Pods that are kept out of the zone of their volume. Where the nodes are known, placement/unschedulable counts them. */
export const rule: Rule = {
  id: 'zones/volume',
  title: 'pods may run in the zone of their volumes',
  severity: 'error',
  why: 'A volume of one zone is attached to nodes there alone. Pods that must be elsewhere, or have volumes in two zones, stay pending.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#node-affinity',
  bad: manifests('us-west-2b'),
  good: manifests('us-west-2a'),
  check: ({ inventory, cluster }, report) => {
    if (cluster) {
      return;
    }
    const index = volumeIndex(inventory);
    for (const pod of inventory.pods) {
      const volumes = claimedVolumes(pod, index).filter(({ zones }) => zones !== undefined);
      let left: readonly string[] | undefined;
      const field = podSpecField(pod);
      for (const { claim, zones = [] } of volumes) {
        const both: readonly string[] = left?.filter((zone) => zones.includes(zone)) ?? zones;
        if (both.length === 0 && left !== undefined) {
          report(pod, {
            message: `${title(pod)} claims '${claim}' in ${listed(zones)}, and another volume in ${listed(left)}`,
            fix: 'take volumes of one zone',
            field: `${field}.volumes`,
          });
          left = undefined;
          break;
        }
        left = both;
      }
      const wanted = left && zonesOf(pod);
      if (left && wanted && !wanted.some((zone) => left.includes(zone))) {
        report(pod, {
          message: `${title(pod)} must run in ${listed(wanted)}, and its volume '${volumes[0]!.claim}' is in ${listed(left)}`,
          fix: `require a zone of the volume, such as '${left[0]}'`,
          field: pod.spec.nodeSelector ? `${field}.nodeSelector` : `${field}.affinity.nodeAffinity`,
        });
      }
    }
  },
};

/** The zones that pods require by name; undefined for any. */
function zonesOf({ spec }: PodObject): readonly string[] | undefined {
  const alternatives = nodeAlternatives(spec).map((conditions) =>
    conditions
      .filter(({ key, operator }) => todaysKey(key) === ZONE && operator === 'In')
      .map(({ values = [] }) => values),
  );
  return alternatives.length === 0 || alternatives.some((lists) => lists.length === 0)
    ? undefined
    : alternatives.flatMap(([first = [], ...others]) =>
        first.filter((zone) => others.every((list) => list.includes(zone))),
      );
}

function manifests(zone: string): string {
  return `
apiVersion: v1
kind: PersistentVolume
metadata: { name: data }
spec:
  capacity: { storage: 10Gi }
  accessModes: [ReadWriteOnce]
  storageClassName: ''
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
  nodeAffinity:
    required:
      nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [us-west-2a] }] }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { storageClassName: '', volumeName: data, accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: default }
spec:
  nodeSelector: { topology.kubernetes.io/zone: ${zone} }
  containers: [{ name: db, image: 'example.com/db:1.0.0', volumeMounts: [{ name: data, mountPath: /data }] }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`;
}
