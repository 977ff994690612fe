import type { AnyKind } from './kind';
import { OIDC_IDENTITY_PROVIDER } from './shapes/access';
import { CLUSTER_CONFIG } from './shapes/cluster';

/** Every definition of eksctl's schema by its name there. */
export const KINDS: ReadonlyMap<string, AnyKind> = kinds();

/** The same with the names of its properties; none where it is no object with known ones. */
export const DEFINITIONS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...KINDS].map(([name, kind]) => [name, kind.kind === 'struct' ? Object.keys(kind.properties).sort() : []]),
);

function kinds(): Map<string, AnyKind> {
  const found = new Map<string, AnyKind>();
  const walk = (kind: AnyKind): void => {
    if ('name' in kind && kind.name !== undefined) {
      found.set(kind.name, kind);
    }
    partsOf(kind).forEach(walk);
  };
  // an identity provider is written with the properties of this one, and so no other definition leads there
  [CLUSTER_CONFIG, OIDC_IDENTITY_PROVIDER].forEach(walk);
  return found;
}

function partsOf(kind: AnyKind): readonly AnyKind[] {
  switch (kind.kind) {
    case 'struct':
      return Object.values(kind.properties);
    case 'list':
    case 'map':
      return [kind.of];
    case 'list-or-map':
      return [kind.list, kind.map];
    default:
      return [];
  }
}
