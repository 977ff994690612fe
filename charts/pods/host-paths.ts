import { hostPathKind } from '../../kube/host-paths';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Path } from '../core/values';
import { type VolumesModel, volumeName } from './scratch';

/** A folder, a socket or a device of the node that is mounted into the container. */
export interface HostPath {
  /**
   * Absolute path on the node, where it must exist. A path such as '/run/containerd/containerd.sock' is mounted as a socket,
   * a known one of '/dev' as a device, any other as a folder.
   */
  readonly path: Path;
  /** Absolute path in the container. @default - the same as `path` */
  readonly mountPath?: Path;
  /**
   * Whether the container cannot write there. A plugin of the kubelet needs `false` for '/var/lib/kubelet/device-plugins'.
   *
   * @default true - a writable host path lets the container change the node
   */
  readonly readOnly?: boolean;
}

const HOST_PATH: KeyTable<HostPath> = { path: true, mountPath: true, readOnly: true };

/** Host path volumes with a type: a misspelt path is an error instead of a new folder on every node. */
export function hostVolumes(check: Check, paths: readonly (Path | HostPath)[]): VolumesModel {
  const specs = paths.map((p): HostPath => (typeof p === 'string' ? { path: p } : p));
  for (const [i, spec] of specs.entries()) {
    check.keys<HostPath>(`hostPaths[${i}]`, spec, HOST_PATH);
  }
  const models = specs.map((spec, i) => {
    const field = `hostPaths[${i}]`;
    const path = check.absolutePath(typeof paths[i] === 'string' ? field : `${field}.path`, spec.path);
    const mountPath = spec.mountPath === undefined ? path : check.absolutePath(`${field}.mountPath`, spec.mountPath);
    return { name: volumeName('host', path), path, mountPath, readOnly: spec.readOnly ?? true };
  });
  return {
    volumes: models.map(({ name, path }) => ({
      name,
      hostPath: { path, type: hostPathKind(path) ?? ('Directory' as const) },
    })),
    mounts: models.map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly: readOnly ? true : undefined })),
  };
}
