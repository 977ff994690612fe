import { isAtLeast } from '../../../kube/versions';

/**
 * The version from which an API server keeps a field, of those that the oldest supported version drops; 'never': it is behind
 * a feature gate that is off in every supported version.
 */
const SINCE: Readonly<Record<string, string>> = {
  'CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds': '1.35',
  'CSIDriverSpec.preventPodSchedulingIfMissing': '1.37',
  'CSIDriverSpec.serviceAccountTokenInSecrets': '1.35',
  'ConfigMapVolumeSource.defaultUser': 'never',
  'Container.restartPolicyRules': '1.35',
  'DeviceConstraint.distinctAttribute': '1.36',
  'DeviceClassSpec.extendedResourceName': '1.36',
  'DeviceSubRequest.capacity': '1.36',
  'DeviceSubRequest.derivedAttributes': 'never',
  'DeviceSubRequest.tolerations': '1.36',
  'DownwardAPIVolumeFile.user': 'never',
  'DownwardAPIVolumeSource.defaultUser': 'never',
  'EmptyDirVolumeSource.mode': 'never',
  'Endpoint.deprecatedTopology': 'never',
  'EnvVarSource.fileKeyRef': '1.35',
  'EphemeralContainer.restartPolicyRules': '1.35',
  'ExactDeviceRequest.capacity': '1.36',
  'ExactDeviceRequest.derivedAttributes': 'never',
  'ExactDeviceRequest.tolerations': '1.36',
  'GRPCAction.mode': 'never',
  'HPAScalingRules.tolerance': '1.35',
  'HTTPGetAction.protocol': 'never',
  'LeaseSpec.preferredHolder': 'never',
  'LeaseSpec.strategy': 'never',
  'JobSpec.scheduling': 'never',
  'KeyToPath.user': 'never',
  'Lifecycle.stopSignal': 'never',
  'PodSpec.evictionResponders': 'never',
  'PodSpec.hostnameOverride': '1.35',
  'PodSpec.schedulingGroup': 'never',
  'ProjectedVolumeSource.defaultUser': 'never',
  'RollingUpdateStatefulSetStrategy.maxUnavailable': '1.37',
  'SecretVolumeSource.defaultUser': 'never',
  'ServiceAccountTokenProjection.user': 'never',
  'Volume.image': '1.35',
  'VolumeMount.bindMountOptions': 'never',
  'VolumeProjection.clusterTrustBundle': '1.37',
  'VolumeProjection.podCertificate': '1.37',
};

/** Whether the API server of a version keeps a field; a manifest that has one it does not keep loses it silently. */
export function isServed(struct: string, field: string, version: string): boolean {
  const fields = BY_STRUCT.get(struct);
  const since = fields?.get(field);
  return since === undefined || (since !== 'never' && isAtLeast(version, since));
}

/** Whether any field of a struct is not kept by all versions. */
export const hasGates = (struct: string): boolean => BY_STRUCT.has(struct);

const BY_STRUCT: ReadonlyMap<string, ReadonlyMap<string, string>> = byStruct();

function byStruct(): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [path, since] of Object.entries(SINCE)) {
    const [struct = '', field = ''] = path.split('.');
    found.set(struct, new Map([...(found.get(struct) ?? []), [field, since]]));
  }
  return found;
}
