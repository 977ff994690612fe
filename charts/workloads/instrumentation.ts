import { describe } from '../../kube/describe';
import { isDnsLabel } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { type Requirement, Requirements } from '../core/requirements';
import type { Connectable } from '../network/targets';

/** Languages of which both operators inject the libraries. */
const LANGUAGES = ['java', 'nodejs', 'python', 'dotnet'] as const;
/** The runtime of the workload's own container. */
export type InstrumentedLanguage = (typeof LANGUAGES)[number];

/** Libraries that the OpenTelemetry operator injects. */
export interface OpenTelemetryInstrumentation {
  /** 'java', 'nodejs', 'python' or 'dotnet'. */
  readonly language: InstrumentedLanguage;
  /**
   * Where the libraries send to: the endpoint in the Instrumentation, such as a collector of this app on its OTLP port.
   * Opens both sides, as `connectsTo`. Required in an isolated tenant.
   */
  readonly exportsTo?: Connectable;
  /** The Instrumentation, as 'name' or 'namespace/name'. @default - the only one of the namespace */
  readonly instrumentation?: string;
}

/** Libraries that the CloudWatch agent's operator injects. */
export interface SignalsInstrumentation {
  /** 'java', 'nodejs', 'python' or 'dotnet'. */
  readonly language: InstrumentedLanguage;
}

const OPEN_TELEMETRY: KeyTable<OpenTelemetryInstrumentation> = {
  language: true,
  exportsTo: 'object',
  instrumentation: 'text',
};
const SIGNALS: KeyTable<SignalsInstrumentation> = { language: true };
const PREFIX = 'instrumentation.opentelemetry.io/inject-';

type Given =
  | { readonly by: 'opentelemetry'; readonly props: OpenTelemetryInstrumentation }
  | { readonly by: 'application-signals'; readonly props: SignalsInstrumentation };

/**
 * Traces and metrics by libraries that an operator injects into the pods when they are created, without a change of the
 * image. The operator must run before the pods start; pods that run already are not changed.
 */
export class Instrumentation {
  /**
   * By the OpenTelemetry operator, which the add-on 'adot' brings too. The Instrumentation is yours.
   *
   * @see https://opentelemetry.io/docs/platforms/kubernetes/operator/automatic/
   */
  static openTelemetry(props: OpenTelemetryInstrumentation): Instrumentation {
    return new Instrumentation({ by: 'opentelemetry', props });
  }

  /**
   * By CloudWatch Application Signals. The add-on 'amazon-cloudwatch-observability' is a requirement, which brings Container
   * Insights as well; the policy lets the pods call its agent on their node. Not on Fargate, where it does not run.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Application-Signals-Enable-EKS.html
   */
  static applicationSignals(props: SignalsInstrumentation): Instrumentation {
    return new Instrumentation({ by: 'application-signals', props });
  }

  private constructor(
    /** @internal */
    readonly given: Given,
  ) {}
}

/** Ports of the CloudWatch agent: OTLP over HTTP, and the sampling rules of X-Ray. */
export const AGENT_PORTS = [
  { port: 4316, protocol: 'TCP' },
  { port: 2000, protocol: 'TCP' },
] as const;

/** Checks the prop of a workload. */
export function checkInstrumentation(
  check: Check,
  instrumentation: unknown,
  { isolated, computeType }: { readonly isolated: boolean; readonly computeType: string | undefined },
): asserts instrumentation is Instrumentation {
  const field = 'instrumentation';
  if (!(instrumentation instanceof Instrumentation)) {
    throw check.error(
      'type',
      field,
      `${field} must be an Instrumentation, but is ${describe(instrumentation)}`,
      "write Instrumentation.openTelemetry({ language: 'java', ... }) or Instrumentation.applicationSignals({ language: 'java' })",
    );
  }
  const { by, props } = instrumentation.given;
  if (by === 'opentelemetry') {
    check.keys<OpenTelemetryInstrumentation>(field, props, OPEN_TELEMETRY);
  } else {
    check.keys<SignalsInstrumentation>(field, props, SIGNALS);
  }
  check.oneOf(`${field}.language`, props.language, LANGUAGES);
  if (by === 'application-signals') {
    if (computeType === 'fargate') {
      check.fail(
        'forbidden',
        field,
        'Instrumentation.applicationSignals must not be used on Fargate, which runs no agent of CloudWatch on its nodes',
        'use Instrumentation.openTelemetry with a collector of your own',
      );
    }
    return;
  }
  if (isolated && props.exportsTo === undefined) {
    check.fail(
      'required',
      `${field}.exportsTo`,
      `${field}.exportsTo is required in an isolated tenant, whose policies drop what is not declared`,
      'write the collector that the Instrumentation names as its endpoint',
    );
  }
  checkName(check, `${field}.instrumentation`, props.instrumentation);
}

function checkName(check: Check, field: string, name: unknown): void {
  const parts = typeof name === 'string' ? name.split('/') : [];
  if (name !== undefined && (parts.length < 1 || parts.length > 2 || !parts.every(isDnsLabel))) {
    check.fail(
      typeof name === 'string' ? 'invalid' : 'type',
      field,
      `${field} must be 'name' or 'namespace/name' of an Instrumentation, but is ${describe(name)}`,
      "write for example 'observability/default'",
    );
  }
}

/** The annotation of the pods that the operator looks for. */
export function instrumentationAnnotations(instrumentation: Instrumentation | undefined): Record<string, string> {
  if (instrumentation === undefined) {
    return {};
  }
  const { by, props } = instrumentation.given;
  return { [`${PREFIX}${props.language}`]: (by === 'opentelemetry' ? props.instrumentation : undefined) ?? 'true' };
}

/** What injects the libraries. */
export function instrumentationRequirement(instrumentation: Instrumentation, path: string): Requirement {
  const { by } = instrumentation.given;
  const because = `'${path}' is instrumented`;
  return by === 'opentelemetry'
    ? Requirements.api('opentelemetry.io/v1alpha1/Instrumentation', { because })
    : Requirements.addon('amazon-cloudwatch-observability', { because });
}
