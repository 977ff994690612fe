import { type Control, refusedProfile, type Violation, violationsIn } from './control';
import { annotationField, type SecuredPod } from './secured-pod';

/** The first version that reads fields and no annotations. */
const FIELDS = 19;
const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

const inField = refusedProfile('seccompProfile', "write 'RuntimeDefault' or 'Localhost'");

/** Pods do not turn off the filter of system calls. */
export const seccompBaseline: Control = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  violations: (pod, version) => (version < FIELDS ? inAnnotations(pod) : violationsIn(pod.contexts, inField)),
};

/** Pods turn on the filter of system calls, as a whole or in each container. */
export const seccompRestricted: Control = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  since: FIELDS,
  replaces: seccompBaseline.id,
  linuxOnlySince: 25,
  violations: (pod) => {
    const refused = violationsIn(pod.contexts, inField);
    const without = missing(pod);
    return without === undefined ? refused : [...refused, without];
  },
};

/** One profile of the pod serves all containers that have none. A refused one of the pod is reported as such. */
function missing({ contexts, ofContainers }: SecuredPod): Violation | undefined {
  const pod = contexts[0]!;
  if (pod.context.seccompProfile !== undefined) {
    return undefined;
  }
  const without = ofContainers.filter(({ context }) => context.seccompProfile === undefined);
  return without.length === 0
    ? undefined
    : {
        field: `${pod.field}.seccompProfile.type`,
        container: without.length === 1 ? without[0]!.container : undefined,
        lacks: "securityContext.seccompProfile.type: 'RuntimeDefault'",
        fix: `write ${pod.field}.seccompProfile: { type: 'RuntimeDefault' }`,
      };
}

function inAnnotations(pod: SecuredPod): Violation[] {
  const ofContainers = pod.containers.map(({ container }) => [
    `${CONTAINER_ANNOTATION}${container.name}`,
    container.name,
  ]);
  return [[POD_ANNOTATION], ...ofContainers].flatMap(([key, container]): Violation[] => {
    const value = Object.hasOwn(pod.annotations, key!) ? pod.annotations[key!] : undefined;
    return value === undefined || isAllowed(value)
      ? []
      : [
          {
            field: annotationField(pod, key!),
            container,
            has: `annotation ${key}: '${value}'`,
            fix: "write 'runtime/default', or delete the annotation",
            admittedBy: 'privileged',
          },
        ];
  });
}

const isAllowed = (profile: string): boolean =>
  profile === 'runtime/default' || profile === 'docker/default' || profile.startsWith('localhost/');
