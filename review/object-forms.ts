import { NEWEST_KNOWN } from '../kube/api/lives';
import { apiKinds } from '../kube/api/resources';
import type { Severity } from '../kube/finding';
import { type FormProblem, formProblems } from '../kube/form-problems';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import { isAtLeast } from '../kube/versions';
import type { ReviewInput } from './rule';

/** The problems of the objects that have any, found once for all rules. */
const forms = ({ objects }: Inventory): readonly (readonly [InventoryObject, readonly FormProblem[]])[] =>
  objects.flatMap((object) => {
    const problems = object.conforms ? [] : formProblems(object.manifest);
    return problems.length === 0 ? [] : [[object, problems] as const];
  });

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
