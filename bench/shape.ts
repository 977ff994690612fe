/** What all variants agree on. */
export const SERVICES_PER_TENANT = 10;

/** Of equal length, so that ids sort as they count. */
export const serviceName = (i: number): string => `svc-${String(i).padStart(5, '0')}`;

/** The tenant, and so the namespace and the file, of a service. */
export const tenantName = (i: number): string => `team-${String(Math.floor(i / SERVICES_PER_TENANT)).padStart(4, '0')}`;
