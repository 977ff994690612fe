import type { AnyObject, Container, PersistentVolumeClaimSpec, PodSpec } from '../imports/kubernetes';
import { quantityOf } from './quantity';

/** A field of a manifest that should hold an amount. */
export interface QuantityField {
  /** 'spec.template.spec.containers[0].resources.requests.cpu'. */
  readonly field: string;
  readonly value: unknown;
}

type Amounts = Readonly<Record<string, unknown>> | undefined;
type Spec = Readonly<Record<string, unknown>>;

/** Where the pods of a kind are described. */
const PODS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  Deployment: 'spec.template.spec',
  ReplicaSet: 'spec.template.spec',
  StatefulSet: 'spec.template.spec',
  DaemonSet: 'spec.template.spec',
  Job: 'spec.template.spec',
  CronJob: 'spec.jobTemplate.spec.template.spec',
};

/** The amounts that quotas and capacity count and that Kubernetes refuses: invalid ones, and those below zero. */
export function invalidQuantities(manifest: AnyObject): QuantityField[] {
  return countedQuantities(manifest).filter(({ value }) => {
    const amount = quantityOf(value);
    return amount === undefined || amount < 0n;
  });
}

/** What pods, claims and the limits of a namespace ask for. A field that is null is not set. */
function countedQuantities(manifest: AnyObject): QuantityField[] {
  const { kind } = manifest;
  const spec = at(manifest, 'spec') as Spec | undefined;
  const path = PODS[kind];
  switch (kind) {
    case 'PersistentVolumeClaim':
      return ofResources('spec', spec);
    case 'LimitRange':
      return listed<Spec>(spec?.limits).flatMap((limit, i) =>
        ['default', 'defaultRequest'].flatMap((name) => entries(`spec.limits[${i}].${name}`, limit[name] as Amounts)),
      );
    default:
      return path === undefined
        ? []
        : [
            ...ofPod(path, at(manifest, path) as PodSpec | undefined),
            ...listed<{ spec?: PersistentVolumeClaimSpec }>(spec?.volumeClaimTemplates).flatMap((template, i) =>
              ofResources(`spec.volumeClaimTemplates[${i}].spec`, template.spec),
            ),
          ];
  }
}

function ofPod(path: string, pod: PodSpec | undefined): QuantityField[] {
  const of = (list: 'containers' | 'initContainers') =>
    listed<Container>(pod?.[list]).flatMap((container, i) => ofResources(`${path}.${list}[${i}]`, container));
  return [...of('initContainers'), ...of('containers'), ...ofResources(path, pod)];
}

function ofResources(path: string, owner: object | undefined): QuantityField[] {
  const resources = at(owner, 'resources') as Readonly<Record<string, Amounts>> | undefined;
  return ['requests', 'limits'].flatMap((part) => entries(`${path}.resources.${part}`, resources?.[part]));
}

function entries(path: string, amounts: Amounts): QuantityField[] {
  return Object.entries(amounts ?? {}).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [{ field: /[./]/.test(name) ? `${path}[${name}]` : `${path}.${name}`, value }],
  );
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner, key) => (inner as Spec | null | undefined)?.[key], value);
}

function listed<T extends object>(value: unknown): T[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}
