import type { Volume } from '../../imports/kubernetes';
import type { Control, Violation } from './control';

/** What level 'restricted' admits. */
const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const satisfies readonly (keyof Volume)[];
const OTHERS = [
  'hostPath',
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
] as const satisfies readonly (keyof Volume)[];

/** Pods mount no folder of their node. */
export const hostPathVolumes: Control = {
  id: 'hostPathVolumes',
  level: 'baseline',
  violations: ({ spec, field }) =>
    (spec.volumes ?? []).flatMap((volume, i) =>
      volume.hostPath === undefined ? [] : [refusal(volume, 'hostPath', `${field}.volumes[${i}]`)],
    ),
};

/** Pods mount data of Kubernetes, scratch and claims. A volume without a source is an emptyDir. */
export const restrictedVolumes: Control = {
  id: 'restrictedVolumes',
  level: 'restricted',
  replaces: hostPathVolumes.id,
  violations: ({ spec, field }) =>
    (spec.volumes ?? []).flatMap((volume, i) => {
      const type = ALLOWED.some((key) => volume[key] !== undefined)
        ? undefined
        : OTHERS.find((key) => volume[key] !== undefined);
      return type === undefined ? [] : [refusal(volume, type, `${field}.volumes[${i}]`)];
    }),
};

function refusal({ name, hostPath }: Volume, type: (typeof OTHERS)[number], field: string): Violation {
  const path = type === 'hostPath' && hostPath?.path !== undefined ? ` (${hostPath.path})` : '';
  return {
    field: `${field}.${type}`,
    has: `volume '${name}' of type ${type}${path}`,
    fix: type === 'hostPath' ? 'mount an emptyDir or a claim' : 'mount it by a claim',
    admittedBy: type === 'hostPath' ? 'privileged' : 'baseline',
  };
}
