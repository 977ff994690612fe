import { listed } from '../text';
import type { Control, Violation } from './control';
import type { PodSecurityLevel } from './levels';
import { contextOf, type PlacedContext } from './secured-pod';

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
  violations: ({ containers }) =>
    containers.map(contextOf).flatMap((placed) => added(placed, (level) => level === 'privileged')),
};

/** Containers drop all capabilities, and add NET_BIND_SERVICE at most. */
export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: 'restricted',
  since: 22,
  replaces: capabilitiesBaseline.id,
  linuxOnlySince: 25,
  violations: ({ containers }) =>
    containers.map(contextOf).flatMap((placed) => [...notDropped(placed), ...added(placed, (l) => l !== 'restricted')]),
};

function added(
  { context, field, container }: PlacedContext,
  isRefused: (level: PodSecurityLevel) => boolean,
): Violation[] {
  const refused = (context.capabilities?.add ?? []).filter((name) => isRefused(levelOfCapability(name)));
  return refused.length === 0
    ? []
    : [
        {
          field: `${field}.capabilities.add`,
          container,
          has: `${refused.length === 1 ? 'capability' : 'capabilities'} ${listed(refused)}`,
          fix: `delete ${listed(refused)} from capabilities.add`,
          admittedBy: refused.every((name) => levelOfCapability(name) === 'baseline') ? 'baseline' : 'privileged',
        },
      ];
}

function notDropped({ context, field, container }: PlacedContext): Violation[] {
  return context.capabilities?.drop?.includes('ALL')
    ? []
    : [
        {
          field: `${field}.capabilities.drop`,
          container,
          lacks: "securityContext.capabilities.drop: ['ALL']",
          fix: `write ${field}.capabilities.drop: ['ALL']`,
        },
      ];
}
