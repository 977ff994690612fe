import type { JobSpec, PodFailurePolicyRule } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { type JobObject, jobsIn } from '../../../kube/job-spec';
import { listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

type Add = (key: string, problem: string, fix: string) => void;

/** What the parts of a Job's spec ask of each other. */
export const rule: Rule = {
  id: 'jobs/spec',
  title: 'the fields of a Job fit together',
  severity: 'error',
  why: 'The API server refuses negative numbers, indexed fields of a Job that is not indexed, and failure policies that nothing can meet.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy',
  refusedBy: 'api-server',
  bad: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: default }
spec:
  completionMode: Indexed
  parallelism: 2
  template:
    spec: { restartPolicy: Never, containers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }] }
`,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: default }
spec:
  completionMode: Indexed
  completions: 3
  backoffLimitPerIndex: 1
  podFailurePolicy:
    rules: [{ action: FailIndex, onExitCodes: { operator: In, values: [42] } }]
  template:
    spec: { restartPolicy: Never, containers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const job of jobsIn(inventory)) {
      const found = new Places(report, job.object);
      const add: Add = (key, problem, fix) =>
        found.add(`${key} ${problem}`, {
          message: `${key} of ${title(job.object)} ${problem}`,
          fix,
          field: `${job.field}.${key}`,
        });
      numbers(job, add);
      indexes(job, add);
      failurePolicy(job.spec, add);
      found.finish();
    }
  },
};

const NUMBERS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

function numbers({ spec }: JobObject, add: Add): void {
  for (const key of NUMBERS) {
    const value = spec[key];
    if (value !== undefined && (value < 0 || !Number.isInteger(value))) {
      add(key, `must be an integer of zero or more, but is ${value}`, 'write the number, or leave it out');
    }
  }
}

function indexes({ object, spec }: JobObject, add: Add): void {
  const { completionMode = 'NonIndexed', completions, parallelism } = spec;
  if (completionMode === 'NonIndexed') {
    for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const) {
      if (spec[key] !== undefined) {
        add(key, "is for completionMode: 'Indexed' only", "write completionMode: 'Indexed', or delete it");
      }
    }
  } else if (
    completionMode === 'Indexed' &&
    completions === undefined &&
    (parallelism !== undefined || object.manifest.kind === 'CronJob')
  ) {
    // a Job with neither number has one index
    add('completions', "is required with completionMode: 'Indexed'", 'write how many indexes there are');
  }
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    add('backoffLimitPerIndex', 'is required beside maxFailedIndexes', 'write how often an index is tried again');
  }
  if (completionMode === 'Indexed' && (spec.maxFailedIndexes ?? 0) > (completions ?? Number.POSITIVE_INFINITY)) {
    add(
      'maxFailedIndexes',
      `must be at most the ${completions} completions, but is ${spec.maxFailedIndexes}`,
      'lower it',
    );
  }
}

function failurePolicy(
  { podFailurePolicy, podReplacementPolicy, backoffLimitPerIndex, template }: Partial<JobSpec>,
  add: Add,
) {
  if (!podFailurePolicy) {
    return;
  }
  const { restartPolicy, containers = [], initContainers = [] } = template?.spec ?? {};
  if (restartPolicy === 'OnFailure') {
    add('template.spec.restartPolicy', "must be 'Never' with a podFailurePolicy, but is 'OnFailure'", "write 'Never'");
  }
  if (podReplacementPolicy !== undefined && podReplacementPolicy !== 'Failed') {
    add(
      'podReplacementPolicy',
      `must be 'Failed' with a podFailurePolicy, but is '${podReplacementPolicy}'`,
      'leave it out',
    );
  }
  const names = [...containers, ...initContainers].map(({ name }) => name);
  for (const [i, each] of (podFailurePolicy.rules ?? []).entries()) {
    failureRule(each, names, backoffLimitPerIndex !== undefined, (key, problem, fix) =>
      add(`podFailurePolicy.rules[${i}]${key === '' ? '' : `.${key}`}`, problem, fix),
    );
  }
}

function failureRule(
  { action, onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  names: readonly string[],
  perIndex: boolean,
  add: Add,
): void {
  if (action === undefined) {
    add('action', 'is required', "write 'FailJob'");
  } else if (action === 'FailIndex' && !perIndex) {
    add('action', "must not be 'FailIndex' without backoffLimitPerIndex", 'write backoffLimitPerIndex');
  }
  if ((onExitCodes === undefined) === (onPodConditions.length === 0)) {
    add('', 'must have either onExitCodes or onPodConditions', 'write one of them');
  }
  if (onExitCodes) {
    const { operator, values = [], containerName } = onExitCodes;
    if (operator === undefined) {
      add('onExitCodes.operator', 'is required', "write 'In'");
    }
    if (values.length === 0) {
      add('onExitCodes.values', 'must have an exit code', 'write the exit codes');
    } else if (operator === 'In' && values.includes(0)) {
      add('onExitCodes.values', "must not have 0 with operator 'In', as such a pod has not failed", 'delete 0');
    }
    if (containerName !== undefined && !names.includes(containerName)) {
      add(
        'onExitCodes.containerName',
        `must be a container of the pod, but is '${containerName}'`,
        `write one of ${listed(names)}`,
      );
    }
  }
}
