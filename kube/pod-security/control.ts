import type { PodSecurityLevel } from './levels';
import type { PlacedContext, SecuredPod } from './secured-pod';

/** A place in which a pod is against a control. */
export interface Violation {
  /** The field that is wrong, or that is to be set: 'spec.template.spec.hostNetwork'. */
  readonly field: string;
  /** The name of the container, unless the field is of the pod. */
  readonly container?: string | undefined;
  /** What the pod or the container has, and must not have: 'privileged: true'. Exclusive with `lacks`. */
  readonly has?: string;
  /** What the pod or the container must have: 'allowPrivilegeEscalation: false'. */
  readonly lacks?: string;
  /** What to write, without its full stop. */
  readonly fix: string;
  /** The strictest level that admits it, for what a pod may need on purpose. */
  readonly admittedBy?: PodSecurityLevel;
}

/** A control of the Pod Security Standards, in all its versions. Versions are minors of Kubernetes: 35 of 1.35. */
export interface Control {
  /** As the API server calls its check: 'hostPorts'. */
  readonly id: string;
  /** Controls of 'baseline' hold at level 'restricted' too. */
  readonly level: 'baseline' | 'restricted';
  /** The first version that has it. @default - all have it */
  readonly since?: number;
  /** The control of 'baseline' that it stands for at level 'restricted'. */
  readonly replaces?: string;
  /** Where the control holds no more for pods with `os.name: windows`: since this version. @default - it holds for them */
  readonly linuxOnlySince?: number;
  readonly violations: (pod: SecuredPod, version: number) => readonly Violation[];
}

/** What nearly all pods have against them. */
export const NO_VIOLATIONS: readonly Violation[] = [];

/** What is wrong in some of the places. */
export function violationsIn<T>(
  places: readonly T[],
  violationIn: (place: T, index: number) => Violation | undefined,
): readonly Violation[] {
  let found: Violation[] | undefined;
  for (let i = 0; i < places.length; i++) {
    const violation = violationIn(places[i]!, i);
    if (violation !== undefined) {
      found ??= [];
      found.push(violation);
    }
  }
  return found ?? NO_VIOLATIONS;
}

/** A profile of the node or of its container runtime is admitted; `has` and `field` name it by its key. */
export function refusedProfile(
  key: 'appArmorProfile' | 'seccompProfile',
  fix: string,
): (place: PlacedContext) => Violation | undefined {
  return ({ context, field, container }) => {
    const profile = context[key];
    return profile === undefined || profile.type === 'RuntimeDefault' || profile.type === 'Localhost'
      ? undefined
      : {
          field: `${field}.${key}.type`,
          container,
          has: `securityContext.${key}.type: '${profile.type ?? ''}'`,
          fix,
          admittedBy: 'privileged',
        };
  };
}

/** Pods with a user namespace of their own may do more, since this version. */
const USER_NAMESPACES = 35;

/** Whether users of the pod, root among them, are others than those of the node, and the version makes use of it. */
export function hasOwnUsers({ spec }: SecuredPod, version: number): boolean {
  return spec.hostUsers === false && version >= USER_NAMESPACES;
}
