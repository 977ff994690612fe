import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** uid, and gid where it differs. */
export interface UserIds {
  /** 1-65534. */
  readonly uid: number;
  /** @default - the uid */
  readonly gid?: number;
}
/** Root, and why; refused in a tenant of level 'restricted'. */
export interface RootUser {
  /** One sentence for the reader of the manifest. */
  readonly root: string;
}
/**
 * The numeric identity that the image runs as: a uid (and gid), or 'image' when the image's own USER is numeric. A named
 * USER cannot be verified as non-root by the kubelet, and a foreign uid cannot enter a home made by `useradd`, so no
 * guess is right. Root must say why.
 */
export type User = number | 'image' | UserIds | RootUser;

/** A user, judged. */
export interface UserModel {
  /** undefined: the image's own. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Why the pod runs as root. */
  readonly rootBecause: string | undefined;
}

/** Whoever the image says, but not root. */
export const NOT_ROOT: UserModel = { uid: undefined, gid: undefined, rootBecause: undefined };

const IDS: KeyTable<UserIds> = { uid: true, gid: true };
const ROOT: KeyTable<RootUser> = { root: true };
const MAX_ID = 65534;

export function resolveUser(check: Check, user: User | undefined): UserModel {
  if (user === undefined) {
    check.fail(
      'no user: the uid that the image runs as is not known',
      "write user: 1000 (the numeric USER of the image's Dockerfile), user: 'image' when that is numeric already, or set it once in the defaults of the app or the tenant",
    );
  }
  if (user === 'image') {
    return NOT_ROOT;
  }
  if (typeof user === 'object' && 'root' in user) {
    check.keys<RootUser>('user', user, ROOT);
    return { uid: 0, gid: 0, rootBecause: check.text('user.root, the reason to run as root,', user.root) };
  }
  const ids = typeof user === 'number' ? { uid: user } : user;
  check.keys<UserIds>('user', ids, IDS);
  const { uid, gid = uid } = ids as UserIds;
  if (uid === 0 || gid === 0) {
    check.fail(
      `user ${describe(user)} is root`,
      "write user: { root: 'why it has to be root' }, or the image's unprivileged uid",
    );
  }
  check.integer('user.uid', uid, 1, MAX_ID);
  check.integer('user.gid', gid, 1, MAX_ID);
  return { uid, gid, rootBecause: undefined };
}
