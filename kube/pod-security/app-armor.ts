import type { Control, Violation } from './control';
import { annotationField, type SecuredPod } from './secured-pod';

/** What stood for the field of a container before Kubernetes 1.30. */
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const FIX = "write 'RuntimeDefault' or 'Localhost', or delete appArmorProfile";

/** Pods run with an AppArmor profile: that of the container runtime, or one of the node. */
export const appArmorProfile: Control = {
  id: 'appArmorProfile',
  level: 'baseline',
  violations: (pod) => [...inFields(pod), ...inAnnotations(pod)],
};

function inFields({ contexts }: SecuredPod): Violation[] {
  return contexts.flatMap(({ context, field, container }): Violation[] => {
    const { appArmorProfile: profile } = context;
    return profile === undefined || profile.type === 'RuntimeDefault' || profile.type === 'Localhost'
      ? []
      : [
          {
            field: `${field}.appArmorProfile.type`,
            container,
            has: `securityContext.appArmorProfile.type: '${profile.type ?? ''}'`,
            fix: FIX,
            admittedBy: 'privileged',
          },
        ];
  });
}

function inAnnotations(pod: SecuredPod): Violation[] {
  return Object.entries(pod.annotations)
    .filter(([key, value]) => key.startsWith(ANNOTATION) && !isAllowed(value))
    .map(([key, value]) => ({
      field: annotationField(pod, key),
      container: key.slice(ANNOTATION.length),
      has: `annotation ${key}: '${value}'`,
      fix: "delete the annotation, or write 'runtime/default' or 'localhost/<profile>'",
      admittedBy: 'privileged',
    }));
}

const isAllowed = (profile: string): boolean =>
  profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
