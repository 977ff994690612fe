import { hostPathKind } from '../../kube/host-paths';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Path } from '../core/values';
import { type VolumesModel, volumeName } from './scratch';

/** What a path of a node is. */
export type HostPathType = 'directory' | 'create' | 'file' | 'socket' | 'device' | 'blockDevice';

/** A folder, a socket or a device of the node that is mounted into the container. */
export interface HostPath {
  /**
   * Absolute path on the node, where it must exist unless it is of the kind 'create'.
   */
  readonly path: Path;
  /**
   * What is there: 'directory', 'create' for a folder that is made if it is missing, 'file', 'socket', 'device' (of
   * characters) or 'blockDevice'. A pod does not start where it is something else.
   *
   * @default - by the name: a path such as '/run/containerd/containerd.sock' is a socket, a known one of '/dev' a device, any
   * other a folder
   */
  readonly kind?: HostPathType;
  /**
   * Whether mounts that come later are seen on the other side: 'hostToContainer' those of the node in the container;
   * 'bidirectional' also those of the container on the node, which only a privileged container may.
   *
   * @default - neither
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation
   */
  readonly propagation?: 'hostToContainer' | 'bidirectional';
  /** Absolute path in the container. @default - the same as `path` */
  readonly mountPath?: Path;
  /**
   * Whether the container cannot write there. A plugin of the kubelet needs `false` for '/var/lib/kubelet/device-plugins'.
   *
   * @default true - a writable host path lets the container change the node
   */
  readonly readOnly?: boolean;
}

const HOST_PATH: KeyTable<HostPath> = {
  path: 'text',
  kind: true,
  propagation: true,
  mountPath: 'text',
  readOnly: 'boolean',
};
const TYPES = {
  directory: 'Directory',
  create: 'DirectoryOrCreate',
  file: 'File',
  socket: 'Socket',
  device: 'CharDevice',
  blockDevice: 'BlockDevice',
} as const;
const PROPAGATION = { hostToContainer: 'HostToContainer', bidirectional: 'Bidirectional' } as const;

/** Host path volumes with a type: a misspelt path is an error instead of a new folder on every node. */
export function hostVolumes(
  check: Check,
  paths: readonly (Path | HostPath)[],
  { privileged = false }: { readonly privileged?: boolean } = {},
): VolumesModel {
  const specs = paths.map((p): HostPath => (typeof p === 'string' ? { path: p } : p));
  for (const [i, spec] of specs.entries()) {
    check.keys<HostPath>(`hostPaths[${i}]`, spec, HOST_PATH);
    checkMount(check, `hostPaths[${i}]`, spec, privileged);
  }
  const models = specs.map((spec, i) => {
    const field = `hostPaths[${i}]`;
    const path = check.absolutePath(typeof paths[i] === 'string' ? field : `${field}.path`, spec.path);
    const mountPath = spec.mountPath === undefined ? path : check.absolutePath(`${field}.mountPath`, spec.mountPath);
    const type = spec.kind === undefined ? (hostPathKind(path) ?? TYPES.directory) : TYPES[spec.kind];
    const mountPropagation = spec.propagation && PROPAGATION[spec.propagation];
    return { name: volumeName('host', path), path, type, mountPath, readOnly: spec.readOnly ?? true, mountPropagation };
  });
  return {
    volumes: models.map(({ name, path, type }) => ({ name, hostPath: { path, type } })),
    mounts: models.map(({ name, mountPath, readOnly, mountPropagation }) => ({
      name,
      mountPath,
      mountPropagation,
      readOnly: readOnly ? true : undefined,
    })),
  };
}

function checkMount(check: Check, field: string, { kind, propagation }: HostPath, privileged: boolean): void {
  if (kind !== undefined) {
    check.oneOf(`${field}.kind`, kind, Object.keys(TYPES));
  }
  if (propagation !== undefined) {
    check.oneOf(`${field}.propagation`, propagation, Object.keys(PROPAGATION));
  }
  if (propagation === 'bidirectional' && !privileged) {
    check.fail(
      'forbidden',
      `${field}.propagation`,
      `${field}.propagation must not be 'bidirectional' in a container that is not privileged`,
      "write security: { privileged: { because: '...' } }, or 'hostToContainer'",
    );
  }
}
