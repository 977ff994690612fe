import { POD_SECURITY_LABEL, type PodSecurityLevel } from '../../kube/pod-security/levels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Because } from '../core/values';

/** A Pod Security Standard below 'restricted', and the reason. */
export interface LooserPodSecurity extends Because {
  /** The Pod Security Standard that the namespace enforces. */
  readonly level: 'baseline' | 'privileged';
}
/** The Pod Security Standard of a namespace. A level below 'restricted' needs a reason. */
export type PodSecurity = 'restricted' | LooserPodSecurity;

const LOOSER: KeyTable<LooserPodSecurity> = { level: true, because: 'text' };

/** The validated level of a namespace. */
export function podSecurityLevel(check: Check, podSecurity: PodSecurity | undefined): PodSecurityLevel {
  if (podSecurity === undefined || podSecurity === 'restricted') {
    return 'restricted';
  }
  check.keys<LooserPodSecurity>('podSecurity', podSecurity, LOOSER);
  check.oneOf('podSecurity.level', podSecurity.level, ['baseline', 'privileged']);
  check.because('podSecurity', podSecurity.because);
  return podSecurity.level;
}

/** All three modes: violations are rejected, shown by kubectl as warnings, and written to the audit log. */
export function podSecurityLabels(level: PodSecurityLevel): Record<string, string> {
  return Object.fromEntries(['audit', 'enforce', 'warn'].map((mode) => [`${POD_SECURITY_LABEL}/${mode}`, level]));
}
