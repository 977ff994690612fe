/**
 * Facts about EKS that rules look up, collected on 2026-08-22 from the EKS release calendar, the EKS user guide, the
 * compatibility matrix of Karpenter and the code of eksctl v0.230.0. Facts only: no rule compares a date with today, or
 * the same program would give another result tomorrow.
 */
export const FACTS_DATE = '2026-08-22';

/** A Kubernetes version of EKS: its days, and the oldest Karpenter that supports it. */
export interface VersionDates {
  readonly released: string;
  readonly standardSupportUntil: string;
  readonly extendedSupportUntil: string;
  readonly karpenter: string;
}

/** The versions that EKS takes for a new cluster, oldest first. */
export const KUBERNETES_VERSIONS = {
  '1.31': dates('2024-09-26', '2025-11-26', '2026-11-26', '1.0.5'),
  '1.32': dates('2025-01-25', '2026-03-23', '2027-03-23', '1.2.0'),
  '1.33': dates('2025-05-28', '2026-07-29', '2027-07-29', '1.5.0'),
  '1.34': dates('2025-10-06', '2026-12-02', '2027-12-02', '1.6.0'),
  '1.35': dates('2026-01-28', '2027-03-27', '2028-03-27', '1.9.0'),
  '1.36': dates('2026-06-02', '2027-08-02', '2028-08-02', '1.13.0'),
} as const;

function dates(
  released: string,
  standardSupportUntil: string,
  extendedSupportUntil: string,
  karpenter: string,
): VersionDates {
  return { released, standardSupportUntil, extendedSupportUntil, karpenter };
}

/** What eksctl takes for a missing version. */
export const EKSCTL_DEFAULT_VERSION = '1.34';

/** The Kubernetes versions that EKS takes for a new cluster, oldest first. */
export const VERSIONS = Object.keys(KUBERNETES_VERSIONS) as readonly (keyof typeof KUBERNETES_VERSIONS)[];

/**
 * The oldest release of the vpc-cni for a Kubernetes version, as the project recommends it; before it, aws-node uses APIs that
 * are gone, or does not start. Newer Kubernetes than listed needs at least the last one.
 * @see https://github.com/aws/amazon-vpc-cni-k8s#recommended-version
 */
export const OLDEST_VPC_CNI: readonly (readonly [kubernetes: string, vpcCni: string])[] = [
  ['1.24', '1.9.3'],
  ['1.25', '1.11.4'],
  ['1.26', '1.12.0'],
  ['1.27', '1.12.5'],
  ['1.28', '1.13.4'],
  ['1.29', '1.14.1'],
  ['1.30', '1.16.0'],
  ['1.31', '1.16.4'],
];

/** How a version stands to the table; 'malformed' is no version at all. */
export type VersionState = 'listed' | 'older' | 'newer' | 'malformed';

export function versionState(version: unknown): VersionState {
  const minor = typeof version === 'string' ? /^1\.(\d{2,3})$/.exec(version)?.[1] : undefined;
  if (minor === undefined) {
    return 'malformed';
  }
  if ((VERSIONS as readonly unknown[]).includes(version)) {
    return 'listed';
  }
  return Number(minor) < Number(VERSIONS[0]!.slice(2)) ? 'older' : 'newer';
}

/** The days of a version; undefined for one that is not in the table. */
export function versionDates(version: unknown): VersionDates | undefined {
  return versionState(version) === 'listed'
    ? KUBERNETES_VERSIONS[version as keyof typeof KUBERNETES_VERSIONS]
    : undefined;
}

/** The scaling tiers of a provisioned control plane. */
export const CONTROL_PLANE_TIERS: readonly string[] = ['standard', 'tier-xl', 'tier-2xl', 'tier-4xl', 'tier-8xl'];

/** The days for which CloudWatch keeps a log of the control plane, as eksctl v0.230.0 knows them. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653,
];
