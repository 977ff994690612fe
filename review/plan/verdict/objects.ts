import { distinct } from '../../../kube/collections';
import { isObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { type StoredStruct, storedKind } from '../../../kube/stored/types';
import { afterCreation, atCreation } from './creation';
import type { Server } from './draft';
import { stored } from './stored';

/** What the API server holds of an object, whoever wrote it, with its defaults. */
export function storedObject(manifest: Manifest, version: string): Manifest {
  const type = storedKind(manifest.apiVersion, manifest.kind);
  return type ? known(manifest, type, { version, kind: manifest.kind }) : custom(manifest);
}

/** The same of one that is created. */
export function createdObject(manifest: Manifest, version: string): Manifest {
  return afterCreation(storedObject(atCreation(manifest), version));
}

function known(manifest: Manifest, type: StoredStruct, server: Server): Manifest {
  const { apiVersion, kind } = manifest;
  const object = { apiVersion, kind, ...(stored(manifest, type, server) as object) } as Manifest;
  const owners = object.metadata?.ownerReferences;
  return owners && owners.length > 1
    ? { ...object, metadata: { ...object.metadata, ownerReferences: distinct(owners) } }
    : object;
}

/** Of a custom resource only what all objects have is known. */
function custom(manifest: Manifest): Manifest {
  const { status: _, ...rest } = manifest as Manifest & { readonly status?: unknown };
  return withoutNone(rest) as Manifest;
}

function withoutNone(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNone);
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNone(item)]));
}
