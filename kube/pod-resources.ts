import type { Container, PodSpec } from '../imports/kubernetes';
import { quantityOf } from './quantity';

/** What a container gets that says nothing of a resource. */
export interface ContainerFallback {
  readonly limits: Readonly<Record<string, string>>;
  readonly requests: Readonly<Record<string, string>>;
}

/**
 * What a pod asks for of a resource at its largest moment, in billionths. An amount that cannot be read counts as none:
 * rule quantities/invalid reports it.
 */
export function podTotal(
  pod: {
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
    /** What its RuntimeClass takes beside the containers. */
    readonly overhead?: PodSpec['overhead'];
  },
  of: 'requests' | 'limits',
  name: string,
  fallback: ContainerFallback,
): bigint {
  const { containers, initContainers, overhead: beside } = pod;
  if (containers?.length === 1 && initContainers === undefined && beside === undefined) {
    const only = amountIn(containers[0]!, of, name, fallback);
    return only > 0n ? only : 0n;
  }
  // sidecars stay, so what starts after one comes on top of it; what runs first does so one at a time
  let staying = 0n;
  let most = 0n;
  for (const container of initContainers ?? []) {
    const amount = amountIn(container, of, name, fallback);
    if (container.restartPolicy === 'Always') {
      staying += amount;
    } else if (staying + amount > most) {
      most = staying + amount;
    }
  }
  let running = staying;
  for (const container of containers ?? []) {
    running += amountIn(container, of, name, fallback);
  }
  const largest = running > most ? running : most;
  const overhead = beside?.[name];
  // a pod without a limit stays without one
  return overhead === undefined || (of === 'limits' && largest === 0n)
    ? largest
    : largest + (quantityOf(overhead) ?? 0n);
}

function amountIn(
  { resources }: Container,
  of: 'requests' | 'limits',
  name: string,
  fallback: ContainerFallback,
): bigint {
  return quantityOf(resources?.[of]?.[name] ?? resources?.limits?.[name] ?? fallback[of][name]) ?? 0n;
}

const NONE: readonly Container[] = [];

/** All containers of a pod, those that run first included. */
export function containersOf(pod: Pick<PodSpec, 'containers' | 'initContainers'>): readonly Container[] {
  const { containers = NONE, initContainers } = pod;
  return initContainers === undefined ? containers : [...containers, ...initContainers];
}

/** Names of the resources that the containers of a pod ask for. */
export function requestedResources(pod: Pick<PodSpec, 'containers' | 'initContainers'>): string[] {
  const found: string[] = [];
  const add = (amounts: Readonly<Record<string, unknown>> | undefined) => {
    for (const name in amounts) {
      if (!found.includes(name) && quantityOf(amounts[name]) !== 0n) {
        found.push(name);
      }
    }
  };
  for (const { resources } of containersOf(pod)) {
    add(resources?.requests);
    add(resources?.limits);
  }
  return found;
}
