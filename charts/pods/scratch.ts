import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { StorageClass, Volume, VolumeMount } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Path } from '../core/values';
import { scratchDisk } from './scratch-disk';

/** A volume as in a Kubernetes manifest, and where it is mounted. */
export interface RawVolume {
  /** The volume, with its name: { name: 'shared', nfs: { ... } }. */
  readonly volume: Volume;
  /** Absolute path in the container. */
  readonly mountPath: Path;
  /** Mounts it read-only. @default true */
  readonly readOnly?: boolean;
}
/**
 * A writable folder that is empty when the pod starts and gone when it ends: on the disk of the node, in memory, or with
 * `className` on a disk of its own.
 */
export interface Scratch {
  /** Absolute path in the container. */
  readonly path: Path;
  /**
   * Size limit; the kubelet evicts a pod that writes more. With `className` the size of the disk, which is full then.
   *
   * @default '64Mi'; required with `className`
   */
  readonly size?: Quantity;
  /** Keeps the files in memory (tmpfs), which counts against the memory limit. @default false */
  readonly memory?: boolean;
  /**
   * A StorageClass or its name: each pod gets a new disk of it, which is deleted with the pod. 'gp3' for much room that does
   * not count against the disk of the node. It takes some seconds to make one. A class that keeps its volumes, such as
   * 'gp3-retain', is refused: every pod would leave one behind. Counted in the quota of the tenant.
   *
   * @default - the disk of the node
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  readonly className?: string | KubeObject<StorageClass>;
}

/** Volumes of a pod, and where its container mounts them. */
export interface VolumesModel {
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
}

const SCRATCH: KeyTable<Scratch> = { path: 'text', size: 'text', memory: 'boolean', className: true };
const RAW: KeyTable<RawVolume> = { volume: 'object', mountPath: 'text', readOnly: 'boolean' };
const DEFAULT_SIZE = '64Mi';
/** The root file system is read-only, and most programs need a writable /tmp. */
export const DEFAULT_SCRATCH: readonly Path[] = ['/tmp'];
/** The scratch folders of a container that names none. On Windows its root file system is writable. */
export const defaultScratch = (isWindows: boolean): readonly Path[] => (isWindows ? [] : DEFAULT_SCRATCH);

/** The volumes of DEFAULT_SCRATCH, which most workloads have. */
export const DEFAULT_SCRATCH_VOLUMES: VolumesModel = {
  volumes: [{ emptyDir: { sizeLimit: DEFAULT_SIZE }, name: 'scratch-tmp' }],
  mounts: [{ mountPath: '/tmp', name: 'scratch-tmp' }],
};

/**
 * Volumes of scratch folders, named after their paths: '/var/run/mysqld' is 'scratch-var-run-mysqld'.
 *
 * @param prefix of the names
 */
export function scratchVolumes(check: Check, scratch: readonly (Path | Scratch)[], prefix = 'scratch'): VolumesModel {
  if (scratch === DEFAULT_SCRATCH && prefix === 'scratch') {
    return DEFAULT_SCRATCH_VOLUMES;
  }
  if (!Array.isArray(scratch)) {
    check.fail('type', 'scratch', `scratch must be a list of folders, but is ${describe(scratch)}`, "write ['/tmp']");
  }
  const volumes: Volume[] = [];
  const mounts: VolumeMount[] = [];
  for (const [i, entry] of (scratch as readonly (Path | Scratch)[]).entries()) {
    const field = `scratch[${i}]`;
    const spec: Scratch = typeof entry === 'string' ? { path: entry } : entry;
    check.keys<Scratch>(field, spec, SCRATCH);
    const mountPath = check.absolutePath(typeof entry === 'string' ? field : `${field}.path`, spec.path);
    const name = volumeName(prefix, mountPath);
    volumes.push(emptyFolder(check, field, name, spec));
    mounts.push({ mountPath, name });
  }
  return { volumes, mounts };
}

/** An emptyDir volume, or a disk of the pod's own. */
export function emptyFolder(check: Check, field: string, name: string, spec: Omit<Scratch, 'path'>): Volume {
  if (spec.className !== undefined) {
    return scratchDisk(check, field, name, spec, spec.className);
  }
  if (spec.size !== undefined) {
    check.quantity(`${field}.size`, spec.size, DEFAULT_SIZE);
  }
  const sizeLimit = spec.size ?? DEFAULT_SIZE;
  return { emptyDir: spec.memory ? { medium: 'Memory', sizeLimit } : { sizeLimit }, name };
}

const NO_VOLUMES: VolumesModel = { volumes: [], mounts: [] };

export function rawVolumes(check: Check, raw: readonly RawVolume[]): VolumesModel {
  if (raw.length === 0) {
    return NO_VOLUMES;
  }
  for (const [i, entry] of raw.entries()) {
    check.keys<RawVolume>(`volumes[${i}]`, entry, RAW);
    check.text(`volumes[${i}].volume.name`, entry.volume?.name);
  }
  return {
    volumes: raw.map(({ volume }) => copyPlain(volume)),
    mounts: raw.map(({ volume, mountPath, readOnly = true }, i) => ({
      name: volume.name,
      mountPath: check.absolutePath(`volumes[${i}].mountPath`, mountPath),
      readOnly: readOnly ? true : undefined,
    })),
  };
}

/** A DNS label of at most 63 characters made from a path. */
export function volumeName(prefix: string, path: string): string {
  const slug = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${prefix}-${slug || 'root'}`.slice(0, 63).replace(/-$/, '');
}

/** The volumes of one prop. */
export interface MountedProp {
  readonly field: string;
  readonly volumes: readonly { readonly name: string }[];
  readonly mounts: readonly VolumeMount[];
}

/** Refuses two mounts at one path, of which the second would hide the first, and two volumes of one name. */
export function checkMounts(check: Check, props: readonly MountedProp[]): void {
  const only = props[0];
  if (!only || (props.length === 1 && only.mounts.length < 2 && only.volumes.length < 2)) {
    return;
  }
  const paths = new Map<string, string>();
  const names = new Set<string>();
  for (const { field, mounts } of props) {
    for (const { mountPath, name } of mounts) {
      const other = paths.get(mountPath);
      if (other !== undefined) {
        check.fail(
          'duplicate',
          field,
          `'${mountPath}' is mounted twice, from the volumes '${other}' and '${name}'`,
          'mount each volume at its own path',
        );
      }
      paths.set(mountPath, name);
    }
  }
  for (const { field, volumes } of props) {
    for (const { name } of volumes) {
      if (names.has(name)) {
        check.fail('duplicate', field, `two volumes have the name '${name}'`, 'rename one of them, or change its path');
      }
      names.add(name);
    }
  }
}
