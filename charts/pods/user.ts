import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** A numeric uid, and the gid where it differs. */
export interface UserIds {
  /** 1-65534. */
  readonly uid: number;
  /**
   * 0-65534; also the group of volumes (fsGroup). 0 is for images that give their files to the group root, as those for
   * OpenShift do: it is not the user root.
   *
   * @default - the same number as the uid
   */
  readonly gid?: number;
}
/** Runs as root, with a reason. Refused in a tenant of level 'restricted'. Root has no capabilities here unless it `stepsDown`. */
export interface RootUser {
  /** The reason, one sentence for the reader of the manifest. It becomes an annotation of the pod. */
  readonly root: string;
  /**
   * Whether the entry point gives its folders to another user and goes on as that user, as those of mysql, postgres, redis
   * and nginx do. Keeps the capabilities for it: CHOWN, DAC_OVERRIDE, FOWNER, SETGID and SETUID.
   *
   * @default false - the process stays root
   */
  readonly stepsDown?: boolean;
}
/** The user of a container on Windows, where users have no numbers. */
export interface WindowsUser {
  /**
   * A user of the image, with a domain if it needs one: 'ContainerUser', 'NT AUTHORITY\\NETWORK SERVICE'. For
   * ContainerAdministrator write { root: 'the reason' }.
   */
  readonly runAsUserName: string;
}
/**
 * The user that the container runs as: a numeric uid, a uid and gid, or 'image' when the USER of the image is numeric;
 * on Windows a name, or 'image'. Required on Linux, since there is no safe default: the kubelet cannot verify that a named USER is not root, and another uid
 * cannot read files that belong to the user of the image. Root needs a reason.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html
 */
export type User = number | 'image' | UserIds | RootUser | WindowsUser;

/** A validated user. */
export interface UserModel {
  /** undefined: the user of the image. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Why the pod runs as root. */
  readonly rootBecause: string | undefined;
  /** Whether it goes on as another user. */
  readonly stepsDown: boolean;
  /** On Windows; undefined is the user of the image. */
  readonly runAsUserName?: string;
}

/** The user of the image, which must not be root. */
export const NOT_ROOT: UserModel = { uid: undefined, gid: undefined, rootBecause: undefined, stepsDown: false };

const IDS: KeyTable<UserIds> = { uid: true, gid: true };
const ROOT: KeyTable<RootUser> = { root: 'text', stepsDown: 'boolean' };
const WINDOWS: KeyTable<WindowsUser> = { runAsUserName: 'text' };
const MAX_ID = 65534;
/** DOMAIN\\user, as the API server reads it. */
const WINDOWS_NAME = /^(?:[A-Za-z0-9][A-Za-z0-9 .-]{0,254}\\)?[^"/\\:;|=,+*?<>@[\]\p{Cc}]{1,104}$/u;

export function resolveUser(check: Check, user: User | undefined, field = 'user'): UserModel {
  if (user === undefined) {
    check.fail(
      'required',
      field,
      `${field} is required: the numeric uid that the image runs as`,
      "write user: 1000 with the uid of the image, or user: 'image' when the USER of its Dockerfile is numeric, or set it in the defaults of the app or tenant",
    );
  }
  if (user === 'image') {
    return NOT_ROOT;
  }
  if (typeof user !== 'number' && (typeof user !== 'object' || user === null)) {
    check.fail(
      'type',
      field,
      `${field} must be a numeric uid, { uid, gid }, { root } or 'image', but is ${describe(user)}`,
      'write the uid as a number, such as user: 1000',
    );
  }
  if (typeof user === 'object' && 'root' in user) {
    check.keys<RootUser>(field, user, ROOT);
    const stepsDown: unknown = user.stepsDown ?? false;
    if (typeof stepsDown !== 'boolean') {
      check.fail(
        'type',
        `${field}.stepsDown`,
        `${field}.stepsDown must be a boolean, but is ${describe(stepsDown)}`,
        'write true or leave it out',
      );
    }
    return { uid: 0, gid: 0, rootBecause: check.text(`${field}.root`, user.root), stepsDown };
  }
  if (typeof user === 'object' && 'runAsUserName' in user) {
    return resolveWindowsUser(check, user, field);
  }
  if (typeof user === 'object') {
    check.keys<UserIds>(field, user, IDS);
  }
  const { uid, gid = uid } = typeof user === 'number' ? { uid: user } : (user as UserIds);
  if (uid === 0) {
    check.fail(
      'forbidden',
      field,
      `${field} must not be root (uid 0), but is ${describe(user)}`,
      "write the unprivileged uid of the image, or user: { root: 'the reason' }",
    );
  }
  check.integer(typeof user === 'number' ? field : `${field}.uid`, uid, 1, MAX_ID);
  if (gid !== uid) {
    check.integer(`${field}.gid`, gid, 0, MAX_ID);
  }
  return { uid, gid, rootBecause: undefined, stepsDown: false };
}

function resolveWindowsUser(check: Check, user: WindowsUser, field: string): UserModel {
  check.keys<WindowsUser>(field, user, WINDOWS);
  const { runAsUserName: name } = user;
  const at = `${field}.runAsUserName`;
  if (typeof name !== 'string' || !WINDOWS_NAME.test(name) || /^[. ]+$/.test(name)) {
    check.fail(
      typeof name === 'string' ? 'invalid' : 'type',
      at,
      `${at} must be the name of a user of Windows, with a domain or without, but is ${describe(name)}`,
      "write for example 'ContainerUser'",
    );
  }
  if (/^(?:.*\\)?(?:ContainerAdministrator|Administrator|SYSTEM)$/i.test(name)) {
    check.fail(
      'forbidden',
      at,
      `${at} must not be an administrator, but is '${name}'`,
      "write 'ContainerUser', or user: { root: 'the reason' } for ContainerAdministrator",
    );
  }
  return { uid: undefined, gid: undefined, rootBecause: undefined, stepsDown: false, runAsUserName: name };
}
