import { describe } from '../../kube/describe';

/** The operating system of a container. */
export type System = 'linux' | 'windows';

/** 'C:\logs'. */
const WINDOWS = /^[A-Za-z]:[\\/][^:]*$/;
const PARENT = /(?:^|[\\/])\.\.(?:[\\/]|$)/;

/** A path without its end, or what is wrong with it. Windows has paths that begin with a drive, and takes those of Linux. */
export function absolutePath(
  value: unknown,
  system: System,
): { readonly path: string } | { readonly path?: undefined; readonly fault: string; readonly fix: string } {
  if (typeof value === 'string' && WINDOWS.test(value) && !PARENT.test(value)) {
    return system === 'windows'
      ? { path: value.length > 'C:\\'.length ? value.replace(/[\\/]$/, '') : value }
      : {
          fault: `must be a path of Linux, but is '${value}'`,
          fix: "write for example '/var/lib/app'; for pods on Windows write placement: Placement.windows()",
        };
  }
  if (typeof value !== 'string' || !value.startsWith('/') || value.includes(':') || /(^|\/)\.\.(\/|$)/.test(value)) {
    return {
      fault: `must be an absolute path without ':' and '..', but is ${describe(value)}`,
      fix: system === 'windows' ? "write for example 'C:\\\\app\\\\data'" : "write for example '/var/lib/app'",
    };
  }
  return { path: value.length > 1 && value.endsWith('/') ? value.slice(0, -1) : value };
}
