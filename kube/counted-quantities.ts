import type { Container } from '../imports/kubernetes';
import { rememberedBy } from './collections';
import { type Inventory, ofKindsInOrder } from './inventory';
import type { Manifest } from './objects';
import { podSpecField } from './pod-containers';
import { hasPodTemplate, podTemplates } from './pod-templates';
import { quantityOf } from './quantity';
import type { ClaimTemplate, PlacedTemplate } from './workload-kind';
import { workloadKind } from './workload-kinds';

/** A field of a manifest that should hold an amount. */
export interface QuantityField {
  /** 'spec.template.spec.containers[0].resources.requests.cpu'. */
  readonly field: string;
  readonly value: unknown;
}

type Amounts = Readonly<Record<string, unknown>> | undefined;
type Spec = Readonly<Record<string, unknown>>;

/** Whether objects of a kind have such fields. */
export function hasQuantities(of: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return of.kind === 'PersistentVolumeClaim' || of.kind === 'LimitRange' || hasPodTemplate(of);
}

/** The amounts that quotas and capacity count and that Kubernetes refuses: invalid ones, and those below zero. */
export function invalidQuantities(manifest: Manifest): readonly QuantityField[] {
  return hasQuantities(manifest) ? findInvalid(manifest) : NONE;
}

/** Quotas, the capacity report and the review all ask for the same manifest. */
const findInvalid = rememberedBy((manifest: Manifest): readonly QuantityField[] => {
  const invalid: QuantityField[] = [];
  eachQuantity(manifest, (value, fieldOf) => {
    const amount = quantityOf(value);
    if (amount === undefined || amount < 0n) {
      invalid.push({ field: fieldOf(), value });
    }
  });
  return invalid.length === 0 ? NONE : invalid;
});

/** Whether any object of a set has such amounts. */
export function hasInvalidQuantities(inventory: Inventory): boolean {
  return inventory.view(hasInvalid);
}

const hasInvalid = (inventory: Inventory): boolean =>
  ofKindsInOrder(inventory, hasQuantities).some(({ manifest }) => invalidQuantities(manifest).length > 0);

const NONE: readonly QuantityField[] = [];

/** Nearly no field is written, so that its path is made on demand. */
type Visit = (value: unknown, fieldOf: () => string) => void;

/** What pods, claims and the limits of a namespace ask for. A field that is null is not set. */
function eachQuantity(manifest: Manifest, visit: Visit): void {
  const spec = manifest.spec ?? {};
  switch (manifest.kind) {
    case 'PersistentVolumeClaim':
      ofResources(spec, () => 'spec', visit);
      break;
    case 'LimitRange':
      listed<Spec>(spec.limits).forEach((limit, i) => {
        for (const name of ['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio']) {
          ofAmounts(limit[name] as Amounts, () => `spec.limits[${i}].${name}`, visit);
        }
      });
      break;
    default:
      for (const pod of podTemplates(manifest)) {
        ofPod(pod, visit);
      }
      listed<Partial<ClaimTemplate>>(workloadKind(manifest)?.claims?.(spec)).forEach((template, i) => {
        ofResources(template.spec, () => `spec.volumeClaimTemplates[${i}].spec`, visit);
      });
  }
}

function ofPod(placed: PlacedTemplate, visit: Visit): void {
  const pod = placed.template.spec;
  if (!pod) {
    return;
  }
  for (const list of ['initContainers', 'containers'] as const) {
    listed<Container>(pod[list]).forEach((container, i) => {
      ofResources(container, () => `${podSpecField(placed)}.${list}[${i}]`, visit);
    });
  }
  ofResources(pod, () => podSpecField(placed), visit);
}

function ofResources(owner: object | undefined, pathOf: () => string, visit: Visit): void {
  const { resources } = (owner ?? {}) as { readonly resources?: Readonly<Record<string, Amounts>> };
  if (resources) {
    for (const part of ['requests', 'limits']) {
      ofAmounts(resources[part], () => `${pathOf()}.resources.${part}`, visit);
    }
  }
}

function ofAmounts(amounts: Amounts, pathOf: () => string, visit: Visit): void {
  for (const [name, value] of Object.entries(amounts ?? {})) {
    if (value !== undefined && value !== null) {
      visit(value, () => (/[./]/.test(name) ? `${pathOf()}[${name}]` : `${pathOf()}.${name}`));
    }
  }
}

function listed<T extends object>(value: unknown): T[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}
