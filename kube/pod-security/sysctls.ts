import { listed } from '../text';
import { type Control, NO_VIOLATIONS } from './control';

/** Kernel parameters that each pod has of its own, and the version that admits them first. */
const SAFE: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_slow_start_after_idle': 37,
  'net.ipv4.tcp_notsent_lowat': 37,
};

/** Pods set only kernel parameters that touch nothing but themselves. */
export const sysctls: Control = {
  id: 'sysctls',
  level: 'baseline',
  violations: ({ spec, field }, version) => {
    const sysctls = spec.securityContext?.sysctls;
    if (sysctls === undefined) {
      return NO_VIOLATIONS;
    }
    const set = sysctls.map(({ name }) => name ?? '');
    const refused = set.filter((name) => !(Object.hasOwn(SAFE, name) && SAFE[name]! <= version));
    return refused.length === 0
      ? []
      : [
          {
            field: `${field}.securityContext.sysctls[${set.indexOf(refused[0]!)}].name`,
            has: `${refused.length === 1 ? 'sysctl' : 'sysctls'} ${listed(refused)}`,
            fix: `delete ${refused.length === 1 ? 'it' : 'them'}, or set the value on the nodes`,
            admittedBy: 'privileged',
          },
        ];
  },
};
