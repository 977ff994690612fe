import { describe } from '../../../kube/describe';
import { isDnsLabel } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Volume, VolumeMount } from '../../core/k8s';
import { emptyFolder, type Scratch } from '../../pods/scratch';

/** An empty folder that several containers of the pod mount at the same path. */
export interface SharedFolder extends Scratch {
  /** At most 40 lowercase letters, digits and '-'. The volume is named 'shared-' and this name. */
  readonly name: string;
  /** Names of two or more containers; 'main' is the workload's own. */
  readonly with: readonly string[];
}

/** Shared folders: their volumes, and the mounts of each container. */
export interface SharedModel {
  readonly volumes: readonly Volume[];
  readonly mountsOf: (container: string) => readonly VolumeMount[];
}

const SHARED: KeyTable<SharedFolder> = { name: true, path: true, size: true, memory: true, with: true };
const MAX_NAME = 40;
/** The workload's own container in `with`. */
const MAIN = 'main';

/**
 * @param main name of the workload's own container
 * @param mounts those that each container has already
 */
export function resolveShared(
  check: Check,
  shared: readonly SharedFolder[] | undefined,
  main: string,
  mounts: ReadonlyMap<string, readonly VolumeMount[]>,
): SharedModel {
  const given = shared ?? [];
  if (!Array.isArray(given)) {
    check.fail('type', 'shared', `shared must be a list of folders, but is ${describe(given)}`, 'write [{ ... }]');
  }
  const folders = given.map((folder: SharedFolder, i) => {
    const field = indexPath('shared', i);
    check.keys<SharedFolder>(field, folder, SHARED);
    const name = check.text(`${field}.name`, folder.name);
    if (!isDnsLabel(name) || name.length > MAX_NAME || given.findIndex((one) => one?.name === name) < i) {
      check.fail(
        'invalid',
        `${field}.name`,
        `${field}.name must be unique, and at most ${MAX_NAME} lowercase letters, digits and '-', but is '${name}'`,
        "write for example 'sockets'",
      );
    }
    const mountPath = check.absolutePath(`${field}.path`, folder.path);
    const containers = resolveWith(check, `${field}.with`, folder.with, main, mounts);
    for (const container of containers) {
      const taken = mounts.get(container)?.find((mount) => mount.mountPath === mountPath);
      if (taken) {
        check.fail(
          'duplicate',
          `${field}.path`,
          `${field}.path is mounted in container '${container}' already, from the volume '${taken.name}'`,
          taken.name.includes('scratch')
            ? "take the folder out of 'scratch', or choose another path"
            : 'choose another path',
        );
      }
    }
    const volume = emptyFolder(check, field, `shared-${name}`, folder);
    return { volume, containers, mount: { name: volume.name, mountPath } };
  });
  return {
    volumes: folders.map(({ volume }) => volume),
    mountsOf: (container) => folders.flatMap(({ containers, mount }) => (containers.has(container) ? [mount] : [])),
  };
}

function resolveWith(
  check: Check,
  field: string,
  names: unknown,
  main: string,
  known: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  if (!Array.isArray(names)) {
    check.fail(
      names === undefined ? 'required' : 'type',
      field,
      `${field} must be a list of containers, but is ${describe(names)}`,
      "write for example ['main', 'proxy']",
    );
  }
  const containers = names.map((name: unknown) => (name === MAIN && !known.has(MAIN) ? main : name));
  const unknown = containers.find((name) => !known.has(name as string));
  if (unknown !== undefined) {
    check.fail(
      'unsupported',
      field,
      `${field} must be names of containers, but has ${describe(unknown)}`,
      `use ${[MAIN, ...[...known.keys()].filter((name) => name !== main)].map((name) => `'${name}'`).join(', ')}`,
    );
  }
  const set = new Set(containers as string[]);
  if (set.size < 2) {
    check.fail(
      'invalid',
      field,
      `${field} must have two containers or more, but is ${describe(names)}`,
      "write for example ['main', 'proxy']; for one container write 'scratch'",
    );
  }
  return set;
}
