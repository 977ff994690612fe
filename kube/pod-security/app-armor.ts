import { type Control, refusedProfile, type Violation, violationsIn } from './control';
import { annotationField, type SecuredPod } from './secured-pod';

/** What stood for the field of a container before Kubernetes 1.30. */
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

const inField = refusedProfile('appArmorProfile', "write 'RuntimeDefault' or 'Localhost', or delete appArmorProfile");

/** Pods run with an AppArmor profile: that of the container runtime, or one of the node. */
export const appArmorProfile: Control = {
  id: 'appArmorProfile',
  level: 'baseline',
  violations: (pod) => {
    const inFields = violationsIn(pod.contexts, inField);
    const annotated = inAnnotations(pod);
    return annotated.length === 0 ? inFields : [...inFields, ...annotated];
  },
};

function inAnnotations(pod: SecuredPod): readonly Violation[] {
  return violationsIn(Object.keys(pod.annotations), (key) => {
    const profile = pod.annotations[key]!;
    return !key.startsWith(ANNOTATION) || isAllowed(profile)
      ? undefined
      : {
          field: annotationField(pod, key),
          container: key.slice(ANNOTATION.length),
          has: `annotation ${key}: '${profile}'`,
          fix: "delete the annotation, or write 'runtime/default' or 'localhost/<profile>'",
          admittedBy: 'privileged',
        };
  });
}

const isAllowed = (profile: string): boolean =>
  profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
