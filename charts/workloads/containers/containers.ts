import { describe } from '../../../kube/describe';
import { indexPath } from '../../../kube/text';
import type { Container } from '../../core/k8s';
import type { Connectable } from '../../network/targets';
import type { WorkloadContext, WorkloadShape } from '../shape';
import { type ContainerModel, type MainContainer, resolveContainer } from './container-model';
import { type ContainerParts, ownKeyOf } from './container-props';
import { InitContainer } from './init-container';
import { checkRawContainer } from './raw-containers';
import { sidecarPorts } from './sidecar-ports';

/** A container beside the workload's own: of this library, or as in a Kubernetes manifest. */
export type ContainerEntry = { readonly name: string } & (
  | { readonly raw: Container; readonly own?: undefined }
  | { readonly own: ContainerModel; readonly raw?: undefined }
);
/** The containers beside the workload's own, in their order. */
export interface Containers {
  readonly sidecars: readonly ContainerEntry[];
  readonly initContainers: readonly ContainerEntry[];
  /** What init containers wait for. */
  readonly waitsFor: readonly { readonly field: string; readonly target: Connectable }[];
}

/** Of most workloads. */
const NO_CONTAINERS: Containers = { sidecars: [], initContainers: [], waitsFor: [] };
const NONE: readonly ContainerModel[] = [];

/** The containers of this library among them. */
export function ownContainers(containers: Containers): readonly ContainerModel[] {
  if (containers === NO_CONTAINERS) {
    return NONE;
  }
  const { sidecars, initContainers } = containers;
  return [...sidecars, ...initContainers].flatMap(({ own }) => own ?? []);
}

export function resolveContainers(context: WorkloadContext, shape: WorkloadShape, main: MainContainer): Containers {
  const { check, props } = context;
  if (props.sidecars === undefined && props.initContainers === undefined) {
    return NO_CONTAINERS;
  }
  const waitsFor: { readonly field: string; readonly target: Connectable }[] = [];
  const ports = sidecarPorts(check, props.sidecars);
  const resolve = (field: string, given: ContainerParts<never>) => {
    const own = ports.filter(({ container }) => container === given.name);
    return resolveContainer(context, shape, main, { field, given, ports: field.startsWith('sidecars') ? own : [] });
  };
  const resolveAll = (key: 'sidecars' | 'initContainers'): readonly ContainerEntry[] => {
    const given: readonly unknown[] = props[key] ?? [];
    if (!Array.isArray(given)) {
      check.fail('type', key, `${key} must be a list of containers, but is ${describe(given)}`, 'write [{ ... }]');
    }
    return given.map((container: unknown, i): ContainerEntry => {
      const field = indexPath(key, i);
      if (container instanceof InitContainer && key === 'initContainers') {
        if (main.isWindows) {
          check.fail(
            'unsupported',
            field,
            `${field} must not be InitContainer.waitFor on Windows, since its image is of Linux`,
            'write an init container with an image of Windows, and name the target in connectsTo',
          );
        }
        waitsFor.push({ field, target: container.target });
        return entryOf(resolve(field, container.props));
      }
      if (typeof container !== 'object' || container === null || container instanceof InitContainer) {
        check.fail(
          'type',
          field,
          `${field} must be a container, but is ${describe(container)}`,
          "write { name: '...', image: '...' }",
        );
      }
      if (ownKeyOf(container as object) !== undefined) {
        return entryOf(resolve(field, container as ContainerParts<never>));
      }
      checkRawContainer(check, field, container as Container);
      return { name: (container as Container).name, raw: container as Container };
    });
  };
  const initContainers = resolveAll('initContainers');
  const sidecars = resolveAll('sidecars');
  const names = initContainers.map(({ name }) => name);
  for (const [i, { own }] of sidecars.entries()) {
    const missing = own?.waitsFor.find((name) => !names.includes(name));
    if (missing !== undefined) {
      const field = `${indexPath('sidecars', i)}.waitsFor`;
      check.fail(
        'unsupported',
        field,
        `${field} must be names of initContainers, but has '${missing}'`,
        names.length > 0 ? `use one of ${names.map((name) => `'${name}'`).join(', ')}` : 'add the init container',
      );
    }
  }
  return { sidecars, initContainers, waitsFor };
}

const entryOf = (own: ContainerModel): ContainerEntry => ({ name: own.name, own });

/**
 * Sidecars first, so that init containers can use them; one that waits for init containers stands behind the last of them.
 *
 * @returns the entries, each with whether it keeps running
 */
export function startOrder({
  sidecars,
  initContainers,
}: Containers): readonly { readonly entry: ContainerEntry; readonly isSidecar: boolean }[] {
  const position = (entry: ContainerEntry): number =>
    Math.max(-1, ...(entry.own?.waitsFor ?? []).map((name) => initContainers.findIndex((one) => one.name === name)));
  const behind = (i: number) =>
    sidecars.filter((one) => position(one) === i).map((entry) => ({ entry, isSidecar: true }));
  return [...behind(-1), ...initContainers.flatMap((entry, i) => [{ entry, isSidecar: false }, ...behind(i)])];
}
