import { kubectlName } from '../kubectl';
import { changedWithin, type Remedy } from './remedy';

/** A volume can neither shrink nor become another kind of volume: the data have to move. */
export const CLAIMS: readonly Remedy[] = [
  {
    kinds: ['/PersistentVolumeClaim'],
    fits: (change) => changedWithin(change, 'spec').length > 0,
    steps: ({ object }, apply) => [
      {
        text: 'To keep the data, write the new claim under another name, apply it, copy the data with a Job that mounts both, let the workload mount the new claim, and end here.',
      },
      {
        text: 'Without its data: delete the claim. It stays until no pod uses it, so scale its workload to 0 first. The volume goes with it, unless its reclaim policy is Retain.',
        command: `kubectl delete ${kubectlName(object)}`,
      },
      { text: 'Apply: the new claim gets an empty volume.', command: apply },
    ],
  },
];
