import { asList } from '../../../kube/loose';
import type { Context, Draft } from './draft';

export const CONTROL_PLANE_MINUTES = [8, 30] as const;
/** Of one add-on. */
export const ADDON_MINUTES = [1, 5] as const;

/** From one minor version to another, and the fields that this is for. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly fields: readonly string[];
}

/** Pods on Fargate keep the kubelet that they started with. */
export function restartFargate({ new: next }: Context, draft: Draft, version: string, fields: readonly string[]): void {
  if (asList(next.fargateProfiles).length > 0) {
    draft.step('nodes', {
      id: `upgrade/fargate/${version}`,
      text: 'Restart the workloads on Fargate, such as by `kubectl rollout restart`: their pods keep the kubelet that they started with',
      fields,
      risk: 'notice',
    });
  }
}
