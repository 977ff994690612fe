import type { ManifestError } from '../../charts/core/errors';
import { counterpartIn } from '../../eks/compute-modes';
import type { IngressClass, PersistentVolume, Service, StorageClass } from '../../imports/kubernetes';
import { groupOf } from '../../kube/kinds';
import { errorAt, title } from '../../kube/objects';
import type { FitFindings, FitInput, FitObject } from './input';

/** A name that only one of the two compute modes serves. */
interface Served {
  /** 'the provisioner'. */
  readonly what: string;
  readonly name: string;
}

/** Objects for the compute mode that the cluster does not have: accepted, and served by nobody. */
export function modeFindings({ config, objects }: FitInput): FitFindings {
  const auto = config.autoModeConfig?.enabled === true;
  const addons = new Set((config.addons ?? []).map(({ name }) => name));
  const errors = objects.flatMap((object): ManifestError[] => {
    const found = servedBy(object);
    if (!found) {
      return [];
    }
    const { what, name } = found;
    const instead = counterpartIn(auto ? 'auto' : 'node-groups', name);
    // the driver may be brought beside Auto Mode, for nodes that are not its own
    if (instead === undefined || (name.startsWith('ebs.') && auto && addons.has('aws-ebs-csi-driver'))) {
      return [];
    }
    const mode = auto ? 'autoModeConfig.enabled is true' : 'autoModeConfig.enabled is not true';
    const serves = auto ? 'is for node groups' : 'is for EKS Auto Mode';
    return [
      errorAt(
        object,
        `${what} of ${title(object)} is '${name}', which ${serves}, but ${mode} in the ClusterConfig`,
        `write '${instead}'`,
      ),
    ];
  });
  errors.push(...(auto ? [] : objects.filter(isNodeClass).map(onlyInAuto)));
  return { errors, warnings: [] };
}

function servedBy({ manifest }: FitObject): Served | undefined {
  const served = (what: string, name: string | undefined): Served | undefined =>
    name === undefined ? undefined : { what, name };
  switch (manifest.kind) {
    case 'StorageClass':
      return served('the provisioner', (manifest as unknown as StorageClass).provisioner);
    case 'VolumeSnapshotClass':
      return served('the driver', (manifest as unknown as { driver?: string }).driver);
    case 'PersistentVolume':
      return served('the driver', (manifest as unknown as PersistentVolume).spec?.csi?.driver);
    case 'IngressClass':
      return served('the controller', (manifest as unknown as IngressClass).spec?.controller);
    case 'Service':
      return served('the load balancer class', (manifest as unknown as Service).spec?.loadBalancerClass);
    case 'IngressClassParams':
    case 'TargetGroupBinding':
      return served('the API group', groupOf(manifest.apiVersion));
    default:
      return undefined;
  }
}

function isNodeClass({ manifest }: FitObject): boolean {
  return manifest.kind === 'NodeClass' && groupOf(manifest.apiVersion) === 'eks.amazonaws.com';
}

function onlyInAuto(object: FitObject): ManifestError {
  return errorAt(
    object,
    `${title(object)} belongs to EKS Auto Mode, but autoModeConfig.enabled is not true in the ClusterConfig`,
    'take it out, or create the Cluster with autoMode instead of nodeGroups',
  );
}
