import type { Container } from '../imports/kubernetes';
import type { PodObject } from './inventory';
import { indexPath, keyPath } from './text';
import { isPod, podTemplateField } from './workload-kinds';

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

function containersIn({ manifest, spec }: PodObject): readonly PodContainer[] {
  const at = podSpecField(manifest);
  const list = (key: string, containers: readonly Container[] = [], roleOf: (c: Container) => PodContainer['role']) =>
    containers.map((container, i) => ({
      container,
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
export function podSpecField(manifest: PodObject['manifest']): string {
  return isPod(manifest) ? 'spec' : `${podTemplateField(manifest)}.spec`;
}
