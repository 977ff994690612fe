import { NEWEST_KNOWN } from '../kube/api/lives';
import { apiKinds } from '../kube/api/resources';
import type { Severity } from '../kube/finding';
import { type FormProblem, formProblems } from '../kube/form-problems';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import { isAtLeast } from '../kube/versions';
import type { ReviewInput } from './rule';

/** The problems of every object, found once for all rules. */
const forms = ({ objects }: Inventory): ReadonlyMap<InventoryObject, readonly FormProblem[]> =>
  new Map(objects.map((object) => [object, formProblems(object.manifest)]));

/**
 * Calls back for each problem of one kind. A newer Kubernetes, or a newer definition of a custom resource, may have what
 * is not known here: a warning.
 */
export function eachFormProblem(
  { inventory, kubernetesVersion }: ReviewInput,
  wanted: FormProblem['problem'],
  found: (object: InventoryObject, problem: FormProblem, severity: Severity) => void,
): void {
  const newer = isAtLeast(kubernetesVersion, NEWEST_KNOWN);
  for (const [object, problems] of inventory.view(forms)) {
    for (const problem of problems) {
      if (problem.problem === wanted) {
        found(object, problem, newer || !apiKinds().has(groupOf(object.manifest.apiVersion)) ? 'warning' : 'error');
      }
    }
  }
}
