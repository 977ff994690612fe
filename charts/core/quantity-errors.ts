import type { IConstruct } from 'constructs';
import { invalidQuantities } from '../../kube/counted-quantities';
import { describe } from './check';
import { ManifestError } from './errors';
import type { AnyObject } from './k8s';

/** One error for each amount of an object that quotas and capacity count, and that Kubernetes refuses. */
export function quantityErrors(construct: IConstruct, manifest: AnyObject): ManifestError[] {
  return invalidQuantities(manifest).map(
    ({ field, value }) =>
      new ManifestError(
        construct.node.path,
        `${field} is ${describe(value)}, not a Kubernetes quantity of at least zero`,
        "write digits with a suffix of Kubernetes, such as '500m', '2' or '1.5Gi'",
      ),
  );
}
