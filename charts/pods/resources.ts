import { isQualifiedName } from '../../kube/names';
import { formatCpu, ONE } from '../../kube/quantity';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { ResourceRequirements } from '../core/k8s';

/** Compute of one container. */
export interface Resources {
  /** CPU request: '250m', '2'. */
  readonly cpu: Quantity;
  /** Memory request, and limit unless `memoryLimit` is given: '512Mi'. */
  readonly memory: Quantity;
  /**
   * At least the request; 'none' for no limit. @default - 4 x cpu: linters and quotas demand a limit, the EKS Best
   * Practices Guide (Reliability, data plane) warns of a tight one, which throttles
   */
  readonly cpuLimit?: Quantity | 'none';
  /** At least the request. @default - memory: what is not reserved may not be there (EKS Best Practices Guide, Cost, compute) */
  readonly memoryLimit?: Quantity;
  /** Request and limit of logs, scratch folders and a writable root. @default '1Gi' */
  readonly ephemeralStorage?: Quantity;
  /** Devices by resource name: { 'nvidia.com/gpu': 1 }. @default - none */
  readonly devices?: Readonly<Record<string, number>>;
}

const RESOURCES: KeyTable<Resources> = {
  cpu: true,
  memory: true,
  cpuLimit: true,
  memoryLimit: true,
  ephemeralStorage: true,
  devices: true,
};
const CPU_LIMIT_FACTOR = 4n;
const EPHEMERAL_STORAGE = '1Gi';

export function checkResources(check: Check, resources: Resources | undefined): Resources {
  if (resources === undefined) {
    check.fail(
      'no resources: what a pod needs is not known',
      "write resources: { cpu: '250m', memory: '512Mi' }, or set them once in the defaults of the app or the tenant",
    );
  }
  check.keys<Resources>('resources', resources, RESOURCES);
  const cpu = check.quantity('resources.cpu', resources.cpu, '250m');
  const memory = check.quantity('resources.memory', resources.memory, '512Mi');
  if (memory < 4_000_000n * ONE) {
    check.fail(
      `resources.memory '${resources.memory}' is less than 4 MB, in which no container starts`,
      "write a unit: '512Mi' is 512 mebibytes, '512m' is half a byte",
    );
  }
  if (resources.cpuLimit !== undefined && resources.cpuLimit !== 'none') {
    aboveRequest(
      check,
      'cpu',
      resources.cpu,
      cpu,
      resources.cpuLimit,
      check.quantity('resources.cpuLimit', resources.cpuLimit, '1'),
    );
  }
  if (resources.memoryLimit !== undefined) {
    aboveRequest(
      check,
      'memory',
      resources.memory,
      memory,
      resources.memoryLimit,
      check.quantity('resources.memoryLimit', resources.memoryLimit, '1Gi'),
    );
  }
  if (resources.ephemeralStorage !== undefined) {
    check.quantity('resources.ephemeralStorage', resources.ephemeralStorage, EPHEMERAL_STORAGE);
  }
  for (const [device, count] of Object.entries(resources.devices ?? {})) {
    if (!isQualifiedName(device) || !device.includes('/')) {
      check.fail(`resources.devices '${device}' is no resource name`, "write it with its domain: 'nvidia.com/gpu'");
    }
    check.integer(`resources.devices '${device}'`, count, 1);
  }
  return resources;
}

function aboveRequest(
  check: Check,
  what: string,
  request: string,
  requested: bigint,
  limit: string,
  limited: bigint,
): void {
  if (limited < requested) {
    check.fail(
      `resources.${what} requests '${request}', more than its limit '${limit}'`,
      `raise ${what}Limit to at least '${request}', or leave it out`,
    );
  }
}

export function renderResources(check: Check, resources: Resources): ResourceRequirements {
  const storage = resources.ephemeralStorage ?? EPHEMERAL_STORAGE;
  const cpuLimit =
    resources.cpuLimit ?? formatCpu(check.quantity('resources.cpu', resources.cpu, '250m') * CPU_LIMIT_FACTOR);
  const devices = Object.fromEntries(
    Object.entries(resources.devices ?? {}).map(([name, count]) => [name, String(count)]),
  );
  return {
    requests: { cpu: resources.cpu, memory: resources.memory, 'ephemeral-storage': storage, ...devices },
    limits: {
      ...(cpuLimit === 'none' ? {} : { cpu: cpuLimit }),
      memory: resources.memoryLimit ?? resources.memory,
      'ephemeral-storage': storage,
      ...devices,
    },
  };
}
