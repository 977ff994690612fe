import type { InventoryObject } from '../kube/inventory';
import { ANNOTATION_PREFIX, MANAGED_BY } from '../kube/labels';

/**
 * The rules that the reason of a prop waives: the patterns write `because` as an annotation, and asking for the same
 * reason twice gains nothing. Only advice and warnings: what Pod Security refuses stays refused.
 */
export const REASONS: Readonly<Record<string, readonly string[]>> = {
  'capabilities-because': ['security/privileged', 'security/privilege-escalation'],
  'escalation-because': ['security/rbac-volumes', 'security/rbac-webhooks'],
  'host-network-because': ['security/host-access'],
  'host-pid-because': ['security/host-access'],
  'no-liveness-probe-because': ['availability/liveness-probe'],
  'no-readiness-probe-because': ['availability/readiness-probe'],
  'open-network-because': ['security/no-network-policy'],
  'privileged-because': ['security/privileged', 'security/privilege-escalation'],
  'root-because': ['security/run-as-root'],
  'writable-root-because': ['security/writable-root'],
};

/** The rules that annotations give a reason for, with the reason. */
export function reasonsIn(annotations: Readonly<Record<string, string>>): [rule: string, reason: string][] {
  return Object.entries(REASONS).flatMap(([name, rules]) => {
    const reason = annotations[`${ANNOTATION_PREFIX}/${name}`]?.trim();
    return reason ? rules.map((rule): [string, string] => [rule, reason]) : [];
  });
}

/** The path of the pattern of this library that made an object: 'prod/shop/web' of 'prod/shop/web/Ingress'. */
export function patternOf({ manifest, origin: { construct } }: InventoryObject): string | undefined {
  if (construct === undefined || manifest.metadata.labels?.['app.kubernetes.io/managed-by'] !== MANAGED_BY) {
    return undefined;
  }
  const end = construct.lastIndexOf('/');
  return end < 0 ? undefined : construct.slice(0, end);
}
