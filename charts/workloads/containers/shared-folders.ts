import { describe } from '../../../kube/describe';
import { isPlainObject } from '../../../kube/loose';
import { isDnsLabel } from '../../../kube/names';
import { indexPath, keyPath } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Volume, VolumeMount } from '../../core/k8s';
import type { Path } from '../../core/values';
import { emptyFolder, type Scratch } from '../../pods/scratch';

/** An empty folder that several containers of the pod mount. */
export interface SharedFolder extends Omit<Scratch, 'path'> {
  /** At most 40 lowercase letters, digits and '-'. The volume is named 'shared-' and this name. */
  readonly name: string;
  /** Absolute path in all of the containers. @default - required, unless `with` has a path for each container */
  readonly path?: Path;
  /**
   * Names of two or more containers; 'main' is the workload's own. Or the absolute path in each of them, without `path`:
   * { config: '/copy', main: '/etc/app' } lets an init container 'config' copy what its image has in /etc/app.
   */
  readonly with: readonly string[] | Readonly<Record<string, Path>>;
}

/** Shared folders: their volumes, and the mounts of each container. */
export interface SharedModel {
  readonly volumes: readonly Volume[];
  readonly mountsOf: (container: string) => readonly VolumeMount[];
}

const SHARED: KeyTable<SharedFolder> = {
  name: 'text',
  path: 'text',
  size: 'text',
  memory: 'boolean',
  className: true,
  with: 'object',
};
const MAX_NAME = 40;
/** The workload's own container in `with`. */
const MAIN = 'main';

export const NO_FOLDERS: SharedModel = { volumes: [], mountsOf: () => [] };

/**
 * @param main name of the workload's own container
 * @param mounts those that each container has already
 */
export function resolveShared(
  check: Check,
  given: readonly SharedFolder[],
  main: string,
  mounts: ReadonlyMap<string, readonly VolumeMount[]>,
): SharedModel {
  if (!Array.isArray(given)) {
    check.fail('type', 'shared', `shared must be a list of folders, but is ${describe(given)}`, 'write [{ ... }]');
  }
  const shares = new Map<string, readonly VolumeMount[]>();
  const mountsOf = (container: string) => [...(mounts.get(container) ?? []), ...(shares.get(container) ?? [])];
  const volumes = given.map((folder: SharedFolder, i) => {
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
    const containers = resolveWith(check, field, folder, main, mounts);
    const volume = emptyFolder(check, field, `shared-${name}`, folder);
    for (const [container, { path, from }] of containers) {
      const taken = mountsOf(container).find((mount) => mount.mountPath === path);
      if (taken) {
        check.fail(
          'duplicate',
          from,
          `${from} is mounted in container '${container}' already, from the volume '${taken.name}'`,
          taken.name.includes('scratch')
            ? "take the folder out of 'scratch', or choose another path"
            : 'choose another path',
        );
      }
      shares.set(container, [...(shares.get(container) ?? []), { name: volume.name, mountPath: path }]);
    }
    return volume;
  });
  return { volumes, mountsOf: (container) => shares.get(container) ?? [] };
}

/** Where a container mounts a folder, and the field that says so. */
interface SharedMount {
  readonly path: string;
  readonly from: string;
}

/** The mounts of a folder, by the name of the container. */
function resolveWith(
  check: Check,
  folderField: string,
  { path, with: names }: SharedFolder,
  main: string,
  known: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, SharedMount> {
  const field = `${folderField}.with`;
  const pathField = `${folderField}.path`;
  const nameOf = (name: string): string => (name === MAIN && !known.has(MAIN) ? main : name);
  if (typeof names === 'object' && names !== null && isPlainObject(names)) {
    if (path !== undefined) {
      check.fail(
        'forbidden',
        pathField,
        `${pathField} must not be set when ${field} has the path of each container`,
        `remove ${pathField}, or write a list of containers`,
      );
    }
    const given = Object.entries(names).map(([name, at]): [string, SharedMount] => {
      const from = keyPath(field, name);
      return [nameOf(name), { path: check.absolutePath(from, at), from }];
    });
    return checkContainers(check, field, names, given, main, known);
  }
  if (!Array.isArray(names)) {
    check.fail(
      names === undefined ? 'required' : 'type',
      field,
      `${field} must be a list of containers or have the path of each, but is ${describe(names)}`,
      "write for example ['main', 'proxy']",
    );
  }
  const mount = { path: check.absolutePath(pathField, path), from: pathField };
  const given = names.map((name): [string, SharedMount] => [nameOf(name), mount]);
  return checkContainers(check, field, names, given, main, known);
}

function checkContainers(
  check: Check,
  field: string,
  names: unknown,
  given: readonly (readonly [string, SharedMount])[],
  main: string,
  known: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, SharedMount> {
  const unknown = given.find(([name]) => !known.has(name));
  if (unknown !== undefined) {
    check.fail(
      'unsupported',
      field,
      `${field} must be names of containers, but has ${describe(unknown[0])}`,
      `use ${[MAIN, ...[...known.keys()].filter((name) => name !== main)].map((name) => `'${name}'`).join(', ')}`,
    );
  }
  const containers = new Map(given);
  if (containers.size < 2) {
    check.fail(
      'invalid',
      field,
      `${field} must have two containers or more, but is ${describe(names)}`,
      "write for example ['main', 'proxy']; for one container write 'scratch'",
    );
  }
  return containers;
}
