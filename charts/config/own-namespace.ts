import type { IConstruct } from 'constructs';
import type { Check } from '../core/check';

/** Refuses configuration or a secret of another namespace: a pod reads only what is in its own. */
export function checkOwnNamespace(
  check: Check,
  where: string,
  kind: 'Config' | 'Secret',
  shared: IConstruct & { readonly namespace: string },
  namespace: string,
): void {
  if (shared.namespace !== namespace) {
    check.fail(
      `${where} ${kind} '${shared.node.path}' of namespace '${shared.namespace}'`,
      `create it in namespace '${namespace}' too: pods read only their own`,
    );
  }
}
