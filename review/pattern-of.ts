import type { InventoryObject } from '../kube/inventory';
import { MANAGED_BY } from '../kube/labels';

/** The path of the pattern of this library that made an object: 'prod/shop/web' of 'prod/shop/web/Ingress'. */
export function patternOf({ manifest, origin: { construct } }: InventoryObject): string | undefined {
  const isOurs = manifest.metadata.labels?.['app.kubernetes.io/managed-by'] === MANAGED_BY;
  return isOurs && construct?.includes('/') ? construct.slice(0, construct.lastIndexOf('/')) : undefined;
}
