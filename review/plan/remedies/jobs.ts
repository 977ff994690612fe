import { kubectlName } from '../kubectl';
import type { Remedy } from './remedy';

/** A Job under the same name: it runs once more. */
export const JOBS: readonly Remedy[] = [
  {
    kinds: ['batch/Job'],
    fits: () => true,
    steps: ({ object }, apply) => [
      {
        text: 'Delete the Job with its pods; one that still runs is stopped. A Job whose name follows its content needs no deletion.',
        command: `kubectl delete ${kubectlName(object)}`,
      },
      { text: 'Apply: the Job runs once more.', command: apply },
    ],
  },
];
