import { copyPlain } from '../../kube/copy';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { Volume, VolumeMount } from '../core/k8s';
import type { Path } from '../core/values';

/** A volume in Kubernetes spelling and its place in the container. */
export interface RawVolume {
  /** The volume. */
  readonly volume: Volume;
  /** Where. */
  readonly mountPath: Path;
  /** @default true */
  readonly readOnly?: boolean;
}
/** A writable, empty folder of the pod. */
export interface Scratch {
  /** Where. */
  readonly path: Path;
  /** The pod is evicted when it writes more. @default '64Mi' */
  readonly size?: Quantity;
  /** In memory, counted against the limit. @default false */
  readonly memory?: boolean;
}

/** Volumes of a pod and where its container finds them. */
export interface VolumesModel {
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
}

const SCRATCH: KeyTable<Scratch> = { path: true, size: true, memory: true };
const RAW: KeyTable<RawVolume> = { volume: true, mountPath: true, readOnly: true };
const DEFAULT_SIZE = '64Mi';
/** The root file system is read-only, and most programs want a writable /tmp. */
export const DEFAULT_SCRATCH: readonly Path[] = ['/tmp'];

/** Volume names from paths: '/var/run/mysqld' is 'scratch-var-run-mysqld'. */
export function scratchVolumes(check: Check, scratch: readonly (Path | Scratch)[]): VolumesModel {
  const volumes: Volume[] = [];
  const mounts: VolumeMount[] = [];
  for (const entry of scratch) {
    const spec: Scratch = typeof entry === 'string' ? { path: entry } : entry;
    check.keys<Scratch>('scratch', spec, SCRATCH);
    const mountPath = check.absolutePath('scratch', spec.path);
    if (spec.size !== undefined) {
      check.quantity(`scratch '${mountPath}' size`, spec.size, DEFAULT_SIZE);
    }
    const name = volumeName('scratch', mountPath);
    volumes.push({
      name,
      emptyDir: { sizeLimit: spec.size ?? DEFAULT_SIZE, medium: spec.memory ? 'Memory' : undefined },
    });
    mounts.push({ name, mountPath });
  }
  return { volumes, mounts };
}

export function rawVolumes(check: Check, raw: readonly RawVolume[]): VolumesModel {
  for (const entry of raw) {
    check.keys<RawVolume>('volumes', entry, RAW);
    check.text('volumes: volume.name', entry.volume?.name);
  }
  return {
    volumes: raw.map(({ volume }) => copyPlain(volume)),
    mounts: raw.map(({ volume, mountPath, readOnly = true }) => ({
      name: volume.name,
      mountPath: check.absolutePath('volumes: mountPath', mountPath),
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

/** One place, one volume: the second mount would hide the first. */
export function checkMounts(
  check: Check,
  parts: readonly { readonly volumes: readonly { readonly name: string }[]; readonly mounts: readonly VolumeMount[] }[],
): void {
  const paths = new Map<string, string>();
  const names = new Map<string, string>();
  for (const mount of parts.flatMap((p) => p.mounts)) {
    const other = paths.get(mount.mountPath);
    if (other !== undefined) {
      check.fail(
        `'${mount.mountPath}' is mounted twice, from the volumes '${other}' and '${mount.name}'`,
        'mount each volume at a place of its own',
      );
    }
    paths.set(mount.mountPath, mount.name);
  }
  for (const volume of parts.flatMap((p) => p.volumes)) {
    if (names.has(volume.name)) {
      check.fail(`two volumes have the name '${volume.name}'`, 'give one of them another name');
    }
    names.set(volume.name, volume.name);
  }
}
