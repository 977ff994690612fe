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
  const { egress, ingress } = policiesOf(inventory, direction === 'egress' ? pod : to);
  const wanted = { port, protocol };
  if (direction === 'egress') {
    if (egress === undefined || to.spec.hostNetwork === true) {
      return true;
    }
    const other = { namespace: to.namespace, pod: to };
    for (const rule of egress) {
      if (allowsPort(rule.ports, wanted, to) && allowsPeer(inventory, rule.to, pod.namespace, other)) {
        return true;
      }
    }
    return false;
  }
  if (ingress === undefined) {
    return true;
  }
  const other = { namespace: pod.namespace, pod };
  for (const rule of ingress) {
    if (allowsPort(rule.ports, wanted, to) && allowsPeer(inventory, rule.from, to.namespace, other)) {
      return true;
    }
  }
  return false;
}
