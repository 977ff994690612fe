import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Path } from '../../core/values';
import { awsId, type FileOwner, fileOwner, ignoredSize, type SharedProps } from './common';
import type { SharedWay } from './way';

/** A folder of a file system of EFS. Without `accessPoint` and `path` the driver makes an access point of its own. */
export interface EfsVolume extends SharedProps {
  /** The id of the file system: 'fs-0123456789abcdef0'. It exists, with a mount target in each zone of the nodes. */
  readonly fileSystem: string;
  /**
   * Who owns the files, whoever the pods run as: the access point that the driver makes says so. Refused with `accessPoint`,
   * which has an owner already, and with `path`.
   *
   * @default - the user of the workloads that mount it, which have to have one user then
   * @see https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
   */
  readonly user?: FileOwner;
  /** An access point that exists: 'fsap-0123456789abcdef0'. @default - the driver makes one */
  readonly accessPoint?: string;
  /** A folder of the file system that exists, without an access point: its files have the owners that they have. @default - the folder of the access point */
  readonly path?: Path;
}

const PROPS: KeyTable<EfsVolume> = {
  size: 'text',
  readOnly: 'boolean',
  fileSystem: 'text',
  user: true,
  accessPoint: 'text',
  path: 'text',
};
const DRIVER = 'efs.csi.aws.com';
const NFS = 2049;

export function efs(check: Check, props: EfsVolume): SharedWay {
  check.keys<EfsVolume>('props', props, PROPS);
  const { readOnly = false, accessPoint, path } = props;
  const fileSystem = awsId(check, 'fileSystem', props.fileSystem, 'fs');
  const exists = accessPoint !== undefined || path !== undefined;
  if (exists && props.user !== undefined) {
    const by = accessPoint === undefined ? 'path' : 'accessPoint';
    check.fail(
      'forbidden',
      'user',
      `user must not be set with ${by}, whose files have owners already`,
      `leave user out, or leave ${by} out`,
    );
  }
  const handle = exists ? handleOf(check, fileSystem, accessPoint, path) : undefined;
  return {
    accessMode: 'ReadWriteMany',
    size: ignoredSize(check, props.size),
    readOnly,
    user: fileOwner(check, props.user),
    hasGroup: false,
    step: {
      title: `EFS ${fileSystem}`,
      text: `The file system has a mount target in each zone of the nodes, whose security group admits TCP ${NFS} from the nodes.`,
      commands: [`aws efs describe-mount-targets --file-system-id ${fileSystem}`],
    },
    ...(handle === undefined
      ? {
          storageClass: ({ cluster, user }) => {
            const { uid, gid } = user();
            return {
              provisioner: DRIVER,
              parameters: {
                provisioningMode: 'efs-ap',
                fileSystemId: fileSystem,
                directoryPerms: '700',
                uid: String(uid),
                gid: String(gid),
                // one file system may serve several clusters
                ...(cluster ? { basePath: `/${cluster.facts.name}` } : {}),
                // a claim that is made again finds its files
                subPathPattern: '/${.PVC.namespace}/${.PVC.name}',
                ensureUniqueDirectory: 'false',
              },
            };
          },
        }
      : { volume: () => ({ csi: { driver: DRIVER, volumeHandle: handle } }) }),
  };
}

/** fs-id[:path[:access point]] */
function handleOf(check: Check, fileSystem: string, accessPoint: string | undefined, path: Path | undefined): string {
  const folder = path === undefined ? '' : check.absolutePath('path', path);
  const point = accessPoint === undefined ? undefined : awsId(check, 'accessPoint', accessPoint, 'fsap');
  return point === undefined ? `${fileSystem}:${folder}` : `${fileSystem}:${folder}:${point}`;
}
