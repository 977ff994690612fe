import type { Inventory, InventoryObject } from '../kube/inventory';

/** A trigger of a ScaledObject or a ScaledJob. */
export interface ScalerTrigger {
  readonly object: InventoryObject;
  /** 'spec.triggers[0]'. */
  readonly field: string;
  readonly type: string;
  readonly metricType: string | undefined;
  /** The texts of its metadata. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether it names a TriggerAuthentication. */
  readonly authenticated: boolean;
  /** Its kind and name, where they are texts. */
  readonly authentication: { readonly kind: string; readonly name: string } | undefined;
}

/** Every trigger of the objects of KEDA, which may have any form. */
export function scalerTriggers(inventory: Inventory): readonly ScalerTrigger[] {
  return inventory.view(triggersOf);
}

function triggersOf(inventory: Inventory): ScalerTrigger[] {
  const objects = [...inventory.ofKind('ScaledObject', 'keda.sh'), ...inventory.ofKind('ScaledJob', 'keda.sh')];
  return objects.flatMap((object) => {
    const triggers = object.manifest.spec?.triggers;
    return (Array.isArray(triggers) ? (triggers as unknown[]) : []).flatMap((value, i): ScalerTrigger[] => {
      if (typeof value !== 'object' || value === null) {
        return [];
      }
      const { type, metricType, metadata, authenticationRef } = value as Record<string, unknown>;
      const texts = Object.entries((metadata ?? {}) as object).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      return typeof type === 'string'
        ? [
            {
              object,
              field: `spec.triggers[${i}]`,
              type,
              metricType: typeof metricType === 'string' ? metricType : undefined,
              metadata: Object.fromEntries(texts),
              authenticated: authenticationRef !== undefined,
              authentication: nameIn(authenticationRef),
            },
          ]
        : [];
    });
  });
}

function nameIn(reference: unknown): ScalerTrigger['authentication'] {
  const { kind = 'TriggerAuthentication', name } = (
    typeof reference === 'object' && reference !== null ? reference : {}
  ) as Readonly<Record<string, unknown>>;
  return typeof kind === 'string' && typeof name === 'string' ? { kind, name } : undefined;
}
