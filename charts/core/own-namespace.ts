import type { IConstruct } from 'constructs';
import type { Check } from './check';

/** Refuses a Config or Secret of another namespace, which a pod cannot read. */
export function checkOwnNamespace(
  check: Check,
  field: string,
  kind: 'Config' | 'Secret',
  shared: IConstruct & { readonly namespace: string },
  namespace: string,
): void {
  if (shared.namespace !== namespace) {
    check.fail(
      'forbidden',
      field,
      `${field} must be a ${kind} of namespace '${namespace}', but '${shared.node.path}' is in namespace '${shared.namespace}'`,
      `create it in namespace '${namespace}' too: pods can only read the objects of their own namespace`,
    );
  }
}
