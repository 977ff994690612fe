import { FSX_DRIVERS } from '../../../eks/fsx-parameters';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Path } from '../../core/values';
import { awsId, ignoredSize, type SharedProps } from './common';
import type { SharedWay } from './way';

/** A file system of FSx for Lustre that exists. */
export interface LustreVolume extends SharedProps {
  /** 'lustre': a file system of FSx for Lustre. */
  readonly kind: 'lustre';
  /** The id of the file system: 'fs-0123456789abcdef0'. */
  readonly fileSystem: string;
  /** Its DNS name: 'fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com'. */
  readonly dnsName: string;
  /** Its mount name, as `aws fsx describe-file-systems` tells it: 'fsx' or 8 letters and digits. */
  readonly mountName: string;
}

/** A volume of FSx for OpenZFS that exists. */
export interface OpenZfsVolume extends SharedProps {
  /** 'openZfs': a volume of FSx for OpenZFS. */
  readonly kind: 'openZfs';
  /** The id of the volume: 'fsvol-0123456789abcdef0'. */
  readonly volume: string;
  /** The DNS name of its file system. */
  readonly dnsName: string;
  /** The path of the volume. */
  readonly path: Path;
}

/** A file system or volume of FSx; one of NetApp ONTAP is mounted by `SharedVolume.nfs`. */
export type FsxVolume = LustreVolume | OpenZfsVolume;

const LUSTRE: KeyTable<LustreVolume> = {
  kind: true,
  size: 'text',
  readOnly: 'boolean',
  fileSystem: 'text',
  dnsName: 'text',
  mountName: 'text',
};
const OPENZFS: KeyTable<OpenZfsVolume> = {
  kind: true,
  size: 'text',
  readOnly: 'boolean',
  volume: 'text',
  dnsName: 'text',
  path: 'text',
};

export function fsx(check: Check, props: FsxVolume): SharedWay {
  check.oneOf('kind', props?.kind, ['lustre', 'openZfs']);
  if (props.kind === 'lustre') {
    check.keys<LustreVolume>('props', props, LUSTRE);
  } else {
    check.keys<OpenZfsVolume>('props', props, OPENZFS);
  }
  const common = {
    accessMode: 'ReadWriteMany',
    size: ignoredSize(check, props.size),
    readOnly: props.readOnly ?? false,
    user: undefined,
    hasGroup: false,
  } as const;
  const dnsName = check.text('dnsName', props.dnsName);
  if (props.kind === 'lustre') {
    const fileSystem = awsId(check, 'fileSystem', props.fileSystem, 'fs');
    const mountName = check.text('mountName', props.mountName);
    return {
      ...common,
      step: {
        title: `FSx ${fileSystem}`,
        text: 'The security group of the file system admits TCP 988 and 1018-1023 from the nodes.',
        commands: [`aws fsx describe-file-systems --file-system-ids ${fileSystem}`],
      },
      volume: () => ({
        mountOptions: ['flock'],
        csi: {
          driver: FSX_DRIVERS.lustre,
          volumeHandle: fileSystem,
          volumeAttributes: { dnsname: dnsName, mountname: mountName },
        },
      }),
    };
  }
  const volume = awsId(check, 'volume', props.volume, 'fsvol');
  const path = check.absolutePath('path', props.path);
  return {
    ...common,
    step: {
      title: `FSx ${volume}`,
      text: 'The security group of its file system admits TCP and UDP 111, 2049 and 20001-20003 from the nodes.',
      commands: [`aws fsx describe-volumes --volume-ids ${volume}`],
    },
    volume: () => ({
      mountOptions: ['nfsvers=4.1'],
      csi: {
        driver: FSX_DRIVERS.openZfs,
        volumeHandle: volume,
        volumeAttributes: { DNSName: dnsName, ResourceType: 'volume', VolumePath: path.slice(1) },
      },
    }),
  };
}
