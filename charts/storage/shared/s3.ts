import { parseArn } from '../../../eks/arn';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import { type FileOwner, fileOwner, ignoredSize, mountOptions, type SharedProps } from './common';
import type { SharedWay } from './way';

/**
 * A bucket of S3, mounted by Mountpoint: files are written once, from their beginning to their end, and are not renamed,
 * appended to or locked. It fits datasets, models and results, and no database.
 *
 * @see https://github.com/awslabs/mountpoint-s3/blob/main/doc/SEMANTICS.md
 */
export interface S3Volume extends SharedProps {
  /** The name or the ARN of the bucket, which exists. The driver gets the permissions on it. */
  readonly bucket: string;
  /** Mounts what is below a prefix, such as 'uploads/'; it ends with '/'. @default - the whole bucket */
  readonly prefix?: string;
  /**
   * Who owns the files as the pods see them: only this user can write.
   *
   * @default - the user of the workloads that mount it, which have to have one user then; not needed with `readOnly`
   */
  readonly user?: FileOwner;
  /** Further options of Mountpoint, such as 'cache /tmp/cache'. @default - none: files may be deleted and overwritten unless `readOnly` is set */
  readonly mountOptions?: readonly string[];
}

const PROPS: KeyTable<S3Volume> = {
  size: 'text',
  readOnly: 'boolean',
  bucket: 'text',
  prefix: 'text',
  user: true,
  mountOptions: 'texts',
};
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function s3(check: Check, props: S3Volume): SharedWay {
  check.keys<S3Volume>('props', props, PROPS);
  const { readOnly = false, prefix } = props;
  const bucket = check.text('bucket', props.bucket);
  if (!NAME.test(bucket) && !['s3', 's3-outposts'].includes(parseArn(bucket)?.service ?? '')) {
    check.fail(
      'invalid',
      'bucket',
      `bucket must be the name or the ARN of a bucket, but is ${describe(bucket)}`,
      "write for example 'shop-uploads'",
    );
  }
  if (prefix !== undefined && !/^[^/\s]\S*\/$/.test(prefix)) {
    check.fail(
      'invalid',
      'prefix',
      `prefix must end with '/' and not begin with one, but is ${describe(prefix)}`,
      "write for example 'uploads/'",
    );
  }
  const further = mountOptions(check, props.mountOptions);
  return {
    accessMode: readOnly ? 'ReadOnlyMany' : 'ReadWriteMany',
    size: ignoredSize(check, props.size),
    readOnly,
    user: fileOwner(check, props.user),
    hasGroup: false,
    step: {
      title: `S3 bucket ${bucket}`,
      text: 'The bucket exists, in the region of the cluster.',
    },
    volume: ({ name, cluster, user }) => ({
      mountOptions: [
        // pods do not run as root, and cannot ask the node for its region
        'allow-other',
        ...(cluster ? [`region ${cluster.facts.region}`] : []),
        ...(prefix === undefined ? [] : [`prefix ${prefix}`]),
        ...(readOnly ? ['read-only'] : ['allow-delete', 'allow-overwrite', ...ownerOptions(user())]),
        ...further,
      ],
      csi: { driver: 's3.csi.aws.com', volumeHandle: name, volumeAttributes: { bucketName: bucket } },
    }),
  };
}

const ownerOptions = ({ uid, gid }: { readonly uid: number; readonly gid: number }) => [`uid=${uid}`, `gid=${gid}`];
