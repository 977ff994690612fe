import { isEbsDriver } from '../../../eks/compute-modes';
import { ZONE } from '../../../eks/node-labels';
import type { KeyTable, Quantity } from '../../../kube/values';
import type { Check } from '../../core/check';
import { STORAGE_CLASS } from '../../core/class-names';
import { resolveClass } from '../../core/class-reference';
import type { NodeSelector, StorageClass } from '../../core/k8s';
import type { KubeObject } from '../../core/kube-object';
import { resolveSource, type StorageSource } from '../source';
import { mountOptions } from './common';
import type { AccessMode, SharedWay } from './way';

/** A volume that a class makes: of EBS for one pod, or of a driver that several pods can mount. */
export interface ClaimedVolume {
  /** A StorageClass or its name: the driver makes the volume. */
  readonly className: string | KubeObject<StorageClass>;
  /** Size, such as '20Gi'. */
  readonly size: Quantity;
  /** How it is mounted; 'ReadWriteOnce' for a driver of disks. @default 'ReadWriteMany' */
  readonly accessMode?: AccessMode;
  /** Whether the pods read only. @default false */
  readonly readOnly?: boolean;
  /** What the volume is filled from, as in `storage.from` of a StatefulService: a snapshot, or another claim. @default - nothing */
  readonly from?: StorageSource;
}

/** A volume that exists, of any CSI driver. */
export interface CsiVolume {
  /** The driver: 'cephfs.csi.ceph.com'. It has to be installed, unless it is an add-on of EKS. */
  readonly driver: string;
  /** What the driver calls the volume. */
  readonly volumeHandle: string;
  /** Attributes of the volume, as the driver reads them. @default - none */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Size, such as '20Gi'. */
  readonly size: Quantity;
  /** How it is mounted; 'ReadWriteOnce' for a driver of disks. @default 'ReadWriteMany' */
  readonly accessMode?: AccessMode;
  /** The file system of a disk. @default - decided by the driver */
  readonly fsType?: string;
  /** The availability zone of a disk: 'us-west-2a'. Required for EBS. @default - reached from every zone */
  readonly zone?: string;
  /** Mount options. @default - none */
  readonly mountOptions?: readonly string[];
  /** Whether the pods read only. @default false */
  readonly readOnly?: boolean;
}

const CLAIMED: KeyTable<ClaimedVolume> = {
  className: true,
  size: 'text',
  accessMode: true,
  readOnly: 'boolean',
  from: true,
};
const EXISTING: KeyTable<CsiVolume> = {
  driver: 'text',
  volumeHandle: 'text',
  attributes: 'map',
  size: 'text',
  accessMode: true,
  fsType: 'text',
  zone: 'text',
  mountOptions: 'texts',
  readOnly: 'boolean',
};
const MODES: readonly AccessMode[] = ['ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOnce'];

export function csi(check: Check, props: CsiVolume | ClaimedVolume): SharedWay {
  const isClaimed = typeof props === 'object' && props !== null && 'className' in props;
  return isClaimed ? claimed(check, props) : existing(check, props);
}

function claimed(check: Check, props: ClaimedVolume): SharedWay {
  check.keys<ClaimedVolume>('props', props, CLAIMED);
  const className = resolveClass(check, 'className', props.className);
  const { provisioner } = (typeof props.className === 'string' ? undefined : props.className.toJson()) ?? {};
  const isDisk = isEbsDriver(provisioner) || Object.values<string>(STORAGE_CLASS).includes(className);
  return {
    ...common(check, props, isDisk),
    storageClass: className,
    source: resolveSource(check, 'from', props.from),
  };
}

function existing(check: Check, props: CsiVolume): SharedWay {
  check.keys<CsiVolume>('props', props ?? null, EXISTING);
  const driver = check.text('driver', props.driver);
  const volumeHandle = check.text('volumeHandle', props.volumeHandle);
  const options = mountOptions(check, props.mountOptions);
  const { fsType, attributes, zone } = props;
  if (isEbsDriver(driver) && zone === undefined) {
    check.fail(
      'required',
      'zone',
      'zone is required for a volume of EBS: a pod in another zone cannot mount it',
      "write the zone of the volume, such as zone: 'us-west-2a'",
    );
  }
  return {
    ...common(check, props, isEbsDriver(driver)),
    volume: () => ({
      csi: {
        driver,
        volumeHandle,
        ...(fsType === undefined ? {} : { fsType }),
        ...(attributes === undefined ? {} : { volumeAttributes: { ...attributes } }),
      },
      ...(options.length > 0 ? { mountOptions: [...options] } : {}),
      ...(zone === undefined ? {} : { nodeAffinity: { required: inZone(zone) } }),
    }),
  };
}

/** Nodes of one zone. */
function inZone(zone: string): NodeSelector {
  return { nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE, operator: 'In', values: [zone] }] }] };
}

function common(check: Check, props: CsiVolume | ClaimedVolume, isDisk: boolean): SharedWay {
  check.quantity('size', props.size, '20Gi');
  const { accessMode = 'ReadWriteMany', readOnly = false } = props;
  check.oneOf('accessMode', accessMode, MODES);
  if (isDisk && accessMode !== 'ReadWriteOnce') {
    check.fail(
      props.accessMode === undefined ? 'required' : 'unsupported',
      'accessMode',
      `accessMode must be 'ReadWriteOnce' for a volume of EBS, which one node at a time can mount, but is '${accessMode}'`,
      "write accessMode: 'ReadWriteOnce', or take SharedVolume.efs for several pods",
    );
  }
  return {
    accessMode,
    size: props.size,
    readOnly: readOnly || accessMode === 'ReadOnlyMany',
    user: undefined,
    hasGroup: accessMode === 'ReadWriteOnce',
  };
}
