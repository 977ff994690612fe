import { parseMap } from '../eks/annotation-values';
import { NLB_PREFIX } from '../eks/load-balancer-annotations';
import type { InventoryObject } from '../kube/inventory';
import type { Caller } from './network/from-outside';

/** Whose address pods see. */
export function callerOf(service: InventoryObject, protocol: string | undefined): Caller {
  const { type, externalTrafficPolicy } = (service.manifest.spec ?? {}) as Readonly<Record<string, unknown>>;
  const isLocal = externalTrafficPolicy === 'Local';
  if (type === 'NodePort') {
    return isLocal ? 'any' : 'vpc';
  }
  const attributes = parseMap(annotation(service, 'target-group-attributes') ?? '');
  const preserved = attributes?.get('preserve_client_ip.enabled');
  const keepsClient = isIp(service)
    ? (preserved ?? String(protocol === 'UDP')) === 'true'
    : isLocal && preserved !== 'false';
  if (!keepsClient) {
    return 'vpc';
  }
  return annotation(service, 'scheme') === 'internet-facing' ? 'internet' : 'any';
}

/** Whether the targets of a Network Load Balancer are pods. */
export const isIp = (service: InventoryObject): boolean =>
  annotation(service, 'nlb-target-type') === 'ip' || annotation(service, 'type') === 'nlb-ip';

/** An annotation of a Network Load Balancer. */
export const annotation = ({ manifest }: InventoryObject, name: string): string | undefined =>
  manifest.metadata.annotations?.[`${NLB_PREFIX}${name}`];
