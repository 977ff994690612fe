import type { Refusal } from '../../model';
import { at } from '../values';
import { changed, fixed, IMMUTABLE, immutable, type Rule, type Ruling, type Update } from './refusal';

const JOB_FIXED = [
  'spec.selector',
  'spec.completionMode',
  'spec.podFailurePolicy',
  'spec.backoffLimitPerIndex',
  'spec.managedBy',
  'spec.successPolicy',
];

/** The number of completions of a Job moves only with its parallelism, and only where they have indexes. */
function completions(update: Update): Refusal[] {
  const [next, parallelism] = ['completions', 'parallelism'].map((key) => at(update.next, 'spec', key));
  if (!changed(update, 'spec.completions')) {
    return [];
  }
  if (at(update.next, 'spec', 'completionMode') !== 'Indexed') {
    return [{ field: 'spec.completions', reason: IMMUTABLE }];
  }
  return next === undefined || next === parallelism
    ? []
    : [{ field: 'spec.completions', reason: 'can only change together with parallelism, to the same number' }];
}

function job(update: Update): Ruling {
  const template = immutable(update, 'spec.template');
  return { refusals: [...JOB_FIXED.flatMap((path) => immutable(update, path)), ...completions(update), ...template] };
}

export const WORKLOAD_RULES: Readonly<Record<string, Rule>> = {
  'apps/v1/ControllerRevision': fixed('data'),
  'apps/v1/DaemonSet': fixed('spec.selector'),
  'apps/v1/Deployment': fixed('spec.selector'),
  'apps/v1/ReplicaSet': fixed('spec.selector'),
  'apps/v1/StatefulSet': fixed(
    'spec.selector',
    'spec.volumeClaimTemplates',
    'spec.serviceName',
    'spec.podManagementPolicy',
  ),
  'batch/v1/Job': job,
};
