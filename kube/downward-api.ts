import { isQualifiedName } from './names';

/** Fields of a pod that a variable can have. */
const OF_ENV = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
] as const;
/** Fields of a pod that a file can have. */
const OF_FILES = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
] as const;
const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`limits.${name}`, `requests.${name}`]);

/** What a `fieldPath` may name: in a variable, or in a file of a downwardAPI volume. */
export const fieldPaths = (of: 'env' | 'file'): readonly string[] => (of === 'env' ? OF_ENV : OF_FILES);

/** Whether a `fieldPath` names a field, or a label or an annotation: metadata.labels['app']. */
export function isFieldPath(path: string, of: 'env' | 'file'): boolean {
  const [, list, key] = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path) ?? [];
  return key === undefined
    ? fieldPaths(of).includes(path)
    : isQualifiedName(list === 'labels' ? key : key.toLowerCase());
}

/** What `resource` of a `resourceFieldRef` may name, huge pages beside. */
export const RESOURCE_FIELDS: readonly string[] = RESOURCES;

export const isResourceField = (resource: string): boolean =>
  RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource);
