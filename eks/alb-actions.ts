import { isObject, type Loose } from '../kube/loose';
import { parseJson } from './annotation-values';

/**
 * Actions and conditions of the AWS Load Balancer Controller, as its annotations have them.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions
 */

/** A target group of an action. */
export interface ForwardTarget {
  readonly serviceName: string;
  readonly servicePort: number | string | undefined;
}

/** The Services that an action forwards to. */
export function forwardTargets(text: string): readonly ForwardTarget[] {
  const { forwardconfig } = keysOf(parseJson(text));
  return listOf(keysOf(forwardconfig).targetgroups).flatMap((group): ForwardTarget[] => {
    const { servicename, serviceport } = keysOf(group);
    const port = typeof serviceport === 'number' || typeof serviceport === 'string' ? serviceport : undefined;
    return typeof servicename === 'string' ? [{ serviceName: servicename, servicePort: port }] : [];
  });
}

/** What the controller refuses of an action: 'must have ...'; undefined where it takes it, or where it is not JSON. */
export function actionProblem(text: string): string | undefined {
  const action = parseJson(text);
  if (!isObject(action)) {
    return undefined;
  }
  const { type, forwardconfig, redirectconfig, fixedresponseconfig, targetgrouparn, targetgroupname } = keysOf(action);
  switch (type) {
    case 'forward':
      if (isSet(forwardconfig) === (isSet(targetgrouparn) || isSet(targetgroupname))) {
        return 'must have either forwardConfig or targetGroupARN';
      }
      return isSet(forwardconfig) ? forwardProblem(keysOf(forwardconfig)) : undefined;
    case 'redirect':
      return textsProblem('redirectConfig', redirectconfig, ['host', 'path', 'port', 'protocol', 'query']);
    case 'fixed-response':
      return textsProblem('fixedResponseConfig', fixedresponseconfig, ['contentType', 'messageBody']);
    default:
      return `must have type 'forward', 'redirect' or 'fixed-response', but has ${JSON.stringify(type) ?? 'none'}`;
  }
}

function forwardProblem({ targetgroups }: Loose): string | undefined {
  const groups = listOf(targetgroups).map(keysOf);
  for (const { servicename, serviceport, targetgrouparn, targetgroupname } of groups) {
    if (isSet(servicename) === (isSet(targetgrouparn) || isSet(targetgroupname))) {
      return 'must have either serviceName or targetGroupARN in each target group';
    }
    if (isSet(servicename) && !isSet(serviceport)) {
      return `must have the servicePort of '${String(servicename)}'`;
    }
  }
  return groups.length > 1 && groups.some(({ weight }) => !isSet(weight))
    ? 'must have the weight of each of several target groups'
    : undefined;
}

/** A configuration with a status code, and texts beside it: the controller reads no numbers. */
function textsProblem(name: string, value: unknown, texts: readonly string[]): string | undefined {
  if (!isSet(value)) {
    return `must have ${name}`;
  }
  const config = keysOf(value);
  const wrong = ['statusCode', ...texts].find((key) => {
    const found = config[key.toLowerCase()];
    return isSet(found) && typeof found !== 'string';
  });
  if (wrong !== undefined) {
    return `must have ${name}.${wrong} as a text, in quotes`;
  }
  return config.statuscode ? undefined : `must have ${name}.statusCode`;
}

/** The configuration of each field of a condition. */
const CONDITIONS: Readonly<Record<string, string>> = {
  'host-header': 'hostHeaderConfig',
  'http-header': 'httpHeaderConfig',
  'http-request-method': 'httpRequestMethodConfig',
  'path-pattern': 'pathPatternConfig',
  'query-string': 'queryStringConfig',
  'source-ip': 'sourceIPConfig',
};

/** What the controller refuses of conditions. */
export function conditionsProblem(text: string): string | undefined {
  for (const condition of listOf(parseJson(text)).map(keysOf)) {
    const { field } = condition;
    const name = typeof field === 'string' && Object.hasOwn(CONDITIONS, field) ? CONDITIONS[field]! : undefined;
    if (!name) {
      return `must have a field of ${Object.keys(CONDITIONS).join(', ')}, but has ${JSON.stringify(field) ?? 'none'}`;
    }
    const { values, regexvalues } = keysOf(condition[name.toLowerCase()]);
    if (listOf(values).length === 0 && listOf(regexvalues).length === 0) {
      return `must have ${name}.values for the field '${field as string}'`;
    }
  }
  return undefined;
}

/** The controller reads keys in any case. */
function keysOf(value: unknown): Loose {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one as unknown]))
    : {};
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const isSet = (value: unknown): boolean => value !== undefined && value !== null;
