/** A level of the Pod Security Standards. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** All levels, the strictest first. */
export const POD_SECURITY_LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline', 'privileged'];

/** Whether one level refuses pods that the other admits. */
export const isStricter = (level: PodSecurityLevel, than: PodSecurityLevel): boolean =>
  POD_SECURITY_LEVELS.indexOf(level) < POD_SECURITY_LEVELS.indexOf(than);
