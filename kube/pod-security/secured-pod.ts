import type { PodSecurityContext, PodSpec, SecurityContext } from '../../imports/kubernetes';
import type { PodObject } from '../inventory';
import { type PodContainer, podContainers, podSpecField } from '../pod-containers';
import { keyPath } from '../text';

/** The security context of a pod or of a container. */
export interface PlacedContext {
  readonly context: PodSecurityContext & SecurityContext;
  /** 'spec.template.spec.securityContext'. */
  readonly field: string;
  /** Missing for the context of the pod. */
  readonly container?: string;
}

/** What the controls read of a pod, gathered once for all of them. */
export interface SecuredPod {
  readonly spec: PodSpec;
  /** The field of the spec. */
  readonly field: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Of every role. */
  readonly containers: readonly PodContainer[];
  /** That of the pod, then that of each container; empty where there is none. */
  readonly contexts: readonly PlacedContext[];
  /** Those of the containers. */
  readonly ofContainers: readonly ContainerContext[];
}

/** The security context of a container. */
export type ContainerContext = PlacedContext & { readonly context: SecurityContext };

const EMPTY = {};

export function securedPod(pod: PodObject): SecuredPod {
  const { spec, annotations } = pod;
  const field = podSpecField(pod);
  const containers = podContainers(pod);
  const ofContainers = containers.map(contextOf);
  return {
    spec,
    field,
    annotations,
    containers,
    contexts: [{ context: spec.securityContext ?? EMPTY, field: `${field}.securityContext` }, ...ofContainers],
    ofContainers,
  };
}

function contextOf({ container, field }: PodContainer): ContainerContext {
  return {
    context: container.securityContext ?? EMPTY,
    field: `${field}.securityContext`,
    container: container.name,
  };
}

/** The field of an annotation of the pods. */
export function annotationField({ field }: SecuredPod, key: string): string {
  return keyPath(field.replace(/spec$/, 'metadata.annotations'), key);
}
