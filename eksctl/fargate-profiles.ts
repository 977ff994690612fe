import type { ClusterConfig, FargateProfile } from './types';

/** A profile that pods match, so that they run on Fargate, and its name in messages. */
export interface MatchedProfile {
  readonly profile: FargateProfile;
  /** "fargateProfiles[0] 'apps'". */
  readonly name: string;
}

/** The first profile with a selector that matches the pods' namespace and labels. What eksctl refuses matches none. */
export function profileOf(
  pod: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  { fargateProfiles = [] }: ClusterConfig,
): MatchedProfile | undefined {
  if (fargateProfiles.length === 0) {
    return undefined;
  }
  const at = fargateProfiles.findIndex(({ selectors = [] }) =>
    selectors.some(
      ({ namespace, labels }) =>
        isLike(namespace, pod.namespace) &&
        Object.entries(labels ?? {}).every(([key, value]) => isLike(value, pod.labels[key])),
    ),
  );
  const profile = fargateProfiles[at];
  return profile && { profile, name: `fargateProfiles[${at}] '${profile.name}'` };
}

/** A file that was not checked may lack the pattern. */
const isLike = (pattern: string | undefined, text: string | undefined): boolean =>
  pattern !== undefined && text !== undefined && like(pattern, text);

/** EKS's wildcards: '*' matches any characters, '?' one. */
export function like(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  // where to go on if the rest does not match: the last '*' then takes one more character
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
