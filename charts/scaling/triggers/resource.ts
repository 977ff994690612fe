import { describe } from '../../../kube/describe';
import { parseQuantity } from '../../../kube/quantity';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { NO_PERMISSIONS } from './permissions';
import { type TriggerModel, texts } from './trigger';

/** What the pods use of CPU or memory. */
export interface ResourceTriggerProps {
  /** 'Utilization' in percent of the request, 'AverageValue' as an amount of each pod. @default 'Utilization' */
  readonly metricType?: 'Utilization' | 'AverageValue';
  /** Percent of the request, 1 to 1000, or with 'AverageValue' a quantity such as '500m' or '400Mi'. */
  readonly value: number | string;
  /** The container that is measured, such as the workload's own, which has the name of the workload. @default - all containers together */
  readonly containerName?: string;
}

const PROPS: KeyTable<ResourceTriggerProps> = { metricType: true, value: true, containerName: 'text' };

export function resourceTrigger(resource: 'cpu' | 'memory', props: ResourceTriggerProps): TriggerModel {
  const check = new Check(`ScaleTrigger.${resource}`);
  check.keys<ResourceTriggerProps>('props', props ?? null, PROPS);
  const { metricType = 'Utilization', value, containerName } = props;
  check.oneOf('metricType', metricType, ['Utilization', 'AverageValue']);
  if (metricType === 'Utilization') {
    check.integer('value', value, 1, 1000);
  } else if (typeof value !== 'string' || (parseQuantity(value) ?? 0n) <= 0n) {
    const example = resource === 'cpu' ? '500m' : '400Mi';
    check.fail(
      value === undefined ? 'required' : 'invalid',
      'value',
      `value must be a quantity above zero with metricType 'AverageValue', but is ${describe(value)}`,
      `write for example '${example}'`,
    );
  }
  if (containerName !== undefined) {
    check.text('containerName', containerName);
  }
  const metadata = texts({ value, containerName });
  return { spec: () => ({ type: resource, metricType, metadata }), permissions: () => NO_PERMISSIONS };
}
