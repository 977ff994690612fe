import { EBS_DRIVER, OLD_EBS_DRIVER } from '../../../eks/compute-modes';
import type { PersistentVolume, StorageClass, Volume } from '../../../imports/kubernetes';
import { mayNameDriver } from '../../../kube/csi-drivers';
import { type InventoryObject, title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { hasPodTemplate, podTemplates } from '../../../kube/pod-templates';
import { objectsOfKinds } from '../../kinds';
import type { Rule } from '../../rule';
import { suspectPods, suspectsIn } from '../../suspects';

const WITH_OLD_VOLUMES = suspectPods(({ spec }) => spec.volumes?.some((volume) => isOldVolume(volume)) === true);

/** The driver of EBS that was part of Kubernetes. In Auto Mode nothing serves it, which is a finding of its own. */
export const rule: Rule = {
  id: 'storage/in-tree',
  title: 'volumes of EBS name the CSI driver',
  severity: 'warning',
  why: 'The driver that was part of Kubernetes is gone. Its names are translated for the CSI driver, and EKS does not support them any longer. Snapshots are made of CSI volumes only.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi-migration-faq.html',
  bad: storageClass('fast', OLD_EBS_DRIVER),
  good: storageClass('fast', EBS_DRIVER['node-groups']),
  check: ({ inventory, cluster }, report) => {
    const inPods = suspectsIn(inventory, WITH_OLD_VOLUMES).length > 0;
    const auto = cluster?.config.autoModeConfig?.enabled === true;
    for (const object of objectsOfKinds(
      inventory,
      (kind) => mayNameDriver(kind) && (inPods || !hasPodTemplate(kind)),
    )) {
      for (const { what, field, fix, inAutoMode } of oldNames(object)) {
        if (!auto || inAutoMode) {
          report(object, {
            message: `${what} of ${title(object)} is of the driver that was part of Kubernetes`,
            fix: fix(EBS_DRIVER[auto ? 'auto' : 'node-groups']),
            field,
          });
        }
      }
    }
  },
};

interface OldName {
  readonly what: string;
  readonly field: string;
  readonly fix: (driver: string) => string;
  /** Whether no other rule speaks of it in Auto Mode. */
  readonly inAutoMode?: true;
}

const isOldVolume = ({ awsElasticBlockStore }: Volume): boolean => awsElasticBlockStore !== undefined;

function oldNames({ manifest }: InventoryObject): readonly OldName[] {
  if (manifest.kind === 'StorageClass') {
    return (manifest as unknown as StorageClass).provisioner === OLD_EBS_DRIVER
      ? [
          {
            what: 'the provisioner',
            field: 'provisioner',
            fix: (driver) => `write provisioner: ${driver}, of a class with a new name where this one exists`,
          },
        ]
      : [];
  }
  if (manifest.kind === 'PersistentVolume') {
    return (manifest as unknown as PersistentVolume).spec?.awsElasticBlockStore
      ? [
          {
            what: 'the volume',
            field: 'spec.awsElasticBlockStore',
            fix: (driver) => `write csi: { driver: ${driver}, volumeHandle: '...' } with the id of the volume`,
            inAutoMode: true,
          },
        ]
      : [];
  }
  const templates = podTemplates(manifest).filter(({ template }) => template.spec?.volumes?.some(isOldVolume));
  return templates.flatMap((pod) =>
    (pod.template.spec?.volumes ?? []).flatMap(({ name, awsElasticBlockStore }, i) =>
      awsElasticBlockStore
        ? [
            {
              what: `volume '${name}'`,
              field: `${podSpecField(pod)}.volumes[${i}].awsElasticBlockStore`,
              fix: () => 'claim a PersistentVolume that names the CSI driver',
              inAutoMode: true,
            } as const,
          ]
        : [],
    ),
  );
}

function storageClass(name: string, provisioner: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ${name} }
provisioner: ${provisioner}
parameters: { type: gp3, encrypted: 'true' }
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`;
}
