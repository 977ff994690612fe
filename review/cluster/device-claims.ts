import { DEVICE_CLASSES, type Device } from '../../eks/devices';
import type { Inventory, PodObject } from '../../kube/inventory';

interface ClaimSpec {
  readonly devices?: {
    readonly requests?: readonly {
      readonly exactly?: { readonly deviceClassName?: string };
      /** In the API before v1. */
      readonly deviceClassName?: string;
    }[];
  };
}

/** What the pods of an object ask for by claims; alternatives of a request are left out. */
export function claimedDevices({ namespace, spec }: PodObject, inventory: Inventory): readonly Device[] {
  const claims = spec.resourceClaims ?? NONE;
  if (claims.length === 0) {
    return NONE;
  }
  const specs = inventory.view(specsByName);
  const requests = claims.flatMap(({ resourceClaimName, resourceClaimTemplateName }) => {
    const key =
      resourceClaimName === undefined
        ? `template ${namespace}/${resourceClaimTemplateName}`
        : `claim ${namespace}/${resourceClaimName}`;
    return specs.get(key)?.devices?.requests ?? [];
  });
  const classes = requests.map(({ exactly, deviceClassName }) => exactly?.deviceClassName ?? deviceClassName ?? '');
  return [...new Set(classes.flatMap((name) => DEVICE_CLASSES[name] ?? []))];
}

const NONE: readonly never[] = [];

function specsByName(inventory: Inventory): ReadonlyMap<string, ClaimSpec> {
  const of = (kind: string) => inventory.ofKind(kind, 'resource.k8s.io');
  return new Map([
    ...of('ResourceClaim').map(
      ({ namespace, manifest }) =>
        [`claim ${namespace}/${manifest.metadata.name}`, (manifest.spec ?? {}) as ClaimSpec] as const,
    ),
    ...of('ResourceClaimTemplate').map(
      ({ namespace, manifest }) =>
        [
          `template ${namespace}/${manifest.metadata.name}`,
          (manifest.spec as { spec?: ClaimSpec } | undefined)?.spec ?? {},
        ] as const,
    ),
  ]);
}
