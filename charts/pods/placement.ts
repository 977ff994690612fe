import { ARCH, CAPACITY_LABELS, COMPUTE_TYPE, OS } from '../../eks/node-labels';
import type { Architecture } from '../../eks/values';
import { describe } from '../../kube/describe';
import { TENANT_NODES } from '../../kube/labels';
import { isObject } from '../../kube/loose';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { NodeAffinity, NodeSelectorTerm, PodAffinity, PodAntiAffinity, Toleration } from '../core/k8s';
import { checkSpread, type Spread } from './spread';
import { checkWindowsPlacement } from './windows';

/**
 * Where pods may run, and how they are spread. Write the parts, or begin with a preset: `Placement.spot()`, to which more
 * parts can be given. A cluster of the app is asked whether it has such nodes.
 *
 * @example
 * new Worker(tenant, 'renderer', {
 *   ...props,
 *   placement: Placement.spot({ architecture: 'arm64', spread: [{ over: 'zones', maxSkew: 2 }] }),
 * });
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export abstract class Placement {
  /** On-demand capacity, which AWS does not take back. */
  static onDemand(more: Placement = {}): Placement {
    return preset('Placement.onDemand', { capacity: 'on-demand' }, more);
  }
  /** Spot capacity: cheaper, and taken back with two minutes' notice. */
  static spot(more: Placement = {}): Placement {
    return preset('Placement.spot', { capacity: 'spot' }, more);
  }
  /** Nodes with AWS Graviton processors: the architecture arm64. */
  static graviton(more: Placement = {}): Placement {
    return preset('Placement.graviton', { architecture: 'arm64' }, more);
  }
  /** Nodes with processors of Intel or AMD: the architecture amd64. */
  static x86(more: Placement = {}): Placement {
    return preset('Placement.x86', { architecture: 'amd64' }, more);
  }
  /** Nodes with GPUs of NVIDIA. `resources.devices` says how many, such as { 'nvidia.com/gpu': 1 }. */
  static gpu(more: Placement = {}): Placement {
    return preset('Placement.gpu', { accelerator: 'nvidia' }, more);
  }
  /** Nodes with AWS Trainium or Inferentia. `resources.devices` says how many, such as { 'aws.amazon.com/neuron': 1 }. */
  static neuron(more: Placement = {}): Placement {
    return preset('Placement.neuron', { accelerator: 'neuron' }, more);
  }
  /** AWS Fargate, a machine for each pod. A Fargate profile of the cluster must select the pods. */
  static fargate(more: Placement = {}): Placement {
    return preset('Placement.fargate', { computeType: 'fargate' }, more);
  }
  /**
   * Nodes with Windows. The pods have the fields of Windows in place of those of Linux, tolerate the taint
   * `os=windows:NoSchedule`, and run as ContainerUser unless `user` says otherwise. Network policies are not enforced there.
   */
  static windows(more: Placement = {}): Placement {
    return preset('Placement.windows', { os: 'windows' }, more);
  }
  /** EKS Hybrid Nodes: machines of your own. */
  static hybrid(more: Placement = {}): Placement {
    return preset('Placement.hybrid', { computeType: 'hybrid' }, more);
  }

  /** Operating system of the nodes, for which the image is made. @default 'linux' */
  declare readonly os?: 'linux' | 'windows';
  /** CPU architecture of the nodes. @default - every architecture of the cluster; the image must then be multi-arch */
  declare readonly architecture?: Architecture;
  /** Capacity of the nodes, by the label of whoever makes them: managed groups, Karpenter or Auto Mode. @default - both */
  declare readonly capacity?: 'on-demand' | 'spot';
  /** Devices of the nodes, whose taint is tolerated. Needs `resources.devices`. @default - none */
  declare readonly accelerator?: 'nvidia' | 'neuron';
  /** Nodes of AWS Fargate, or EKS Hybrid Nodes. Fargate takes neither an affinity nor a spread. @default - EC2 */
  declare readonly computeType?: 'fargate' | 'hybrid';
  /** Labels that a node must have. @default - none: every node with Linux */
  declare readonly nodeLabels?: Readonly<Record<string, string>>;
  /** Requirements and preferences of nodes, as in a Kubernetes manifest. They hold beside the other parts. @default - none */
  declare readonly nodeAffinity?: NodeAffinity;
  /** Pods to be near to, as in a Kubernetes manifest. @default - none */
  declare readonly podAffinity?: PodAffinity;
  /** Pods to be away from, as in a Kubernetes manifest. @default - a preference for nodes without another pod of the workload, unless `spread` is 'none' or a list */
  declare readonly podAntiAffinity?: PodAntiAffinity;
  /** Tolerations as in a Kubernetes manifest. @default - none; a NodeAgent tolerates every taint */
  declare readonly tolerations?: readonly Toleration[];
  /**
   * How pods are spread over zones and nodes: 'soft' prefers an even spread, 'zones' requires that zones differ by at
   * most one pod, 'none' sets no constraint, and a list says it for each kind of place.
   *
   * @default - 'soft'; 'zones' for a StatefulService, since an EBS volume ties its pod to one zone for good; 'none' for
   * jobs, node agents and Fargate
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  declare readonly spread?: 'soft' | 'zones' | 'none' | readonly Spread[];
}

const PLACEMENT: KeyTable<Placement> = {
  os: true,
  architecture: true,
  capacity: true,
  accelerator: true,
  computeType: true,
  nodeLabels: 'map',
  nodeAffinity: 'object',
  podAffinity: 'object',
  podAntiAffinity: 'object',
  tolerations: 'list',
  spread: true,
};

/** A preset with more parts; those that the preset sets itself must not differ. */
function preset(name: string, own: Placement, more: Placement): Placement {
  const check = new Check(name);
  check.keys<Placement>('props', more, PLACEMENT);
  for (const [key, value] of Object.entries(own)) {
    const other: unknown = more[key as keyof Placement];
    if (other !== undefined && other !== value) {
      check.fail(
        'forbidden',
        key,
        `${key} is '${value}' in ${name}(), but ${describe(other)} is given`,
        'leave it out',
      );
    }
  }
  return { ...more, ...own };
}

export function checkPlacement(check: Check, placement: Placement, field = 'placement'): void {
  check.keys<Placement>(field, placement, PLACEMENT);
  const words = {
    os: ['linux', 'windows'],
    architecture: ['amd64', 'arm64'],
    capacity: ['on-demand', 'spot'],
    accelerator: ['nvidia', 'neuron'],
    computeType: ['fargate', 'hybrid'],
  } as const;
  for (const key of Object.keys(words) as (keyof typeof words)[]) {
    if (placement[key] !== undefined) {
      check.oneOf(`${field}.${key}`, placement[key], words[key]);
    }
  }
  if (placement.spread !== undefined) {
    checkSpread(check, `${field}.spread`, placement.spread);
  }
  checkForms(check, placement, field);
  check.labels(`${field}.nodeLabels`, placement.nodeLabels);
  const said = {
    [OS]: placement.os && 'os',
    [ARCH]: placement.architecture && 'architecture',
    [COMPUTE_TYPE]: placement.computeType && 'computeType',
    ...Object.fromEntries(CAPACITY_LABELS.map((label) => [label, placement.capacity && 'capacity'])),
  };
  for (const [label, prop] of Object.entries(said)) {
    if (prop !== undefined && placement.nodeLabels?.[label] !== undefined) {
      check.fail(
        'forbidden',
        `${field}.nodeLabels['${label}']`,
        `${field}.nodeLabels must not have '${label}' together with ${field}.${prop}`,
        'leave the label out',
      );
    }
  }
  if (placement.computeType === 'fargate') {
    checkFargate(check, placement, field);
  }
  if (placement.os === 'windows') {
    checkWindowsPlacement(check, placement, field);
  }
}

/** The types of what a program without types gives; the review judges what is in it. */
function checkForms(check: Check, { nodeAffinity, podAffinity, podAntiAffinity, tolerations }: Placement, at: string) {
  const terms: unknown = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const [key, list] of Object.entries({ tolerations: tolerations ?? [], nodeAffinity: terms })) {
    if (!Array.isArray(list) || list.some((one) => typeof one !== 'object' || one === null)) {
      const what = key === 'tolerations' ? 'a list of tolerations' : 'an object with a list of terms';
      check.fail('type', `${at}.${key}`, `${at}.${key} must be ${what}`, 'write it as in a Kubernetes manifest');
    }
  }
  for (const [key, part] of Object.entries({ nodeAffinity, podAffinity, podAntiAffinity })) {
    if (part !== undefined && !isObject(part)) {
      const message = `${at}.${key} must be an object, but is ${describe(part)}`;
      check.fail('type', `${at}.${key}`, message, 'write it as in a Kubernetes manifest');
    }
    // the lists that parts of the placement are added to
    const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
    const given = (part as PodAffinity | undefined)?.[preferred];
    if (given !== undefined) {
      check.typed(`${at}.${key}.${preferred}`, given, 'list');
    }
  }
  const required = `${at}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
  for (const [i, term] of (terms as readonly NodeSelectorTerm[]).entries()) {
    for (const key of ['matchExpressions', 'matchFields'] as const) {
      if (term[key] !== undefined) {
        check.typed(`${required}[${i}].${key}`, term[key], 'list');
      }
    }
  }
}

/** What Fargate does not have, and would leave a pod pending. */
function checkFargate(check: Check, placement: Placement, field: string): void {
  const { architecture, capacity, accelerator, nodeAffinity, podAffinity, podAntiAffinity, tolerations } = placement;
  const spread = placement.spread === 'none' ? undefined : placement.spread;
  const parts = { capacity, accelerator, nodeAffinity, podAffinity, podAntiAffinity, tolerations, spread };
  for (const [key, value] of Object.entries(parts)) {
    if (value !== undefined) {
      check.fail(
        'forbidden',
        `${field}.${key}`,
        `${field}.${key} must not be set on Fargate, where each pod has a machine of its own`,
        'leave it out, or run the pods on nodes',
      );
    }
  }
  if (architecture === 'arm64') {
    check.fail(
      'unsupported',
      `${field}.architecture`,
      `${field}.architecture must be 'amd64' on Fargate, but is 'arm64'`,
      'leave it out, or run the pods on nodes with Graviton: Placement.graviton()',
    );
  }
}

/** A placement on the nodes that the tenant has for itself; those of Fargate are of one pod anyway. */
export function onTenantNodes(placement: Placement, tenant: string | undefined, toleratesAll: boolean): Placement {
  if (tenant === undefined || placement.computeType === 'fargate') {
    return placement;
  }
  const { nodeLabels, tolerations } = placement;
  const own = { key: TENANT_NODES, operator: 'Equal' as const, value: tenant, effect: 'NoSchedule' as const };
  return {
    ...placement,
    nodeLabels: { [TENANT_NODES]: tenant, ...nodeLabels },
    // an agent tolerates every taint unless it says otherwise
    ...(toleratesAll && tolerations === undefined ? {} : { tolerations: [own, ...(tolerations ?? [])] }),
  };
}

/** Of pods that say nothing of their nodes. */
export const ANYWHERE: Placement = {};
const SPREAD: Readonly<Record<string, Placement>> = {
  soft: { spread: 'soft' },
  zones: { spread: 'zones' },
  none: { spread: 'none' },
};

/** A placement that says how its pods are spread; the same one for all workloads that say nothing of their nodes. */
export function withSpread(placement: Placement, byDefault: NonNullable<Placement['spread']>): Placement {
  const known = placement === ANYWHERE && typeof byDefault === 'string' ? SPREAD[byDefault] : undefined;
  return (
    known ?? { ...placement, spread: placement.spread ?? (placement.computeType === 'fargate' ? 'none' : byDefault) }
  );
}
