import { valueProblem } from '../../../eks/annotation-values';
import { ALB_ANNOTATIONS, NLB_ANNOTATIONS } from '../../../eks/load-balancer-annotations';
import { keyPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import type { ExposedService } from './way';

type Attributes = Readonly<Record<string, string>>;

/** Forms of the values, by what they are attributes of. */
const FORMS = {
  'expose.attributes': ALB_ANNOTATIONS['load-balancer-attributes']!,
  'expose.targetGroupAttributes': NLB_ANNOTATIONS['target-group-attributes']!,
} as const;
/** Follows from `shutdown`: a target must not outlive its pod. */
const DELAY = 'deregistration_delay.timeout_seconds';

const NONE: Attributes = {};

/** Refuses names and values that AWS does not have. */
export function checkAttributes(check: Check, field: keyof typeof FORMS, attributes: Attributes = NONE): void {
  for (const [name, value] of Object.entries(attributes)) {
    const place = keyPath(field, name);
    check.text(place, value);
    if (name === DELAY) {
      check.fail('forbidden', place, `${place} follows from shutdown`, 'write shutdown: { drain: ... }');
    }
    if (!/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(name)) {
      check.fail(
        'invalid',
        place,
        `${place} must be the name of an attribute of AWS`,
        "write for example 'idle_timeout.timeout_seconds'",
      );
    }
    const problem = valueProblem(asText({ [name]: value }), FORMS[field]);
    if (problem !== undefined) {
      check.fail('invalid', place, `${place} ${problem}`, 'correct the value');
    }
  }
}

/** 'key=value,key=value', in which a backslash keeps a comma. */
export const asText = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}=${value.replaceAll(',', '\\,')}`)
    .join(',');

/** The attributes of a target group, with the time that its pods need to end. */
export const attributesOf = (service: ExposedService, attributes: Attributes = {}): Attributes => ({
  [DELAY]: String(service.deregistrationDelay),
  ...attributes,
});

/** The same as an annotation. */
export const targetGroupAttributes = (service: ExposedService, attributes?: Attributes): string =>
  attributes === undefined ? `${DELAY}=${service.deregistrationDelay}` : asText(attributesOf(service, attributes));

/** The same as objects have it. */
export const asList = (attributes: Attributes): { key: string; value: string }[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value }));
