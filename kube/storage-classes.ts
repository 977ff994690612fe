import type { Manifest } from './objects';

/** The annotation of the class that claims without one get. */
export const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
/** Its name of old, which Kubernetes still reads. */
const BETA_DEFAULT_CLASS = 'storageclass.beta.kubernetes.io/is-default-class';

/** The annotation that makes a StorageClass the default; undefined where it is not. */
export function defaultClassAnnotation({ metadata }: Pick<Manifest, 'metadata'>): string | undefined {
  return [DEFAULT_CLASS, BETA_DEFAULT_CLASS].find((key) => metadata.annotations?.[key] === 'true');
}
