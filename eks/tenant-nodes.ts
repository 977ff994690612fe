import { ANNOTATION_PREFIX } from '../kube/labels';

/** The label and the taint of nodes that one tenant has for itself; its value is the tenant. Of a Namespace: its tenant. */
export const TENANT_NODES = `${ANNOTATION_PREFIX}/tenant`;

/** The taint of the nodes of a tenant. */
export const tenantTaint = (tenant: string) => ({ key: TENANT_NODES, value: tenant, effect: 'NoSchedule' as const });
