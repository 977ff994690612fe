import type { Check } from '../core/check';
import type { Resources } from '../pods/resources';
import type { Security } from '../pods/security';
import type { ShutdownModel } from '../pods/shutdown';
import { checkWindowsResources, checkWindowsSecurity } from '../pods/windows';
import type { Storage } from '../storage/volumes';
import type { PodProps } from './pod-props';
import type { WorkloadShape } from './shape';

/** What of a workload decides whether its pods can be of Windows. */
export interface WindowsInput {
  readonly props: PodProps<never>;
  readonly shape: WorkloadShape;
  readonly shutdown: ShutdownModel;
  readonly security: Security;
  readonly resources: Resources;
}

/** Refuses what Windows lacks, and what this library does with programs of Linux. */
export function checkWindows(check: Check, input: WindowsInput): void {
  const { props, shape, shutdown, security, resources } = input;
  checkWindowsSecurity(check, security);
  checkWindowsResources(check, resources);
  if (props.dns?.ndots !== undefined) {
    check.fail(
      'unsupported',
      'dns.ndots',
      'dns.ndots must not be set on Windows, which takes every name with a dot as complete',
      'leave it out; where a default sets it, write dns: {}',
    );
  }
  for (const key of ['hostNetwork', 'hostPID'] as const) {
    if (shape[key]) {
      check.fail(
        'unsupported',
        key,
        `${key} must not be set on Windows, where only HostProcess containers see the node`,
        'leave it out',
      );
    }
  }
  if (shutdown.preStop && shutdown.sleep > 0) {
    check.fail(
      'unsupported',
      'shutdown.preStop',
      'shutdown.preStop must not be combined with a sleep on Windows: both together need the shell of a Linux image',
      "write shutdown: { sleep: '0s', preStop: [...] } with a command that waits itself",
    );
  }
  checkStorage(check, props, shape);
}

/** EBS has a driver for Windows, which formats with NTFS; the classes of this library say ext4. */
function checkStorage(check: Check, props: PodProps<never>, { usesStorage, volumesProp }: WorkloadShape): void {
  if (!usesStorage) {
    return;
  }
  const prop = volumesProp === 'sharedStorage' ? 'sharedStorage' : 'storage';
  const storage = (props as Partial<Record<typeof prop, Storage | readonly Storage[] | undefined>>)[prop] ?? [];
  const isList = Array.isArray(storage);
  for (const [i, one] of (isList ? (storage as readonly Storage[]) : [storage as Storage]).entries()) {
    const field = isList ? `${prop}[${i}]` : prop;
    if (one.className === undefined) {
      check.fail(
        'required',
        `${field}.className`,
        `${field}.className is required on Windows: the default class formats with ext4`,
        "write cluster.storageClass('ntfs', { fsType: 'ntfs' }), or the name of a class with csi.storage.k8s.io/fstype: 'ntfs'",
      );
    }
    if (one.folder !== false) {
      check.fail(
        'unsupported',
        `${field}.folder`,
        `${field}.folder must be false on Windows, which mounts whole volumes only`,
        `write folder: false`,
      );
    }
  }
}
