import { sortedEntries } from '../../kube/canonical';
import { keyPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Volume, VolumeMount } from '../core/k8s';
import type { Path } from '../core/values';
import { checkSharedVolume, SharedVolume } from './shared-volume';
import { resolveFolder } from './volumes';

/** A part of a SharedVolume. */
export interface SharedMount {
  /** The volume. */
  readonly volume: SharedVolume;
  /** Mounts it read-only. @default - as the volume says: writable, unless it is read-only itself */
  readonly readOnly?: boolean;
  /** The folder of the volume that is mounted (its subPath), relative. @default - its root */
  readonly folder?: string;
}

const MOUNT: KeyTable<SharedMount> = { volume: 'object', readOnly: 'boolean', folder: 'text' };

/** The volumes of `mounts`, each once, and where they are mounted. */
export interface SharedMounts {
  readonly shared: readonly SharedVolume[];
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
}

const NO_MOUNTS: SharedMounts = { shared: [], volumes: [], mounts: [] };

/** What decides whether a pod may mount a volume. */
export interface MountingPods {
  readonly namespace: string;
  readonly isWindows: boolean;
  /** The most pods at a time; undefined for any number. */
  readonly maxPods: number | undefined;
}

export function resolveMounts(
  check: Check,
  given: Readonly<Record<Path, SharedVolume | SharedMount>> | undefined,
  pods: MountingPods,
): SharedMounts {
  if (given === undefined) {
    return NO_MOUNTS;
  }
  check.typed('mounts', given, 'map');
  const shared = new Map<string, SharedVolume>();
  const mounts: VolumeMount[] = [];
  for (const [path, entry] of sortedEntries(given)) {
    const field = keyPath('mounts', path);
    const { volume, readOnly, folder } = mountOf(check, field, entry);
    checkPods(check, field, volume, pods);
    const { name } = volume.claim;
    if (volume.way.readOnly && readOnly === false) {
      check.fail(
        'forbidden',
        `${field}.readOnly`,
        `${field}.readOnly must not be false: '${volume.node.path}' is read-only`,
        'leave it out, or leave readOnly of the volume out',
      );
    }
    shared.set(name, volume);
    mounts.push({
      name,
      mountPath: check.absolutePath(field, path),
      readOnly: (readOnly ?? volume.way.readOnly) ? true : undefined,
      subPath: folder === undefined ? undefined : resolveFolder(check, `${field}.folder`, folder),
    });
  }
  const volumes = [...shared.keys()].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return { shared: [...shared.values()], volumes, mounts };
}

function mountOf(check: Check, field: string, entry: unknown): SharedMount {
  if (entry instanceof SharedVolume || typeof entry !== 'object' || entry === null || !('volume' in entry)) {
    return { volume: checkSharedVolume(check, field, entry) };
  }
  check.keys<SharedMount>(field, entry, MOUNT);
  checkSharedVolume(check, `${field}.volume`, entry.volume);
  return entry as SharedMount;
}

function checkPods(check: Check, field: string, volume: SharedVolume, pods: MountingPods): void {
  const { way, namespace, node } = volume;
  if (namespace !== pods.namespace) {
    check.fail(
      'forbidden',
      field,
      `${field} must be a volume of namespace '${pods.namespace}', but '${node.path}' is in namespace '${namespace}'`,
      `create another in namespace '${pods.namespace}': a pod mounts claims of its own namespace only`,
    );
  }
  if (pods.isWindows && !way.hasGroup) {
    check.fail(
      'unsupported',
      field,
      `${field} must be a disk on Windows, but '${node.path}' is a file system, which nodes of Linux alone mount`,
      "take SharedVolume.csi with accessMode: 'ReadWriteOnce'",
    );
  }
  if (way.accessMode === 'ReadWriteOnce' && (pods.maxPods ?? Number.POSITIVE_INFINITY) > 1) {
    check.fail(
      'forbidden',
      field,
      `${field} must not be a ReadWriteOnce volume for ${pods.maxPods ?? 'any number of'} pods, but '${node.path}' is one: one node at a time can mount it`,
      'write replicas: 1, take a StatefulService, or take SharedVolume.efs',
    );
  }
}
