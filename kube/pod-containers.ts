import type { Container, PodSpec } from '../imports/kubernetes';
import { remembered, rememberedBy } from './collections';
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
  const { containers, initContainers, ephemeralContainers } = pod.spec as PodSpec & {
    readonly ephemeralContainers?: readonly Container[];
  };
  const main = placed(pod, containers, 'main');
  return initContainers === undefined && ephemeralContainers === undefined
    ? main
    : [...main, ...placed(pod, initContainers, 'init'), ...placed(pod, ephemeralContainers, 'ephemeral')];
});

const NONE: readonly PodContainer[] = [];

function placed(
  pod: PodObject,
  containers: readonly Container[] | undefined,
  role: 'main' | 'init' | 'ephemeral',
): readonly PodContainer[] {
  if (containers === undefined) {
    return NONE;
  }
  const fields = fieldsAt(pod.at);
  // not by pushing, which leaves room for many more in each list
  return containers.map((container, i) => ({
    container: container.name === undefined ? named(container, pod, i, containers.length) : container,
    field: i === 0 ? fields[role].first : indexPath(fields[role].list, i),
    role: role === 'init' && container.restartPolicy === 'Always' ? 'sidecar' : role,
  }));
}

/** The fields of lists of containers, and of the first of each: the same texts for all pods of a kind. */
const fieldsAt = remembered((at) => {
  const of = (list: string) => {
    const field = `${podSpecField({ at })}.${list}`;
    return { list: field, first: indexPath(field, 0) };
  };
  return { main: of('containers'), init: of('initContainers'), ephemeral: of('ephemeralContainers') };
});

/** With the name that the controller of a custom resource gives to it. */
function named(container: Container, { workload }: PodObject, i: number, of: number): Container {
  const name = workload?.containerName;
  return name === undefined ? container : { ...container, name: of === 1 ? name : `${name}-${i}` };
}

/** The field of the pod spec: 'spec.template.spec', 'spec' of a Pod. */
export function podSpecField({ at }: Pick<PlacedTemplate, 'at'>): string {
  return at === '' ? 'spec' : `${at}.spec`;
}
