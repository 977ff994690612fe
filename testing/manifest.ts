import type { NamedMeta } from '../imports/kubernetes';

/** An object as `kubectl apply` gets it, with fields of any type, as tests read them. */
export interface Manifest {
  /** 'apps/v1'. */
  apiVersion: string;
  /** 'Deployment'. */
  kind: string;
  metadata: NamedMeta;
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown` every assertion on a field would need a cast
  [field: string]: any;
}

/** The only object of a kind and a name; an error that lists what there is, otherwise. */
export function findManifest(
  manifests: readonly Manifest[],
  kind: string,
  name: string,
  namespace: string | undefined,
): Manifest {
  const found = manifests.filter(
    (manifest) =>
      manifest.kind === kind &&
      manifest.metadata.name === name &&
      (namespace === undefined || manifest.metadata.namespace === namespace),
  );
  const [only] = found;
  if (only && found.length === 1) {
    return only;
  }
  const wanted = `${kind} '${namespace === undefined ? '' : `${namespace}/`}${name}'`;
  throw new Error(
    only
      ? `${found.length} objects match ${wanted}: ${listed(found)}. Pass the namespace.`
      : `no object matches ${wanted}. The objects are: ${listed(manifests) || 'none'}.`,
  );
}

function listed(manifests: readonly Manifest[]): string {
  return manifests.map(({ kind, metadata }) => `${kind} '${nameOf(metadata)}'`).join(', ');
}

function nameOf({ namespace, name }: NamedMeta): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
