import { parseArn } from '../../eks/arn';
import type { Arn } from '../../eks/values';
import { describe } from '../../kube/describe';
import { indexPath, keyPath, nearest } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** An Allow statement of an IAM policy. */
export interface AwsStatement {
  /** Actions, as 'service:Action' with wildcards in Action: 'dynamodb:GetItem'. */
  readonly actions: readonly string[];
  /** ARNs of resources, or '*' for all. */
  readonly resources: readonly Arn[];
  /**
   * IAM conditions: operator, key, values. An operator that IAM does not have, and a key without its prefix, are refused.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const STATEMENT: KeyTable<AwsStatement> = { actions: 'texts', resources: 'texts', conditions: 'map' };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: readonly string[] = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
];

/** What a reader of an example was meant to replace. */
const PLACEHOLDER = /<[^>]*>|\$\{AWS::|^arn:[^:]*:[^:]*:(?:[A-Z_-]+:|[^:]*:[A-Z_-]+:)/;

export function checkStatement(check: Check, field: string, statement: AwsStatement): void {
  check.keys<AwsStatement>(field, statement, STATEMENT);
  for (const key of ['actions', 'resources'] as const) {
    if (!statement[key]?.length) {
      check.fail(
        statement[key] === undefined ? 'required' : 'invalid',
        `${field}.${key}`,
        `${field}.${key} must have at least one entry`,
        key === 'actions' ? "write for example ['s3:GetObject']" : "write ARNs, or ['*'] for every resource",
      );
    }
  }
  for (const [i, action] of statement.actions.entries()) {
    if (!/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
      const at = indexPath(`${field}.actions`, i);
      check.fail(
        'invalid',
        at,
        `${at} must be 'service:Action', but is '${action}'`,
        "write for example 'dynamodb:GetItem'",
      );
    }
  }
  for (const [i, resource] of statement.resources.entries()) {
    const at = indexPath(`${field}.resources`, i);
    if (resource !== '*' && parseArn(resource) === undefined) {
      check.fail('invalid', at, `${at} must be an ARN or '*', but is '${resource}'`, 'write the ARN of the resource');
    }
    if (PLACEHOLDER.test(resource)) {
      check.fail(
        'invalid',
        at,
        `${at} must not have a placeholder, but is '${resource}'`,
        'write the region and the account',
      );
    }
  }
  checkConditions(check, `${field}.conditions`, statement.conditions ?? {});
}

function checkConditions(check: Check, field: string, conditions: NonNullable<AwsStatement['conditions']>): void {
  for (const [operator, keys] of Object.entries(conditions)) {
    const at = keyPath(field, operator);
    const name = operator.replace(/^For(?:AllValues|AnyValue):/, '').replace(/(?<!^Null)IfExists$/, '');
    if (!OPERATORS.includes(name)) {
      const meant = nearest(name, OPERATORS);
      check.fail(
        'unsupported',
        at,
        `${at} must be an operator of IAM, but is '${operator}'`,
        meant === undefined ? "write for example 'StringEquals'" : `write '${meant}'`,
      );
    }
    check.typed(at, keys, 'map');
    for (const [key, value] of Object.entries(keys)) {
      const place = keyPath(at, key);
      if (!/^[A-Za-z0-9-]+:\S/.test(key)) {
        check.fail(
          'invalid',
          place,
          `${place} must be a key with its prefix, but is '${key}'`,
          "write for example 'aws:ResourceTag/team'",
        );
      }
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (values.length === 0 || values.some((one) => typeof one !== 'string')) {
        check.fail(
          values.length === 0 ? 'invalid' : 'type',
          place,
          `${place} must be a string or a list of strings, but is ${describe(value)}`,
          "write the value in quotes, also 'true'",
        );
      }
    }
  }
}
