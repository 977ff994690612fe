import { KUBERNETES_VERSIONS } from '../eks/versions';
import type { Severity } from '../kube/finding';
import { type FormProblem, formProblems } from '../kube/form-problems';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import type { ReviewInput } from './rule';

/** The minor version of the types in imports/. */
const NEWEST = Math.max(...Object.keys(KUBERNETES_VERSIONS).map(minorOf));

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
  const newer = minorOf(kubernetesVersion) > NEWEST;
  for (const [object, problems] of inventory.view(forms)) {
    for (const problem of problems) {
      if (problem.problem === wanted) {
        found(object, problem, newer || !isBuiltIn(object.manifest.apiVersion) ? 'warning' : 'error');
      }
    }
  }
}

function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}

/** Whether the API server has the group without a CustomResourceDefinition. */
function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || (group.endsWith('.k8s.io') && !group.endsWith('.x-k8s.io'));
}
