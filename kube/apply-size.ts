import type { Manifest } from './objects';

/** Bytes of all annotations of an object together, keys included. */
export const MOST_ANNOTATION_BYTES = 262_144;

/** Where kubectl keeps what was applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The bytes of the annotations that `kubectl apply` writes: those of the manifest, and the manifest itself. */
export function annotationBytesOf(manifest: Manifest): number {
  const { [LAST_APPLIED]: _, ...annotations } = manifest.metadata.annotations ?? {};
  let bytes = LAST_APPLIED.length;
  for (const [key, value] of Object.entries(annotations)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(String(value));
  }
  const kept = { ...manifest, metadata: { ...manifest.metadata, annotations } };
  const text = JSON.stringify(kept, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
  // kubectl writes these characters as \u003c and so on, of which the last two have three bytes otherwise
  const escaped = 5 * (text.match(/[<>&]/g)?.length ?? 0) + 3 * (text.match(/[\u2028\u2029]/g)?.length ?? 0);
  const lineFeed = 1;
  return bytes + Buffer.byteLength(text) + escaped + lineFeed;
}
