import type { Volume } from '../../imports/kubernetes';
import { type Control, type Violation, violationsIn } from './control';
import type { SecuredPod } from './secured-pod';

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
type Other = (typeof OTHERS)[number];

/** Pods mount no folder of their node. */
export const hostPathVolumes: Control = {
  id: 'hostPathVolumes',
  level: 'baseline',
  violations: (pod) => refused(pod, ({ hostPath }) => (hostPath === undefined ? undefined : 'hostPath')),
};

/** Pods mount data of Kubernetes, scratch and claims. A volume without a source is an emptyDir. */
export const restrictedVolumes: Control = {
  id: 'restrictedVolumes',
  level: 'restricted',
  replaces: hostPathVolumes.id,
  violations: (pod) => refused(pod, otherType),
};

const otherType = (volume: Volume): Other | undefined =>
  ALLOWED.some((key) => volume[key] !== undefined) ? undefined : OTHERS.find((key) => volume[key] !== undefined);

function refused({ spec, field }: SecuredPod, typeOf: (volume: Volume) => Other | undefined): readonly Violation[] {
  return violationsIn(spec.volumes ?? [], (volume, i) => {
    const type = typeOf(volume);
    return type === undefined ? undefined : refusal(volume, type, `${field}.volumes[${i}]`);
  });
}

function refusal({ name, hostPath }: Volume, type: Other, field: string): Violation {
  const path = type === 'hostPath' && hostPath?.path !== undefined ? ` (${hostPath.path})` : '';
  return {
    field: `${field}.${type}`,
    has: `volume '${name}' of type ${type}${path}`,
    fix: type === 'hostPath' ? 'mount an emptyDir or a claim' : 'mount it by a claim',
    admittedBy: type === 'hostPath' ? 'privileged' : 'baseline',
  };
}
