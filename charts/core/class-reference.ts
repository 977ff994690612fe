import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import type { Check } from './check';
import { KubeObject } from './kube-object';

/** The name of a class. */
export function resolveClass(
  check: Check,
  field: string,
  given: unknown,
  kind: 'StorageClass' | 'VolumeAttributesClass' = 'StorageClass',
): string {
  const name = given instanceof KubeObject && given.kind === kind ? given.name : given;
  if (typeof name !== 'string' || !isSubdomain(name)) {
    check.fail(
      typeof name === 'string' ? 'invalid' : 'type',
      field,
      `${field} must be a ${kind} or the name of one, but is ${describe(given)}`,
      kind === 'StorageClass' ? "write for example 'gp3'" : "write for example 'faster'",
    );
  }
  return name;
}
