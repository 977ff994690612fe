import { remembered } from '../../kube/collections';
import { isQualifiedName } from '../../kube/names';
import { formatCpu, ONE, parseQuantity } from '../../kube/quantity';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { ContainerResizePolicy, ResourceRequirements } from '../core/k8s';

/**
 * CPU, memory and storage of the container. Quantities are strings in Kubernetes notation.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface Resources {
  /** CPU request, such as '250m' or '2'. */
  readonly cpu: Quantity;
  /** Memory request, such as '512Mi'; also the limit unless `memoryLimit` is given. At least 4 MB. */
  readonly memory: Quantity;
  /**
   * CPU limit, at least the request; 'none' for no limit.
   *
   * @default - 4 times `cpu`: quotas and linters require a limit, but a tight one throttles the container
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html
   */
  readonly cpuLimit?: Quantity | 'none';
  /**
   * Memory limit, at least the request.
   *
   * @default - the same as `memory`: memory beyond the request is not reserved, and the node may run out of it
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html
   */
  readonly memoryLimit?: Quantity;
  /** Request and limit of local disk: logs, scratch folders and a writable root. @default '1Gi' */
  readonly ephemeralStorage?: Quantity;
  /** Number of devices by resource name, such as { 'nvidia.com/gpu': 1 }. @default - none */
  readonly devices?: Readonly<Record<string, number>>;
  /** What a resize of the running pod does to the container. Requires Kubernetes 1.33. @default - Kubernetes': neither restarts it */
  readonly resize?: ResizePolicy;
}
/** What happens when a resource of a running container is changed. */
export type Resize = 'NotRequired' | 'RestartContainer';
/**
 * How a container takes other resources while its pod runs: 'NotRequired' as it runs, 'RestartContainer' by a restart, for
 * programs that read their size at the start, such as a JVM. Pods that are not restarted (jobs) take 'NotRequired' alone.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/
 */
export interface ResizePolicy {
  /** @default 'NotRequired' */
  readonly cpu?: Resize;
  /** @default 'NotRequired' */
  readonly memory?: Resize;
}

const RESOURCES: KeyTable<Resources> = {
  cpu: 'text',
  memory: 'text',
  cpuLimit: 'text',
  memoryLimit: 'text',
  ephemeralStorage: 'text',
  devices: 'map',
  resize: 'object',
};
const RESIZE: KeyTable<ResizePolicy> = { cpu: true, memory: true };
const RESIZABLE = ['cpu', 'memory'] as const;
/** The CPU limit by default, in requests. */
export const CPU_LIMIT_FACTOR = 4n;
const NO_DEVICES: NonNullable<Resources['devices']> = {};
const EPHEMERAL_STORAGE = '1Gi';
/** 4 MB: no container starts with less, and a missing unit is far below. */
const LEAST_MEMORY = 4_000_000n * ONE;

export function checkResources(check: Check, resources: Resources | undefined, field = 'resources'): Resources {
  if (resources === undefined) {
    check.fail(
      'required',
      field,
      `${field} is required: the CPU and memory of the container`,
      "write resources: { cpu: '250m', memory: '512Mi' }, or set it in the defaults of the app or tenant",
    );
  }
  check.keys<Resources>(field, resources, RESOURCES);
  const { cpu, memory, cpuLimit, memoryLimit, ephemeralStorage, devices = NO_DEVICES, resize } = resources;
  const cpuRequest = check.quantity(`${field}.cpu`, cpu, '250m');
  const memoryRequest = check.quantity(`${field}.memory`, memory, '512Mi');
  if (memoryRequest < LEAST_MEMORY) {
    check.fail(
      'invalid',
      `${field}.memory`,
      `${field}.memory must be at least 4 MB, but is '${memory}'`,
      "correct the unit: '512Mi' is 512 mebibytes, '512m' is half a byte",
    );
  }
  if (cpuLimit !== undefined && cpuLimit !== 'none') {
    const limit = check.quantity(`${field}.cpuLimit`, cpuLimit, '1');
    checkLimit(check, `${field}.cpu`, { request: cpu, limit: cpuLimit, isBelow: limit < cpuRequest });
  }
  if (memoryLimit !== undefined) {
    const limit = check.quantity(`${field}.memoryLimit`, memoryLimit, '1Gi');
    checkLimit(check, `${field}.memory`, { request: memory, limit: memoryLimit, isBelow: limit < memoryRequest });
  }
  if (ephemeralStorage !== undefined) {
    check.quantity(`${field}.ephemeralStorage`, ephemeralStorage, EPHEMERAL_STORAGE);
  }
  for (const [device, count] of Object.entries(devices)) {
    if (!isQualifiedName(device) || !device.includes('/')) {
      check.fail(
        'invalid',
        `${field}.devices['${device}']`,
        `invalid key '${device}' in ${field}.devices: a device is a resource name with a domain`,
        "write for example 'nvidia.com/gpu'",
      );
    }
    check.integer(`${field}.devices['${device}']`, count, 1);
  }
  if (resize !== undefined) {
    checkResizePolicy(check, `${field}.resize`, resize);
  }
  return resources;
}

function checkResizePolicy(check: Check, field: string, resize: ResizePolicy): void {
  check.keys<ResizePolicy>(field, resize, RESIZE);
  for (const resource of RESIZABLE) {
    if (resize[resource] !== undefined) {
      check.oneOf(`${field}.${resource}`, resize[resource], ['NotRequired', 'RestartContainer']);
    }
  }
}

function checkLimit(
  check: Check,
  field: string,
  { request, limit, isBelow }: { readonly request: Quantity; readonly limit: Quantity; readonly isBelow: boolean },
): void {
  if (isBelow) {
    check.fail(
      'invalid',
      `${field}Limit`,
      `${field}Limit must be at least the request '${request}', but is '${limit}'`,
      `raise it to '${request}' or more, or leave it out`,
    );
  }
}

/** Resources of a sidecar or init container. What it has from the defaults is taken without what it cannot have. */
export function containerResources(
  check: Check,
  { own, inherited }: { readonly own: Resources | undefined; readonly inherited: Resources | undefined },
  { isSidecar, restarts }: { readonly isSidecar: boolean; readonly restarts: boolean },
): Resources | undefined {
  if (own === undefined) {
    return inherited && checkResources(check, isSidecar && restarts ? inherited : { ...inherited, resize: undefined });
  }
  checkResize(check, checkResources(check, own), restarts);
  if (own.resize !== undefined && !isSidecar) {
    check.fail(
      'forbidden',
      'resources.resize',
      'resources.resize must be left out: an init container has ended before the pod is resized',
      'leave it out',
    );
  }
  return own;
}

/** In a pod that is not restarted, no container can be. */
export function checkResize(check: Check, resources: Resources, restarts: boolean, field = 'resources'): Resources {
  const { resize } = resources;
  if (resize === undefined || restarts) {
    return resources;
  }
  const resource = RESIZABLE.find((one) => resize[one] === 'RestartContainer');
  if (resource !== undefined) {
    check.fail(
      'forbidden',
      `${field}.resize.${resource}`,
      `${field}.resize.${resource} must be 'NotRequired': the pods of a job are not restarted`,
      "write 'NotRequired', or leave it out",
    );
  }
  return resources;
}

/** `resizePolicy` of a container; undefined where nothing is said. */
export function renderResize({ resize }: Resources): ContainerResizePolicy[] | undefined {
  const found = RESIZABLE.flatMap((resourceName) => {
    const restartPolicy = resize?.[resourceName];
    return restartPolicy === undefined ? [] : [{ resourceName, restartPolicy }];
  });
  return found.length > 0 ? found : undefined;
}

export function renderResources(check: Check, resources: Resources): ResourceRequirements {
  const storage = resources.ephemeralStorage ?? EPHEMERAL_STORAGE;
  const cpuLimit = resources.cpuLimit ?? defaultLimit(check, resources.cpu);
  const limits: Record<string, string> = cpuLimit === 'none' ? {} : { cpu: cpuLimit };
  limits['ephemeral-storage'] = storage;
  limits.memory = resources.memoryLimit ?? resources.memory;
  const requests: Record<string, string> = {
    cpu: resources.cpu,
    'ephemeral-storage': storage,
    memory: resources.memory,
  };
  for (const [name, count] of Object.entries(resources.devices ?? {})) {
    limits[name] = String(count);
    requests[name] = String(count);
  }
  return { limits, requests };
}

/** By request, of which an app has few. */
const limitOf = remembered((cpu) => formatCpu((parseQuantity(cpu) ?? 0n) * CPU_LIMIT_FACTOR));

function defaultLimit(check: Check, cpu: Quantity): string {
  check.quantity('resources.cpu', cpu, '250m');
  return limitOf(cpu);
}
