import type { PersistentVolume, StorageClass } from '../imports/kubernetes';
import { groupOf } from './kinds';
import type { Manifest } from './objects';
import { podSpecField } from './pod-containers';
import { hasPodTemplate, podTemplates } from './pod-templates';

/** The API group of snapshots of volumes. */
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

/** A driver of volumes that an object names. */
export interface NamedDriver {
  /** 'the provisioner', 'the driver'. */
  readonly what: string;
  readonly field: string;
  /** 'ebs.csi.aws.com'. */
  readonly name: string;
}

/** Whether objects of a kind may name drivers. */
export function mayNameDriver({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return (
    kind === 'StorageClass' ||
    kind === 'PersistentVolume' ||
    kind === 'VolumeAttributesClass' ||
    groupOf(apiVersion) === SNAPSHOT_GROUP ||
    hasPodTemplate({ apiVersion, kind })
  );
}

/** The drivers that an object names: of volumes that exist or are made, of snapshots, and of volumes within pods. */
export function driversNamed(manifest: Manifest): readonly NamedDriver[] {
  const { kind, spec } = manifest;
  switch (kind) {
    case 'StorageClass':
      return named('the provisioner', 'provisioner', (manifest as unknown as StorageClass).provisioner);
    case 'PersistentVolume':
      return named('the driver', 'spec.csi.driver', (manifest as unknown as PersistentVolume).spec?.csi?.driver);
    case 'VolumeSnapshotClass':
      return named('the driver', 'driver', (manifest as unknown as { driver?: unknown }).driver);
    case 'VolumeAttributesClass':
      return named('the driver', 'driverName', (manifest as unknown as { driverName?: unknown }).driverName);
    case 'VolumeSnapshotContent':
      return named('the driver', 'spec.driver', spec?.driver);
    default:
      return driversOfPods(manifest);
  }
}

const NONE: readonly never[] = [];

function named(what: string, field: string, name: unknown): readonly NamedDriver[] {
  return isName(name) ? [{ what, field, name }] : NONE;
}

const isName = (name: unknown): name is string => typeof name === 'string' && name !== '';

function driversOfPods(manifest: Manifest): readonly NamedDriver[] {
  const found: NamedDriver[] = [];
  for (const pod of podTemplates(manifest)) {
    pod.template.spec?.volumes?.forEach(({ csi }, i) => {
      const name: unknown = csi?.driver;
      if (isName(name)) {
        found.push({ what: 'the driver', field: `${podSpecField(pod)}.volumes[${i}].csi.driver`, name });
      }
    });
  }
  return found;
}

/** Whether objects of a kind say something about others. */
export const bringsNames = ({ kind }: Pick<Manifest, 'kind'>): boolean =>
  kind === 'CSIDriver' || kind === 'CustomResourceDefinition';

/** What an object says about others: the driver that a CSIDriver is about, the API group that a definition adds kinds to. */
export function broughtNames(kind: string, name: string): readonly string[] {
  switch (kind) {
    case 'CSIDriver':
      return [name];
    case 'CustomResourceDefinition':
      return [name.slice(name.indexOf('.') + 1)];
    default:
      return NONE;
  }
}
