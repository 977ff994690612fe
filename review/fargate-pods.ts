import { type MatchedProfile, profileOf } from '../eksctl/fargate-profiles';
import type { Inventory, PodObject } from '../kube/inventory';
import type { ClusterSide } from './cluster-side';

/** The pods that a Fargate profile takes, with the profile. */
export function fargatePods(
  { config }: ClusterSide,
  inventory: Inventory,
): readonly (readonly [pod: PodObject, profile: MatchedProfile])[] {
  return config.fargateProfiles?.length
    ? inventory.pods.flatMap((pod) => {
        const profile = profileOf(pod, config);
        return profile ? [[pod, profile] as const] : [];
      })
    : [];
}

/** The way out of every finding about Fargate. */
export const LEAVE_FARGATE =
  'let the selectors of the profile leave them out (by labels, or another namespace), so that nodes take them';
