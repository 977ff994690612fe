import { ANNOTATION_PREFIX } from '../kube/labels';

/**
 * The rules that the reason of a prop waives: the patterns write `because` as an annotation, and asking for the same
 * reason twice gains nothing. Only advice and warnings: what Pod Security refuses stays refused.
 */
const WAIVED: Readonly<Record<string, readonly string[]>> = {
  'capabilities-because': ['security/capabilities'],
  'host-network-because': ['security/host-namespaces'],
  'no-liveness-probe-because': ['availability/liveness-probe'],
  'no-readiness-probe-because': ['availability/readiness-probe'],
  'open-network-because': ['security/open-network'],
  'pod-security-because': ['security/pod-security-level'],
  'privileged-because': ['security/privileged'],
  'root-because': ['security/root'],
  'writable-root-because': ['security/writable-root'],
};

/** The rules that annotations give a reason for, with the reason. */
export function reasonsIn(annotations: Readonly<Record<string, string>>): [rule: string, reason: string][] {
  return Object.entries(WAIVED).flatMap(([name, rules]) => {
    const reason = annotations[`${ANNOTATION_PREFIX}/${name}`]?.trim();
    return reason ? rules.map((rule): [string, string] => [rule, reason]) : [];
  });
}
