import type { Construct } from 'constructs';
import { contentHash } from '../../kube/names';
import type { Check } from '../core/check';
import type { ConfigMap, ObjectMeta } from '../core/k8s';
import { keptByFlux } from '../core/kept';
import { HashedObject } from '../core/kube-object';

/** Client-side apply stores a copy of the object in an annotation, and annotations are limited to 256 KiB. */
const MAX_BYTES = 250 * 1024;
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/**
 * An immutable ConfigMap with a content hash in its name: a change rolls the pods, and a rollback finds its old values.
 * Argo CD must not prune it, since old pods and rollbacks still read it.
 */
export function hashedConfigMap(
  scope: Construct,
  id: string,
  metadata: () => ObjectMeta & { name: string },
  data: () => Record<string, string>,
): HashedObject<ConfigMap> {
  const head: ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata() };
  const render = (): ConfigMap => {
    const meta = metadata();
    const options = [meta.annotations?.[SYNC_OPTIONS], 'Prune=false'].filter((o) => o !== undefined).join(',');
    return {
      ...head,
      metadata: { ...meta, annotations: keptByFlux(scope, { ...meta.annotations, [SYNC_OPTIONS]: options }) },
      immutable: true,
      data: data(),
    };
  };
  return new HashedObject(scope, id, head, render, ({ data: d, binaryData: b }) => contentHash(JSON.stringify([d, b])));
}

export function checkConfigSize(check: Check, field: string, data: Readonly<Record<string, string>>): void {
  const bytes = Object.entries(data).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (bytes > MAX_BYTES) {
    check.fail(
      'invalid',
      field,
      `${field} must be at most 250 KiB, the limit of kubectl apply, but is ${Math.ceil(bytes / 1024)} KiB`,
      'put large files in the image or on a volume',
    );
  }
}
