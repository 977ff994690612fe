import { KUBERNETES_VERSIONS } from './eks-facts';

/** The Kubernetes versions that EKS takes for a new cluster, oldest first. */
export const VERSIONS = Object.keys(KUBERNETES_VERSIONS) as readonly (keyof typeof KUBERNETES_VERSIONS)[];

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
