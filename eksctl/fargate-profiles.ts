import type { ClusterConfig, FargateProfile } from './types';

/** The profile that takes pods away from the nodes, and where it stands. */
export interface MatchedProfile {
  readonly profile: FargateProfile;
  /** "fargateProfiles[0] 'apps'". */
  readonly name: string;
}

/** The first profile of which a selector has the pods' namespace and only labels that they have. */
export function profileOf(
  pod: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  { fargateProfiles = [] }: ClusterConfig,
): MatchedProfile | undefined {
  const at = fargateProfiles.findIndex(({ selectors = [] }) =>
    selectors.some(
      ({ namespace, labels }) =>
        like(namespace, pod.namespace) &&
        Object.entries(labels ?? {}).every(([key, value]) => {
          const own = pod.labels[key];
          return own !== undefined && like(value, own);
        }),
    ),
  );
  const profile = fargateProfiles[at];
  return profile && { profile, name: `fargateProfiles[${at}] '${profile.name}'` };
}

/** EKS takes '*' for any characters and '?' for one. */
function like(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) {
    return pattern === text;
  }
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(text);
}
