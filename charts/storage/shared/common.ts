import { describe } from '../../../kube/describe';
import type { KeyTable, Quantity } from '../../../kube/values';
import type { Check } from '../../core/check';

/** Props that most shared volumes have. */
export interface SharedProps {
  /** The size of the claim, which the driver ignores; it counts in the quota of the tenant. @default '1Gi' */
  readonly size?: Quantity;
  /** Whether the pods read only; a single mount can be read-only as well. @default false */
  readonly readOnly?: boolean;
}

/** Who owns the files: a numeric uid, or uid and gid. */
export type FileOwner =
  | number
  | {
      /** 1-65534. */
      readonly uid: number;
      /** 0-65534. @default - the same number as the uid */
      readonly gid?: number;
    };

/** An owner, as far as it is known. */
export interface OwnerModel {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const OWNER: KeyTable<Exclude<FileOwner, number>> = { uid: true, gid: true };
const MAX_ID = 65534;

/** The size where the driver ignores it. */
export function ignoredSize(check: Check, size: Quantity = '1Gi'): string {
  check.quantity('size', size, '1Gi');
  return size;
}

/** The owner, which has numbers. */
export function fileOwner(check: Check, user: FileOwner | undefined): OwnerModel | undefined {
  if (user === undefined) {
    return undefined;
  }
  if (typeof user === 'number') {
    check.integer('user', user, 1, MAX_ID);
    return { uid: user, gid: user };
  }
  check.keys<Exclude<FileOwner, number>>('user', user, OWNER);
  const uid = check.integer('user.uid', user.uid, 1, MAX_ID);
  return { uid, gid: check.integer('user.gid', user.gid ?? uid, 0, MAX_ID) };
}

/** The id of something in AWS: 'fs-0123456789abcdef0'. */
export function awsId(check: Check, field: string, value: unknown, prefix: string): string {
  const text = check.text(field, value);
  if (!new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(text)) {
    check.fail(
      'invalid',
      field,
      `${field} must be an id that begins with '${prefix}-' and has 8 or 17 hexadecimal digits, but is ${describe(value)}`,
      `write for example '${prefix}-0123456789abcdef0'`,
    );
  }
  return text;
}

/** Mount options, as the driver reads them. */
export function mountOptions(check: Check, options: readonly string[] | undefined): readonly string[] {
  for (const [i, option] of (options ?? []).entries()) {
    check.text(`mountOptions[${i}]`, option);
  }
  return options ?? [];
}
