import type { Check } from '../core/check';
import { ArgoRollout, resolveArgo } from './argo-rollout';
import { type Rollout, resolveRollout } from './rollout';

/** Checks a rollout of either kind. */
export function checkRollout(check: Check, rollout: Rollout | ArgoRollout | undefined, field: string): void {
  if (rollout instanceof ArgoRollout) {
    resolveArgo(check, rollout, field);
  } else {
    resolveRollout(check, rollout, field);
  }
}
