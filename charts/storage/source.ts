import type { IConstruct } from 'constructs';
import { SNAPSHOT_GROUP } from '../../kube/csi-drivers';
import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { declareExisting } from '../core/app-objects';
import type { Check } from '../core/check';
import type { PersistentVolumeClaimSpec } from '../core/k8s';

/** What a new volume is filled from: a snapshot, or a volume that exists. */
export type StorageSource = SnapshotOfVolume | CopiedClaim;

/** A snapshot that a volume is filled from. */
export interface SnapshotOfVolume {
  /** The name of a VolumeSnapshot of the namespace. */
  readonly snapshot: string;
}

/** A volume that is copied. */
export interface CopiedClaim {
  /** The name of a PersistentVolumeClaim of the namespace: 'data-store-0'. */
  readonly claim: string;
}

/** A validated source. */
export interface SourceModel {
  readonly kind: 'VolumeSnapshot' | 'PersistentVolumeClaim';
  readonly name: string;
}

const KEYS: KeyTable<SnapshotOfVolume & CopiedClaim> = { snapshot: 'text', claim: 'text' };

export function resolveSource(check: Check, field: string, from: StorageSource | undefined): SourceModel | undefined {
  if (from === undefined) {
    return undefined;
  }
  check.keys<SnapshotOfVolume & CopiedClaim>(field, from, KEYS);
  const { snapshot, claim } = from as Partial<SnapshotOfVolume & CopiedClaim>;
  if (snapshot !== undefined && claim !== undefined) {
    check.fail(
      'forbidden',
      field,
      `${field} must be a snapshot or a claim, but is both`,
      'leave one of them out: a volume is filled from one source',
    );
  }
  return claim === undefined
    ? {
        kind: 'VolumeSnapshot',
        name: named(check, `${field}.snapshot`, snapshot, 'VolumeSnapshot', 'volumesnapshots'),
      }
    : { kind: 'PersistentVolumeClaim', name: named(check, `${field}.claim`, claim, 'PersistentVolumeClaim', 'pvc') };
}

function named(check: Check, field: string, value: unknown, kind: string, resource: string): string {
  const name = check.text(field, value);
  if (!isSubdomain(name)) {
    check.fail(
      'invalid',
      field,
      `${field} must be the name of a ${kind}, but is ${describe(name)}`,
      `write a name that \`kubectl get ${resource}\` shows`,
    );
  }
  return name;
}

/** The field of a claim that says what its volume is filled from. */
export function dataSource(source: SourceModel | undefined): Pick<PersistentVolumeClaimSpec, 'dataSource'> {
  if (source === undefined) {
    return {};
  }
  const { kind, name } = source;
  return { dataSource: { ...(kind === 'VolumeSnapshot' ? { apiGroup: SNAPSHOT_GROUP } : {}), kind, name } };
}

/** Says that snapshots exist: whoever names one has seen it. The claims that are copied can be of the app, so the review looks for them. */
export function declareSources(
  construct: IConstruct,
  namespace: string,
  volumes: readonly { readonly source: SourceModel | undefined }[],
): void {
  for (const { source } of volumes) {
    if (source?.kind === 'VolumeSnapshot') {
      declareExisting(construct, { kind: 'VolumeSnapshot', namespace, name: source.name });
    }
  }
}
