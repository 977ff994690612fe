import type { Container } from '../imports/kubernetes';
import { remembered } from './collections';
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

function containersIn({ spec, at, workload }: PodObject): readonly PodContainer[] {
  const found: PodContainer[] = [];
  const fields = fieldsBelow(at);
  const name = workload?.containerName;
  const add = (list: ContainerList, containers: readonly Container[], roleOf: (container: Container) => Role) => {
    for (let i = 0; i < containers.length; i++) {
      const container = containers[i]!;
      let field = fields[list][i];
      if (field === undefined) {
        field = indexPath(keyPath(podSpecField({ at }), list), i);
        fields[list][i] = field;
      }
      found.push({
        container:
          container.name === undefined && name !== undefined
            ? { ...container, name: containers.length === 1 ? name : `${name}-${i}` }
            : container,
        field,
        role: roleOf(container),
      });
    }
  };
  add('containers', spec.containers ?? NONE, () => 'main');
  if (spec.initContainers) {
    add('initContainers', spec.initContainers, ({ restartPolicy }) =>
      restartPolicy === 'Always' ? 'sidecar' : 'init',
    );
  }
  const { ephemeralContainers } = spec as { readonly ephemeralContainers?: readonly Container[] };
  if (ephemeralContainers) {
    add('ephemeralContainers', ephemeralContainers, () => 'ephemeral');
  }
  return found;
}

type Role = PodContainer['role'];
type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers';

const NONE: readonly Container[] = [];

/** The fields of containers, filled as they are asked for: thousands of pods have the same ones. */
const fieldsBelow = remembered((_at): Record<ContainerList, string[]> => {
  return { containers: [], initContainers: [], ephemeralContainers: [] };
});

/** The field of the pod spec: 'spec.template.spec', 'spec' of a Pod. */
export function podSpecField({ at }: Pick<PlacedTemplate, 'at'>): string {
  return keyPath(at, 'spec');
}
