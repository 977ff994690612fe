import { TENANT_NODES } from '../../eks/tenant-nodes';
import type { Placement } from './placement';

/** A placement on the nodes that the tenant has for itself; those of Fargate are of one pod anyway. */
export function onTenantNodes(placement: Placement, tenant: string | undefined, toleratesAll: boolean): Placement {
  if (tenant === undefined || placement.computeType === 'fargate') {
    return placement;
  }
  const { nodeLabels, tolerations } = placement;
  const own = { key: TENANT_NODES, operator: 'Equal' as const, value: tenant, effect: 'NoSchedule' as const };
  return {
    ...placement,
    nodeLabels: { [TENANT_NODES]: tenant, ...nodeLabels },
    // an agent tolerates every taint unless it says otherwise
    ...(toleratesAll && tolerations === undefined ? {} : { tolerations: [own, ...(tolerations ?? [])] }),
  };
}
