import type { Region } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import {
  ACCESS,
  type AuthenticationRef,
  type LoginModel,
  loginPermissions,
  resolveAccess,
  type TriggerAccess,
} from './authentication';
import { NO_PERMISSIONS, type Permissions } from './permissions';

/** How the value of a trigger is divided over the pods. */
export type MetricType = 'AverageValue' | 'Utilization' | 'Value';

/** What every trigger that asks a source takes. */
export interface SourceTriggerProps extends TriggerAccess {
  /** 'AverageValue' divides the value by the number of pods, 'Value' compares it as it is. @default - KEDA's: 'AverageValue' */
  readonly metricType?: 'AverageValue' | 'Value';
}
export const SOURCE: KeyTable<SourceTriggerProps> = { ...ACCESS, metricType: true };

/** A KEDA trigger as data, in the form of a ScaledObject. */
export interface TriggerSpec {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly metricType?: MetricType;
  readonly authenticationRef?: AuthenticationRef;
}

/** A validated trigger. */
export interface TriggerModel {
  /** For a cluster in this region. */
  readonly spec: (region: Region | undefined) => TriggerSpec;
  /** Its TriggerAuthentication, which the workload makes. */
  readonly login?: LoginModel | undefined;
  /** What the role of KEDA's operator must be allowed. */
  readonly permissions: (region: Region | undefined) => Permissions;
  /** Whether it cannot work without a region of AWS. */
  readonly needsRegion?: boolean;
  /** The prop with the value that starts the first pod, where it is set. */
  readonly activation?: string | undefined;
}

/** A value of metadata before it is a text; undefined is left out. */
type Value = string | number | boolean | undefined;

/** The texts of metadata. */
export function texts(values: Readonly<Record<string, Value>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

/** How a scaler logs in. */
export interface ScalerAccess {
  /** Parameters that it reads from a secret. */
  readonly parameters: readonly string[];
  /** What its role must be allowed; undefined if it does not ask AWS. */
  readonly asks?: ((region: Region | undefined) => Permissions) | undefined;
}

/** The model of a trigger that asks a source. Without a login, one that asks AWS uses the role of the operator. */
export function sourceTrigger(
  check: Check,
  props: SourceTriggerProps,
  { parameters, asks }: ScalerAccess,
  trigger: {
    readonly type: string;
    readonly metadata: (region: Region | undefined) => Readonly<Record<string, Value>>;
    readonly activation?: string | undefined;
  },
): TriggerModel {
  const { metricType, authenticationRef } = props;
  if (metricType !== undefined) {
    check.oneOf('metricType', metricType, ['AverageValue', 'Value']);
  }
  const given = resolveAccess(check, props, { parameters, takesRole: asks !== undefined });
  const needsRole = asks !== undefined && authenticationRef === undefined;
  const login = needsRole ? { roleArn: undefined, allow: [], secrets: {}, ...given, hasPodIdentity: true } : given;
  return {
    spec: (region) => ({
      type: trigger.type,
      metadata: texts(trigger.metadata(region)),
      ...(metricType === undefined ? {} : { metricType }),
      ...(authenticationRef === undefined ? {} : { authenticationRef: { ...authenticationRef } }),
    }),
    login,
    // a TriggerAuthentication that exists has its own role
    permissions: (region) =>
      login === undefined ? NO_PERMISSIONS : loginPermissions(login, region, asks?.(region) ?? NO_PERMISSIONS),
    needsRegion: asks !== undefined,
    activation: trigger.activation,
  };
}

/** A number, which KEDA reads as decimal. */
export function amount(check: Check, field: string, value: unknown, example: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    check.fail(
      value === undefined ? 'required' : 'type',
      field,
      value === undefined ? `${field} is required` : `${field} must be a number, but is ${describe(value)}`,
      `write for example ${example}`,
    );
  }
  return value;
}

/** A number that may be left out. */
export function optionalAmount(check: Check, field: string, value: unknown, example: number): number | undefined {
  return value === undefined ? undefined : amount(check, field, value, example);
}

/** The name of the activation prop, if it is set. */
export const activationOf = (field: string, value: unknown): string | undefined =>
  value === undefined ? undefined : field;
