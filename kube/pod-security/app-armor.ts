import { type Control, NO_VIOLATIONS, type Violation, violationsIn } from './control';
import { annotationField, type PlacedContext, type SecuredPod } from './secured-pod';

/** What stood for the field of a container before Kubernetes 1.30. */
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const FIX = "write 'RuntimeDefault' or 'Localhost', or delete appArmorProfile";

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

function inField({ context, field, container }: PlacedContext): Violation | undefined {
  const { appArmorProfile: profile } = context;
  return profile === undefined || profile.type === 'RuntimeDefault' || profile.type === 'Localhost'
    ? undefined
    : {
        field: `${field}.appArmorProfile.type`,
        container,
        has: `securityContext.appArmorProfile.type: '${profile.type ?? ''}'`,
        fix: FIX,
        admittedBy: 'privileged',
      };
}

function inAnnotations(pod: SecuredPod): readonly Violation[] {
  const { annotations } = pod;
  let found: Violation[] | undefined;
  for (const key in annotations) {
    if (key.startsWith(ANNOTATION) && !isAllowed(annotations[key]!)) {
      found ??= [];
      found.push({
        field: annotationField(pod, key),
        container: key.slice(ANNOTATION.length),
        has: `annotation ${key}: '${annotations[key]}'`,
        fix: "delete the annotation, or write 'runtime/default' or 'localhost/<profile>'",
        admittedBy: 'privileged',
      });
    }
  }
  return found ?? NO_VIOLATIONS;
}

const isAllowed = (profile: string): boolean =>
  profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
