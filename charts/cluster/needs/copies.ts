import { EBS_COPIES } from '../../../eks/storage-drivers';
import type { Requirement } from '../../core/requirements';
import type { Because } from '../../core/values';

/** A driver that copies volumes. The review knows the version of the add-on where the ClusterConfig has one. */
export function copyRequirement({ because }: Because): Requirement {
  const { addon, since } = EBS_COPIES;
  return {
    id: 'storage/copies',
    because,
    check: ({ name, region, compute, made }) => {
      if (compute === 'auto') {
        // AWS does not say whether its driver copies volumes
        return { status: 'unknown' };
      }
      return made
        ? { status: 'met' }
        : {
            status: 'provided',
            addition: {
              kind: 'step',
              step: {
                title: 'Copies of volumes',
                text: `The driver of EBS copies volumes from version ${since} on; the command prints which one the cluster has. With an earlier one the claims stay pending.`,
                commands: [
                  `aws eks describe-addon --cluster-name ${name} --region ${region} --addon-name ${addon} --query addon.addonVersion --output text`,
                ],
              },
            },
          };
    },
  };
}
