import { isUtilization } from '../../../kube/keda-triggers';
import { keyPath } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { ACCESS, loginPermissions, resolveAccess, type TriggerAccess } from './authentication';
import { NO_PERMISSIONS } from './permissions';
import type { MetricType, TriggerModel } from './trigger';

/** What a trigger has beside its metadata. */
export interface TriggerOptions extends TriggerAccess {
  /** How its value is divided over the pods; required for 'cpu' and 'memory'. @default - KEDA's: 'AverageValue' */
  readonly metricType?: MetricType;
}

const OPTIONS: KeyTable<TriggerOptions> = { ...ACCESS, metricType: true };
const METRIC_TYPES: readonly MetricType[] = ['AverageValue', 'Utilization', 'Value'];

export function rawTrigger(
  type: string,
  metadata: Readonly<Record<string, string>>,
  options: TriggerOptions,
): TriggerModel {
  const check = new Check('ScaleTrigger.keda');
  check.text('type', type);
  check.keys<TriggerOptions>('options', options, OPTIONS);
  check.typed('metadata', metadata ?? null, 'map');
  for (const [key, value] of Object.entries(metadata)) {
    check.typed(keyPath('metadata', key), value ?? null, 'text');
  }
  const { metricType, authenticationRef } = options;
  if (metricType !== undefined) {
    check.oneOf('metricType', metricType, METRIC_TYPES);
  } else if (isUtilization(type)) {
    check.fail('required', 'metricType', `metricType is required for '${type}'`, "write { metricType: 'Utilization' }");
  }
  const login = resolveAccess(check, options, { parameters: undefined, takesRole: true });
  return {
    spec: () => ({
      type,
      metadata: { ...metadata },
      ...(metricType === undefined ? {} : { metricType }),
      ...(authenticationRef === undefined ? {} : { authenticationRef: { ...authenticationRef } }),
    }),
    login,
    permissions: (region) => (login ? loginPermissions(login, region, NO_PERMISSIONS) : NO_PERMISSIONS),
  };
}
