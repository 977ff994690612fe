import type { Check } from '../core/check';
import type { ObjectMeta, VerticalPodAutoscaler } from '../core/k8s';
import { CONTROLLER_KINDS, type ControllerKey } from '../core/place-of-field';
import type { WorkloadShape } from './shape';

/** What a VerticalPodAutoscaler watches; undefined without the prop. */
export type VerticalTarget = Pick<VerticalPodAutoscaler['spec']['targetRef'], 'apiVersion' | 'kind'>;

/** Why it watches no object of the kind. */
const UNKNOWN: Partial<Record<ControllerKey, string>> = {
  job: 'a BatchJob runs once, so there is no history to recommend from',
  scaledJob: 'it does not know a ScaledJob of KEDA',
};

export function resolveVertical(
  check: Check,
  mode: 'recommend' | undefined,
  { controller }: WorkloadShape,
): VerticalTarget | undefined {
  if (mode === undefined) {
    return undefined;
  }
  check.oneOf('verticalPodAutoscaler', mode, ['recommend']);
  const unknown = UNKNOWN[controller];
  if (unknown !== undefined) {
    check.fail(
      'forbidden',
      'verticalPodAutoscaler',
      `verticalPodAutoscaler must be left out: ${unknown}`,
      'leave it out',
    );
  }
  const [apiVersion, kind] = CONTROLLER_KINDS[controller];
  return { apiVersion, kind };
}

/** Off: it changes no pod, and its status has the recommendations. */
export function verticalPodAutoscaler(
  metadata: ObjectMeta & { name: string },
  target: VerticalTarget,
): VerticalPodAutoscaler {
  return {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata,
    spec: { targetRef: { ...target, name: metadata.name }, updatePolicy: { updateMode: 'Off' } },
  };
}
