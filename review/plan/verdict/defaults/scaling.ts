import { isObject } from '../../../../kube/loose';
import type { Draft } from '../draft';
import { isEmpty } from '../values';
import type { Defaults } from './default';

const CPU = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};
const UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

/** Rules that are not given, and of given ones what is missing. */
function rules(given: unknown, values: Draft): Draft {
  const own = isObject(given) ? Object.entries(given).filter(([, value]) => value !== undefined && value !== null) : [];
  return { ...values, ...Object.fromEntries(own) };
}

export const SCALING_DEFAULTS: Defaults = {
  HorizontalPodAutoscalerBehavior: {
    fill: (draft) => {
      draft.scaleUp = rules(draft.scaleUp, UP);
      draft.scaleDown = rules(draft.scaleDown, DOWN);
    },
  },
  HorizontalPodAutoscalerSpec: {
    values: { minReplicas: 1 },
    fill: (draft) => {
      if (isEmpty(draft.metrics)) {
        draft.metrics = [CPU];
      }
    },
  },
  PriorityClass: { values: { preemptionPolicy: 'PreemptLowerPriority' } },
};
