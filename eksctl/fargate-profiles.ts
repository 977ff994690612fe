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
  let p = 0;
  let t = 0;
  // where to go on when the rest does not fit: the last '*', which then takes one character more
  let star = -1;
  let taken = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      taken = t;
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') {
    p++;
  }
  return p === pattern.length;
}
