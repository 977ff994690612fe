import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import { Check } from './check';
import type { Because } from './values';

interface Need {
  readonly kind: string;
  readonly name: string;
}
const NEED: KeyTable<Need> = { kind: 'text', name: 'text' };

/** A Requirement, whose type is declared by those that use this. */
interface AnyRequirement extends Because {
  readonly id: string;
  readonly need?: Need;
  check(cluster: never): { readonly status: string };
}

/** The statuses, with the keys that belong to each. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  met: [],
  unknown: [],
  provided: ['addition'],
  unmet: ['message', 'fix'],
};

/** A requirement whose check fails with the place of the requirement. */
export function checkedRequirement<R extends AnyRequirement>(scope: IConstruct, field: string, requirement: R): R {
  const check = Check.of(scope);
  if (typeof requirement !== 'object' || requirement === null || typeof requirement.check !== 'function') {
    check.fail(
      'type',
      field,
      `${field} must be a requirement with a function check, but is ${describe(requirement)}`,
      "write Requirements.addon('...', { because: '...' }) or another of its functions",
    );
  }
  check.text(`${field}.id`, requirement.id);
  check.because(field, requirement.because);
  if (requirement.need !== undefined) {
    check.keys<Need>(`${field}.need`, requirement.need, NEED);
    check.text(`${field}.need.kind`, requirement.need.kind);
    check.text(`${field}.need.name`, requirement.need.name);
  }
  const call = (cluster: never): { readonly status: string } => {
    const what = `the check of requirement '${requirement.id}'`;
    const result: Readonly<Record<string, unknown>> | undefined = check.run(field, what, () =>
      requirement.check(cluster),
    );
    const parts = PARTS[result?.status as string];
    if (parts?.every((part) => result?.[part]) !== true) {
      check.fail(
        'type',
        field,
        `${what} must return a status with what belongs to it, but returns ${describe(result)}`,
        "return { status: 'met' } or 'unknown', { status: 'unmet', message, fix }, or { status: 'provided', addition }",
      );
    }
    return result as unknown as { readonly status: string };
  };
  // what the object inherits is kept
  return Object.create(requirement, { check: { value: call } }) as R;
}

/** The arguments of the functions of Requirements. @param allowed the words, or a count; any text without it */
export function checkArguments(
  what: string,
  argument: Readonly<Record<string, unknown>>,
  reason: Because,
  allowed?: readonly string[] | 'count',
): void {
  const check = new Check(what);
  for (const field of Object.keys(argument)) {
    const value = argument[field];
    if (allowed === undefined) {
      check.text(field, value);
    } else if (allowed === 'count') {
      check.integer(field, value, 1);
    } else {
      check.oneOf(field, value, allowed);
    }
  }
  check.because('reason', (reason as Because | undefined)?.because);
}
