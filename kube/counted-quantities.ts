import type { AnyObject, Container, PodSpec } from '../imports/kubernetes';
import type { Manifest } from './objects';
import { quantityOf } from './quantity';
import { type ClaimTemplate, isPod, podTemplate, workloadKind } from './workload-kinds';

/** A field of a manifest that should hold an amount. */
export interface QuantityField {
  /** 'spec.template.spec.containers[0].resources.requests.cpu'. */
  readonly field: string;
  readonly value: unknown;
}

type Amounts = Readonly<Record<string, unknown>> | undefined;
type Spec = Readonly<Record<string, unknown>>;

/** Where a manifest describes its pods. */
const podPath = (manifest: AnyObject): string =>
  isPod(manifest) ? 'spec' : manifest.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : 'spec.template.spec';

/** The amounts that quotas and capacity count and that Kubernetes refuses: invalid ones, and those below zero. */
export function invalidQuantities(manifest: Manifest): readonly QuantityField[] {
  // quotas, the capacity report and the review all ask for the same manifest
  const known = checked.get(manifest);
  if (known) {
    return known;
  }
  const invalid = countedQuantities(manifest).filter(({ value }) => {
    const amount = quantityOf(value);
    return amount === undefined || amount < 0n;
  });
  checked.set(manifest, invalid);
  return invalid;
}

const checked = new WeakMap<Manifest, readonly QuantityField[]>();

/** What pods, claims and the limits of a namespace ask for. A field that is null is not set. */
function countedQuantities(manifest: Manifest): QuantityField[] {
  const spec = manifest.spec ?? {};
  switch (manifest.kind) {
    case 'PersistentVolumeClaim':
      return ofResources('spec', spec);
    case 'LimitRange':
      return listed<Spec>(spec.limits).flatMap((limit, i) =>
        ['default', 'defaultRequest'].flatMap((name) => entries(`spec.limits[${i}].${name}`, limit[name] as Amounts)),
      );
    default:
      return [
        ...ofPod(podPath(manifest), podTemplate(manifest)?.spec),
        ...listed<Partial<ClaimTemplate>>(workloadKind(manifest)?.claims?.(spec)).flatMap((template, i) =>
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
  const { resources } = (owner ?? {}) as { readonly resources?: Readonly<Record<string, Amounts>> };
  return ['requests', 'limits'].flatMap((part) => entries(`${path}.resources.${part}`, resources?.[part]));
}

function entries(path: string, amounts: Amounts): QuantityField[] {
  return Object.entries(amounts ?? {}).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [{ field: /[./]/.test(name) ? `${path}[${name}]` : `${path}.${name}`, value }],
  );
}

function listed<T extends object>(value: unknown): T[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}
