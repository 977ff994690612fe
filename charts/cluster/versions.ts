/**
 * The Kubernetes versions that EKS takes for a new cluster, oldest first.
 *
 * Collected on 2026-08-22 from the EKS release calendar (https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html).
 * There are no dates here on purpose: whether a version is still supported must not depend on the day of the synthesis,
 * or the same program would give another result tomorrow.
 */
export const VERSIONS = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36'] as const;

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
  return Number(minor) < Number(VERSIONS[0].slice(2)) ? 'older' : 'newer';
}
