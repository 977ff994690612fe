import type { Container } from '../imports/kubernetes';
import { rememberedBy } from './collections';
import type { PodObject } from './inventory';
import { indexPath } from './text';
import type { PlacedTemplate } from './workload-kind';

/** A container of a pod, and where it stands in the object. */
export interface PodContainer {
  readonly container: Container;
  /** 'spec.template.spec.containers[0]'. */
  readonly field: string;
  /** `sidecar` is an init container that stays: `restartPolicy: Always`. */
  readonly role: 'main' | 'init' | 'sidecar' | 'ephemeral';
}

/**
 * Every container of a pod with its field: the main ones, then those that run first, then ephemeral ones. Nearly every rule
 * on pods asks for them.
 */
export const podContainers = rememberedBy((pod: PodObject): readonly PodContainer[] => {
  const { spec } = pod;
  const at = podSpecField(pod);
  const { ephemeralContainers } = spec as { readonly ephemeralContainers?: readonly Container[] };
  const found: PodContainer[] = [];
  add(found, pod, spec.containers, `${at}.containers`, 'main');
  add(found, pod, spec.initContainers, `${at}.initContainers`, 'init');
  add(found, pod, ephemeralContainers, `${at}.ephemeralContainers`, 'ephemeral');
  return found;
});

function add(
  found: PodContainer[],
  pod: PodObject,
  containers: readonly Container[] | undefined,
  at: string,
  role: 'main' | 'init' | 'ephemeral',
): void {
  if (containers === undefined) {
    return;
  }
  for (let i = 0; i < containers.length; i++) {
    const container = containers[i]!;
    found.push({
      container: container.name === undefined ? named(container, pod, i, containers.length) : container,
      field: indexPath(at, i),
      role: role === 'init' && container.restartPolicy === 'Always' ? 'sidecar' : role,
    });
  }
}

/** With the name that the controller of a custom resource gives to it. */
function named(container: Container, { workload }: PodObject, i: number, of: number): Container {
  const name = workload?.containerName;
  return name === undefined ? container : { ...container, name: of === 1 ? name : `${name}-${i}` };
}

/** The field of the pod spec: 'spec.template.spec', 'spec' of a Pod. */
export function podSpecField({ at }: Pick<PlacedTemplate, 'at'>): string {
  return at === '' ? 'spec' : `${at}.spec`;
}
