import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import type { Permissions } from './permissions';
import {
  activationOf,
  amount,
  optionalAmount,
  SOURCE,
  type SourceTriggerProps,
  sourceTrigger,
  type TriggerModel,
} from './trigger';

/** How KEDA logs in to Prometheus. */
export type PrometheusAuthMode = 'basic' | 'bearer' | 'tls' | 'custom';

/** The result of a query of Prometheus. */
export interface PrometheusTriggerProps extends SourceTriggerProps {
  /**
   * URL of Prometheus: 'http://prometheus.monitoring.svc:9090'. A workspace of Amazon Managed Service for Prometheus is read
   * with the role of KEDA's operator.
   */
  readonly serverAddress: string;
  /** A query with one value as its result, such as sum(rate(requests_total[2m])). */
  readonly query: string;
  /** Value for each replica. */
  readonly threshold: number;
  /** Value above which the first replica starts, with `min: 0`. @default 0 */
  readonly activationThreshold?: number;
  /** The namespace that the query is limited to, for Prometheus with tenants. @default - all */
  readonly namespace?: string;
  /** Whether no result counts as 0. Otherwise it is an error, and `fallback` holds. @default true */
  readonly ignoreNullValues?: boolean;
  /**
   * How it logs in, with `authentication.secrets`: 'basic' with `username` and `password`, 'bearer' with `bearerToken`, 'tls'
   * with `cert` and `key`, 'custom' with `customAuthHeader` and `customAuthValue`. Not for a workspace of AWS.
   *
   * @default - no login
   */
  readonly authModes?: readonly PrometheusAuthMode[];
}

const PROPS: KeyTable<PrometheusTriggerProps> = {
  ...SOURCE,
  serverAddress: 'text',
  query: 'text',
  threshold: true,
  activationThreshold: true,
  namespace: 'text',
  ignoreNullValues: 'boolean',
  authModes: 'texts',
};
const MODES: Readonly<Record<PrometheusAuthMode, readonly string[]>> = {
  basic: ['username', 'password'],
  bearer: ['bearerToken'],
  tls: ['cert', 'key'],
  custom: ['customAuthHeader', 'customAuthValue'],
};
const WORKSPACE = /^https:\/\/aps-workspaces[.-].*?([a-z]{2}(?:-[a-z]+)+-\d)\./;
const PERMISSIONS: Permissions = { managedPolicies: ['AmazonPrometheusQueryAccess'], statements: [] };

export function prometheusTrigger(props: PrometheusTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.prometheus');
  check.keys<PrometheusTriggerProps>('props', props ?? null, PROPS);
  const { namespace, ignoreNullValues, authModes } = props;
  const serverAddress = check.text('serverAddress', props.serverAddress);
  if (!/^https?:\/\/[^\s/]+/.test(serverAddress)) {
    check.fail(
      'invalid',
      'serverAddress',
      `serverAddress must be an http or https URL, but is '${serverAddress}'`,
      "write for example 'http://prometheus.monitoring.svc:9090'",
    );
  }
  const query = check.text('query', props.query);
  const threshold = amount(check, 'threshold', props.threshold, 100);
  const activationThreshold = optionalAmount(check, 'activationThreshold', props.activationThreshold, 5);
  if (namespace !== undefined) {
    check.text('namespace', namespace);
  }
  check.typed('ignoreNullValues', ignoreNullValues, 'boolean');
  const region = WORKSPACE.exec(serverAddress)?.[1];
  checkModes(check, props, region !== undefined);
  const model = sourceTrigger(
    check,
    props,
    { parameters: [...Object.values(MODES).flat(), 'ca'], asks: region === undefined ? undefined : () => PERMISSIONS },
    {
      type: 'prometheus',
      metadata: () => ({
        serverAddress,
        query,
        threshold,
        activationThreshold,
        namespace,
        ignoreNullValues,
        authModes: authModes?.join(','),
        awsRegion: region,
      }),
      activation: activationOf('activationThreshold', activationThreshold),
    },
  );
  return { ...model, needsRegion: false };
}

function checkModes(
  check: Check,
  { authModes, authentication, authenticationRef }: PrometheusTriggerProps,
  ofAws: boolean,
): void {
  if (authModes === undefined) {
    if (Object.keys(authentication?.secrets ?? {}).length > 0) {
      check.fail('required', 'authModes', 'authModes is required with authentication.secrets', "write ['bearer']");
    }
    return;
  }
  if (!Array.isArray(authModes) || authModes.length === 0) {
    check.fail(
      'type',
      'authModes',
      `authModes must be a list that is not empty, but is ${describe(authModes)}`,
      "write ['bearer']",
    );
  }
  for (const [i, mode] of (authModes as readonly PrometheusAuthMode[]).entries()) {
    check.oneOf(`authModes[${i}]`, mode, Object.keys(MODES));
    for (const name of authenticationRef === undefined ? MODES[mode] : []) {
      if (authentication?.secrets?.[name] === undefined) {
        check.fail(
          'required',
          `authentication.secrets.${name}`,
          `authentication.secrets.${name} is required with the mode '${mode}'`,
          `write secrets: { ${name}: secret.key('...') }, or authenticationRef`,
        );
      }
    }
  }
  const both = authModes.includes('basic') && authModes.includes('bearer');
  if (ofAws || both) {
    check.fail(
      'forbidden',
      'authModes',
      ofAws
        ? 'authModes must not be set for a workspace of AWS, which KEDA reads with its role'
        : "authModes must not have both 'basic' and 'bearer'",
      'leave it out',
    );
  }
}
