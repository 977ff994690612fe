import { listed } from '../text';
import { type Control, NO_VIOLATIONS, type Violation, violationsIn } from './control';
import type { PodSecurityLevel } from './levels';
import type { ContainerContext } from './secured-pod';

/** Those that level 'baseline' admits: the ones that container runtimes give by default, without NET_RAW. */
const BASELINE: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** The strictest level that admits a capability. */
export function levelOfCapability(capability: string): PodSecurityLevel {
  return capability === 'NET_BIND_SERVICE' ? 'restricted' : BASELINE.has(capability) ? 'baseline' : 'privileged';
}

/** Containers add no capability beyond the usual ones. */
export const capabilitiesBaseline: Control = {
  id: 'capabilities_baseline',
  level: 'baseline',
  violations: ({ ofContainers }) => violationsIn(ofContainers, addedToBaseline),
};

/** Containers drop all capabilities, and add NET_BIND_SERVICE at most. */
export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: 'restricted',
  since: 22,
  replaces: capabilitiesBaseline.id,
  linuxOnlySince: 25,
  violations: ({ ofContainers }) =>
    ofContainers.every(isRestricted)
      ? NO_VIOLATIONS
      : ofContainers.flatMap((placed) =>
          [notDropped(placed), addedToRestricted(placed)].filter((one) => one !== undefined),
        ),
};

const addedToBaseline = (placed: ContainerContext) => added(placed, (level) => level === 'privileged');
const addedToRestricted = (placed: ContainerContext) => added(placed, (level) => level !== 'restricted');
const isRestricted = (placed: ContainerContext): boolean => dropsAll(placed) && addedToRestricted(placed) === undefined;

function added(
  { context, field, container }: ContainerContext,
  isRefused: (level: PodSecurityLevel) => boolean,
): Violation | undefined {
  const add = context.capabilities?.add;
  if (add === undefined || add.length === 0) {
    return undefined;
  }
  const refused = add.filter((name) => isRefused(levelOfCapability(name)));
  return refused.length === 0
    ? undefined
    : {
        field: `${field}.capabilities.add`,
        container,
        has: `${refused.length === 1 ? 'capability' : 'capabilities'} ${listed(refused)}`,
        fix: `delete ${listed(refused)} from capabilities.add`,
        admittedBy: refused.every((name) => levelOfCapability(name) === 'baseline') ? 'baseline' : 'privileged',
      };
}

const dropsAll = ({ context }: ContainerContext): boolean => context.capabilities?.drop?.includes('ALL') === true;

function notDropped(placed: ContainerContext): Violation | undefined {
  const { field, container } = placed;
  return dropsAll(placed)
    ? undefined
    : {
        field: `${field}.capabilities.drop`,
        container,
        lacks: "securityContext.capabilities.drop: ['ALL']",
        fix: `write ${field}.capabilities.drop: ['ALL']`,
      };
}
