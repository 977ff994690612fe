import type { Construct } from 'constructs';
import type { AnyObject, ObjectMeta } from '../../imports/kubernetes';
import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { Check } from './check';

/** A program in JavaScript, or one that casts, may give anything; cdk8s would fail without naming the construct. */
export function checkedHead<T extends AnyObject>(scope: Construct, id: string, manifest: T): T {
  const given: unknown = manifest;
  if (!isObject(given)) {
    checkOf(scope, id).fail(
      'type',
      '',
      `a KubeObject must be a manifest, but is ${describe(given)}`,
      "write { apiVersion: '...', kind: '...', metadata: { name: '...' } }",
    );
  }
  const { metadata } = given as { metadata?: unknown };
  if (!isObject(metadata)) {
    checkOf(scope, id).fail(
      metadata === undefined ? 'required' : 'type',
      'metadata',
      metadata === undefined ? 'metadata is required' : `metadata must be an object, but is ${describe(metadata)}`,
      "write metadata: { name: '...' }",
    );
  }
  requireText(scope, id, 'apiVersion', manifest.apiVersion, 'apps/v1');
  requireText(scope, id, 'kind', manifest.kind, 'Deployment');
  requireText(scope, id, 'metadata.name', manifest.metadata.name ?? manifest.metadata.generateName, 'web');
  return manifest;
}

function requireText(scope: Construct, id: string, field: string, value: unknown, example: string): void {
  if (typeof value !== 'string' || value === '') {
    checkOf(scope, id).fail(
      value === undefined ? 'required' : 'type',
      field,
      value === undefined ? `${field} is required` : `${field} must be a string, but is ${describe(value)}`,
      `write for example '${example}'`,
    );
  }
}

/** Metadata with other annotations than its own, in the order of a manifest. */
export function withAnnotations<M extends ObjectMeta>(metadata: M, annotations: ObjectMeta['annotations']): M {
  return 'annotations' in metadata ? { ...metadata, annotations } : { annotations, ...metadata };
}

/** Made for an object that is refused. */
const checkOf = (scope: Construct, id: string): Check =>
  new Check([scope.node.path, id].filter((part) => part !== '').join('/'));
