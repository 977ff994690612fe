import type { Check } from '../core/check';
import type { ObjectMeta, VerticalPodAutoscaler } from '../core/k8s';
import type { WorkloadShape } from './shape';

/** What a VerticalPodAutoscaler watches; undefined without the prop. */
export type VerticalTarget = Pick<VerticalPodAutoscaler['spec']['targetRef'], 'apiVersion' | 'kind'>;

/** The controller by pattern. A BatchJob has another name each time that it changes. */
const CONTROLLERS: Readonly<Record<string, VerticalTarget>> = {
  service: { apiVersion: 'apps/v1', kind: 'Deployment' },
  worker: { apiVersion: 'apps/v1', kind: 'Deployment' },
  'stateful-service': { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  'node-agent': { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  'scheduled-job': { apiVersion: 'batch/v1', kind: 'CronJob' },
};

const ROLLOUT: VerticalTarget = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };

export function resolveVertical(
  check: Check,
  mode: 'recommend' | undefined,
  { component, argo }: WorkloadShape,
): VerticalTarget | undefined {
  if (mode === undefined) {
    return undefined;
  }
  check.oneOf('verticalPodAutoscaler', mode, ['recommend']);
  const target = argo ? ROLLOUT : CONTROLLERS[component];
  if (!target) {
    check.fail(
      'forbidden',
      'verticalPodAutoscaler',
      `verticalPodAutoscaler must be left out: ${
        component === 'scaled-job'
          ? 'it does not know a ScaledJob of KEDA'
          : 'a BatchJob runs once, so there is no history to recommend from'
      }`,
      'leave it out',
    );
  }
  return target;
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
