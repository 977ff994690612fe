import type { ClusterContext } from '../../core/cluster-context';
import type { PersistentVolumeSpec, StorageClass } from '../../core/k8s';
import type { Step } from '../../core/requirements';
import type { SourceModel } from '../source';
import type { OwnerModel } from './common';

/** How the nodes mount a volume: for any number of pods, for those that read, or for one node. */
export type AccessMode = 'ReadWriteMany' | 'ReadOnlyMany' | 'ReadWriteOnce';

/** What is known when the app is complete. */
export interface LateFacts {
  /** 'shop-uploads': unique in the cluster. */
  readonly name: string;
  readonly cluster: ClusterContext | undefined;
  /** Who owns the files: as it was given, or the user of the pods. */
  readonly user: () => { readonly uid: number; readonly gid: number };
}

/** What a PersistentVolume has beside what its claim says. */
export type VolumeOf = Partial<Pick<PersistentVolumeSpec, 'csi' | 'nfs' | 'mountOptions' | 'nodeAffinity'>>;
/** What a StorageClass has beside its name. */
export type ClassOf = Pick<StorageClass, 'provisioner' | 'parameters'>;

/** A way to share a volume. A new way is a file beside this one, and a factory in `SharedVolume`. */
export interface SharedWay {
  readonly accessMode: AccessMode;
  /** '100Gi', of the claim. */
  readonly size: string;
  /** Mounts are read-only. */
  readonly readOnly: boolean;
  /** A volume that exists; none where a class makes it. */
  readonly volume?: (late: LateFacts) => VolumeOf;
  /** The class that makes the volume: an own one, or one that exists by its name. */
  readonly storageClass?: string | ((late: LateFacts) => ClassOf);
  /** What a class fills the volume from. */
  readonly source?: SourceModel | undefined;
  /** The owner of the files, where it was given. */
  readonly user: OwnerModel | undefined;
  /** Whether the kubelet gives the files to the group of the pod, as it does for disks alone. */
  readonly hasGroup: boolean;
  /** What has to be there before; a step of the cluster. */
  readonly step?: Step;
}
