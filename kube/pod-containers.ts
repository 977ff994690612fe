import type { Container } from '../imports/kubernetes';
import type { PodObject } from './inventory';
import { indexPath, keyPath } from './text';
import type { PlacedTemplate } from './workload-kind';

/** A container of a pod, and where it stands in the object. */
export interface PodContainer {
  readonly container: Container;
  /** 'spec.template.spec.containers[0]'. */
  readonly field: string;
  /** `sidecar` is an init container that stays: `restartPolicy: Always`. */
  readonly role: 'main' | 'init' | 'sidecar' | 'ephemeral';
}

/** By pod, since nearly every rule on pods asks for them, and a manifest never changes. */
const known = new WeakMap<PodObject, readonly PodContainer[]>();

/** Every container of a pod with its field: the main ones, then those that run first, then ephemeral ones. */
export function podContainers(pod: PodObject): readonly PodContainer[] {
  let found = known.get(pod);
  if (found === undefined) {
    found = containersIn(pod);
    known.set(pod, found);
  }
  return found;
}

function containersIn(pod: PodObject): readonly PodContainer[] {
  const { spec, workload } = pod;
  const named = (container: Container, i: number, of: number): Container => {
    const name = workload?.containerName;
    return name === undefined ? container : { ...container, name: of === 1 ? name : `${name}-${i}` };
  };
  const at = podSpecField(pod);
  const list = (key: string, containers: readonly Container[] = [], roleOf: (c: Container) => PodContainer['role']) =>
    containers.map((container, i) => ({
      container: container.name === undefined ? named(container, i, containers.length) : container,
      field: indexPath(keyPath(at, key), i),
      role: roleOf(container),
    }));
  const { ephemeralContainers } = spec as { readonly ephemeralContainers?: readonly Container[] };
  return [
    ...list('containers', spec.containers, () => 'main'),
    ...list('initContainers', spec.initContainers, ({ restartPolicy }) =>
      restartPolicy === 'Always' ? 'sidecar' : 'init',
    ),
    ...list('ephemeralContainers', ephemeralContainers, () => 'ephemeral'),
  ];
}

/** The field of the pod spec: 'spec.template.spec', 'spec' of a Pod. */
export function podSpecField({ at }: Pick<PlacedTemplate, 'at'>): string {
  return keyPath(at, 'spec');
}
