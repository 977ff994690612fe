import { isClusterScoped } from '../../../kube/kinds';

/**
 * The key of an object in `construct-metadata.json` beside its name, which objects of several kinds share:
 * 'shop/Deployment/web'.
 */
export function metadataKey(object: {
  readonly namespace?: string | undefined;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}): string {
  // cdk8s gives a chart's namespace to every object in it
  const namespace = isClusterScoped(object.apiVersion, object.kind) ? '' : (object.namespace ?? '');
  return `${namespace}/${object.kind}/${object.name}`;
}
