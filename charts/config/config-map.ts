import type { Construct } from 'constructs';
import { canonical } from '../../kube/canonical';
import { contentHash } from '../../kube/names';
import type { Check } from '../core/check';
import { HashedObject, type Naming } from '../core/hashed-object';
import type { ConfigMap, ObjectMeta } from '../core/k8s';
import { keptByFlux } from '../core/kept';
import type { MetadataOf } from '../core/kube-object';
import { withAnnotations } from '../core/object-head';

/** A value of a ConfigMap: a text, or bytes for `binaryData`. */
export type FileData = string | Uint8Array;

/** Client-side apply stores a copy of the object in an annotation, and annotations are limited to 256 KiB. */
const MAX_BYTES = 250 * 1024;
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/**
 * An immutable ConfigMap with a content hash in its name: a change rolls the pods, and a rollback finds its old values.
 * Argo CD must not prune it, since old pods and rollbacks still read it.
 *
 * @param known what `data` gives, if that is known already
 */
export function hashedConfigMap(
  scope: Construct,
  id: string,
  called: { readonly name: string; readonly namespace: string },
  metadataOf: MetadataOf,
  data: () => Readonly<Record<string, FileData>>,
  known?: Readonly<Record<string, FileData>>,
): HashedObject<ConfigMap> {
  const head: ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: called };
  const render = (metadata: ObjectMeta & { name: string }): ConfigMap => {
    const { annotations } = metadata;
    const given = annotations?.[SYNC_OPTIONS];
    const options = given === undefined ? 'Prune=false' : `${given},Prune=false`;
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: withAnnotations(metadata, keptByFlux(scope, { ...annotations, [SYNC_OPTIONS]: options })),
      ...byKind(data()),
      immutable: true,
    };
  };
  return new HashedObject(scope, id, head, render, NAMING, metadataOf, known && hashOfTexts(known));
}

const hashOf = ({ data, binaryData }: Pick<ConfigMap, 'data' | 'binaryData'>): string =>
  contentHash(JSON.stringify([data, binaryData]));
const NAMING: Naming<ConfigMap> = { hash: hashOf };

/** The hash of texts as they are written; undefined for bytes, which may change, and for texts that are refused when they are. */
function hashOfTexts(known: Readonly<Record<string, FileData>>): string | undefined {
  const data = areTexts(known) ? canonical(known) : undefined;
  return data && hashOf({ data });
}

/** Texts and bytes: `binaryData` is left out where there is none. A key may be called '__proto__'. */
function byKind(all: Readonly<Record<string, FileData>>): Pick<ConfigMap, 'data' | 'binaryData'> {
  if (areTexts(all)) {
    return { data: all };
  }
  const entries = Object.entries(all);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const bytes = entries.flatMap(([key, value]) =>
    typeof value === 'string' ? [] : [[key, Buffer.from(value).toString('base64')] as const],
  );
  return { data: Object.fromEntries(texts), binaryData: Object.fromEntries(bytes) };
}

function areTexts(all: Readonly<Record<string, FileData>>): all is Record<string, string> {
  for (const key in all) {
    if (typeof all[key] !== 'string') {
      return false;
    }
  }
  return true;
}

const sizeOf = (value: FileData): number =>
  // bytes are written in Base64
  typeof value === 'string' ? Buffer.byteLength(value) : Math.ceil(value.byteLength / 3) * 4;

/** As nearly all are, by the lengths of their texts: a character takes at most three bytes. */
function isSmall(data: Readonly<Record<string, FileData>>): boolean {
  let most = 0;
  for (const key of Object.keys(data)) {
    const value = data[key]!;
    most += key.length * 3 + (typeof value === 'string' ? value.length * 3 : sizeOf(value));
  }
  return most <= MAX_BYTES;
}

export function checkConfigSize(check: Check, field: string, data: Readonly<Record<string, FileData>>): void {
  if (isSmall(data)) {
    return;
  }
  const bytes = Object.entries(data).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + sizeOf(value), 0);
  if (bytes > MAX_BYTES) {
    check.fail(
      'invalid',
      field,
      `${field} must be at most 250 KiB, the limit of kubectl apply, but is ${Math.ceil(bytes / 1024)} KiB`,
      'put large files in the image or on a volume',
    );
  }
}
