import type { Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import { indexPath, keyPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { AwsAccess } from './aws-props';
import { AwsGrant } from './grants/grant';
import { AwsResource } from './grants/resource';
import { type AwsStatement, checkStatement } from './statement';

/** The entries of `aws.allow`: grants, and statements as they are written. */
export function checkAllowed(check: Check, allow: readonly (AwsGrant | AwsStatement)[]): void {
  for (const [i, one] of allow.entries()) {
    const field = indexPath('aws.allow', i);
    if ((one as unknown) instanceof AwsResource) {
      check.fail(
        'type',
        field,
        `${field} must be a grant, but is a resource without what may be done with it`,
        "write for example Aws.s3('bucket').read()",
      );
    }
    if (!(one instanceof AwsGrant)) {
      checkStatement(check, field, one);
    }
  }
}

/** The statements of a policy, each once: two grants on a bucket both list it. */
export function statementsOf(aws: AwsAccess | undefined, region: Region | undefined): readonly AwsStatement[] {
  const site = { region, account: aws?.account };
  const all = (aws?.allow ?? []).flatMap((one) => (one instanceof AwsGrant ? one.statements(site) : [one]));
  return [...new Map(all.map((statement) => [JSON.stringify(statement), statement])).values()];
}

/** What has variables, and grants that give some. */
interface Granted {
  readonly env?: object;
  readonly aws?: AwsAccess;
}

/** The props with the variables that grants give. The same object where they give none. */
export function withGrantVariables<P extends Granted>(check: Check, props: P, region: Region | undefined): P {
  const { allow } = props.aws ?? {};
  if (!Array.isArray(allow) || !allow.some((one: unknown) => one instanceof AwsGrant && one.variable)) {
    return props;
  }
  const site = { region, account: props.aws?.account };
  const given = new Map<string, string>();
  for (const [i, one] of (allow as readonly unknown[]).entries()) {
    if (!(one instanceof AwsGrant) || one.variable === undefined) {
      continue;
    }
    const field = indexPath('aws.allow', i);
    const { name } = one.variable;
    const value = one.variable.value(site);
    if (value === undefined) {
      check.fail(
        'required',
        region === undefined ? field : 'aws.account',
        `${region === undefined ? `the region of ${field}` : 'aws.account'} is required, since ${one.of} puts it into variable ${name}`,
        region === undefined
          ? 'write the ARN of the resource'
          : "write account: '111122223333', or the ARN of the resource",
      );
    }
    const other = given.get(name);
    if (other === undefined ? Object.hasOwn(props.env ?? {}, name) : other !== value) {
      check.fail(
        'duplicate',
        other === undefined ? keyPath('env', name) : field,
        `env.${name} must be left out, since ${field} gives it${other === undefined ? '' : ` the value ${describe(value)}, and another grant ${describe(other)}`}`,
        'rename one of the variables',
      );
    }
    given.set(name, value);
  }
  return { ...props, env: Object.fromEntries([...Object.entries(props.env ?? {}), ...given]) };
}
