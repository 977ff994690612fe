import type { Inventory, PodObject } from '../../kube/inventory';
import { allowsPeer, allowsPort } from './allows';
import { policiesOf } from './policies';

/** Whether the policies of one end allow the connection. */
export function allowed(
  inventory: Inventory,
  pod: PodObject,
  to: PodObject,
  port: number | undefined,
  protocol: string,
  direction: 'egress' | 'ingress',
): boolean {
  const wanted = { port, protocol };
  if (direction === 'egress') {
    const rules = policiesOf(inventory, pod).egress;
    return (
      to.spec.hostNetwork === true ||
      !rules ||
      rules.some(
        (r) =>
          allowsPort(r.ports, wanted, to) &&
          allowsPeer(inventory, r.to, pod.namespace, { namespace: to.namespace, pod: to }),
      )
    );
  }
  const rules = policiesOf(inventory, to).ingress;
  return (
    !rules ||
    rules.some(
      (r) =>
        allowsPort(r.ports, wanted, to) &&
        allowsPeer(inventory, r.from, to.namespace, { namespace: pod.namespace, pod }),
    )
  );
}
