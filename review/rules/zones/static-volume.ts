import { isEbsVolume } from '../../../eks/compute-modes';
import type { NodeSelector, PersistentVolume } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { clusterZones } from '../../../simulator/node-templates/of-cluster';
import type { Rule } from '../../rule';

/** Volumes of EBS that say nothing of their zone; those that a class makes are given one. */
export const rule: Rule = {
  id: 'zones/static-volume',
  title: 'a PersistentVolume of EBS names its zone',
  severity: 'warning',
  why: 'The scheduler does not know where the volume is. A pod that comes to a node of another zone waits for a volume that cannot be attached there.',
  source: 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/tree/master/examples/kubernetes/static-provisioning',
  bad: volume(''),
  good: volume(`nodeAffinity:
    required:
      nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [us-west-2a] }] }]`),
  check: ({ inventory, cluster }, report) => {
    if (cluster && clusterZones(cluster).length === 1) {
      return;
    }
    for (const object of inventory.ofKind('PersistentVolume', '')) {
      const { spec } = object.manifest as unknown as Partial<PersistentVolume>;
      const isEbs = isEbsVolume(spec?.csi) || spec?.awsElasticBlockStore !== undefined;
      if (isEbs && !namesPlace(spec?.nodeAffinity?.required)) {
        report(object, {
          message: `${title(object)} of EBS does not say in which zone it is`,
          fix: 'write nodeAffinity.required with the key topology.kubernetes.io/zone and the zone of the volume',
          field: 'spec.nodeAffinity',
        });
      }
    }
  },
};

/** Whether each alternative has a zone, by its name or its id, or a node. */
function namesPlace(selector: NodeSelector | undefined): boolean {
  const terms = selector?.nodeSelectorTerms ?? [];
  return (
    terms.length > 0 &&
    terms.every(({ matchExpressions = [] }) => matchExpressions.some(({ key }) => /zone|hostname/.test(key ?? '')))
  );
}

function volume(affinity: string): string {
  return `
apiVersion: v1
kind: PersistentVolume
metadata: { name: data }
spec:
  capacity: { storage: 10Gi }
  accessModes: [ReadWriteOnce]
  storageClassName: ''
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
  ${affinity}
`;
}
