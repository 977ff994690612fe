import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Path } from '../core/values';
import { type VolumesModel, volumeName } from './scratch';

/** A folder of the node. */
export interface HostPath {
  /** On the node. */
  readonly path: Path;
  /** @default - path */
  readonly mountPath?: Path;
  /** @default true */
  readonly readOnly?: boolean;
}

const HOST_PATH: KeyTable<HostPath> = { path: true, mountPath: true, readOnly: true };

/** Folders that must exist already, so that a misspelt one is not made on every node. */
export function hostVolumes(check: Check, paths: readonly (Path | HostPath)[]): VolumesModel {
  const specs = paths.map((p): HostPath => (typeof p === 'string' ? { path: p } : p));
  for (const spec of specs) {
    check.keys<HostPath>('hostPaths', spec, HOST_PATH);
  }
  const models = specs.map((spec) => {
    const path = check.absolutePath('hostPaths', spec.path);
    const mountPath = spec.mountPath === undefined ? path : check.absolutePath('hostPaths: mountPath', spec.mountPath);
    return { name: volumeName('host', path), path, mountPath, readOnly: spec.readOnly ?? true };
  });
  return {
    volumes: models.map(({ name, path }) => ({ name, hostPath: { path, type: 'Directory' as const } })),
    mounts: models.map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly: readOnly ? true : undefined })),
  };
}
