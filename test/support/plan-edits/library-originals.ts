import { parseAllDocuments } from 'yaml';
import { storedKind } from '../../../kube/stored/types';
import { committed, PROGRAMS } from '../../golden/programs';
import type { Manifest } from '../app';

/** Of one kind, the largest. */
const PER_KIND = 3;
/** These would refuse or change the requests of the test itself. */
const IN_FORCE = /^(Validating|Mutating)(Webhook|Admission)/;

/** Where the copies are. */
export const LIBRARY_NAMESPACE = 'library';

/** Objects that the library writes, of each kind of Kubernetes the largest few, under names of their own in one namespace. */
export function libraryOriginals(): Manifest[] {
  const all = PROGRAMS.flatMap((program) =>
    Object.entries(committed(program))
      .filter(([file]) => file.endsWith('.yaml'))
      .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as Manifest | null)),
  ).filter((one): one is Manifest => one !== null && storedKind(one.apiVersion, one.kind) !== undefined);
  const kinds = [...new Set(all.map(({ kind }) => kind))].filter(
    (kind) => !IN_FORCE.test(kind) && kind !== 'Namespace',
  );
  return kinds.flatMap((kind) => largest(all.filter((one) => one.kind === kind)));
}

function largest(manifests: readonly Manifest[]): Manifest[] {
  const texts = [...new Set(manifests.map((manifest) => JSON.stringify(manifest)))];
  return texts
    .sort((a, b) => b.length - a.length)
    .slice(0, PER_KIND)
    .map((text, index) => {
      const manifest = JSON.parse(text) as Manifest;
      const { metadata } = manifest;
      const place = metadata.namespace === undefined ? {} : { namespace: LIBRARY_NAMESPACE };
      return { ...manifest, metadata: { ...metadata, ...place, name: `library-${index}` } };
    });
}
