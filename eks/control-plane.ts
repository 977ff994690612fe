/** The scaling tiers of a provisioned control plane. */
export const CONTROL_PLANE_TIERS: readonly string[] = ['standard', 'tier-xl', 'tier-2xl', 'tier-4xl', 'tier-8xl'];

/** The days for which CloudWatch keeps a log of the control plane, as eksctl v0.230.0 knows them. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653,
];
