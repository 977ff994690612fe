import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { indexPath, keyPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { JobSpec } from '../core/k8s';

/** Retries that each index has for itself, so that one bad item does not end the others. */
export interface RetriesPerIndex {
  /** Attempts of an index after its first one fails, 0 or more. */
  readonly perIndex: number;
  /** Indexes that may fail before the whole Job ends, 0 to `completions`. @default - any number: the others still run */
  readonly failedIndexes?: number;
}
/** What an exit code means: 'fail-index' and 'fail-job' do not try again, 'ignore' tries again without counting. */
export type ExitAction = 'fail-index' | 'fail-job' | 'ignore';
/** When a Job has succeeded before all indexes have: at least one of both. */
export interface SuccessPolicy {
  /** Indexes that have to succeed, such as [0] for a leader. @default - any */
  readonly indexes?: readonly number[];
  /** How many of them have to succeed, 1 or more. @default - all of `indexes` */
  readonly count?: number;
}

/** Props of a Job on how it ends. */
export interface JobPolicyProps {
  /**
   * Attempts after the first one fails, 0 or more: of the whole Job, or of each index.
   *
   * @default 3
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index
   */
  readonly retries?: number | RetriesPerIndex;
  /**
   * What exit codes of the main container (1 to 255) mean: { 42: 'fail-job' }. 'fail-index' needs `retries` per index.
   * Other codes count as a retry.
   *
   * @default - every failure counts
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
   */
  readonly onExit?: Readonly<Record<number, ExitAction>>;
  /** 'ignore': a pod that is evicted or preempted, or whose node is lost, is replaced without counting as a failure. @default 'count' */
  readonly onDisruption?: 'ignore' | 'count';
  /**
   * When the Job ends successfully before all indexes have succeeded; its other pods are stopped.
   *
   * @default - when all indexes have succeeded
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy
   */
  readonly successPolicy?: SuccessPolicy;
  /**
   * When a failed pod is replaced: 'Failed' waits until it has ended, for what must not run twice at once;
   * 'TerminatingOrFailed' does not. The latter is refused with `onExit` or `onDisruption`.
   *
   * @default - 'Failed' with `onExit` or `onDisruption: 'ignore'`, otherwise 'TerminatingOrFailed', as in Kubernetes
   */
  readonly podReplacementPolicy?: 'Failed' | 'TerminatingOrFailed';
}

/** The keys of JobPolicyProps. */
export const JOB_POLICIES: KeyTable<JobPolicyProps> = {
  retries: true,
  onExit: 'map',
  onDisruption: true,
  successPolicy: 'object',
  podReplacementPolicy: true,
};
/** Fields of a Job that only an indexed one has make it indexed. */
export type JobPolicies = Pick<
  JobSpec,
  | 'backoffLimit'
  | 'backoffLimitPerIndex'
  | 'maxFailedIndexes'
  | 'podFailurePolicy'
  | 'podReplacementPolicy'
  | 'successPolicy'
>;

const RETRIES: KeyTable<RetriesPerIndex> = { perIndex: true, failedIndexes: true };
const SUCCESS: KeyTable<SuccessPolicy> = { indexes: 'list', count: true };
const ACTIONS = { 'fail-index': 'FailIndex', 'fail-job': 'FailJob', ignore: 'Ignore' } as const;
const DEFAULT_RETRIES = 3;

/** @param container the main container, whose exit codes are meant */
export function resolveJobPolicies(
  check: Check,
  props: JobPolicyProps,
  { completions, container }: { readonly completions: number; readonly container: string },
): JobPolicies {
  const { onDisruption, podReplacementPolicy } = props;
  if (onDisruption !== undefined) {
    check.oneOf('onDisruption', onDisruption, ['ignore', 'count']);
  }
  const retries = resolveRetries(check, props.retries ?? DEFAULT_RETRIES, completions);
  const rules = [
    // first, since the exit code of a pod that is evicted says nothing about its work
    ...(onDisruption === 'ignore'
      ? [{ action: 'Ignore' as const, onPodConditions: [{ type: 'DisruptionTarget', status: 'True' as const }] }]
      : []),
    ...exitRules(check, props.onExit, retries.backoffLimitPerIndex !== undefined, container),
  ];
  if (podReplacementPolicy !== undefined) {
    check.oneOf('podReplacementPolicy', podReplacementPolicy, ['Failed', 'TerminatingOrFailed']);
    if (podReplacementPolicy === 'TerminatingOrFailed' && rules.length > 0) {
      check.fail(
        'forbidden',
        'podReplacementPolicy',
        "podReplacementPolicy must not be 'TerminatingOrFailed' with onExit or onDisruption: a failure is judged when the pod has ended",
        'leave podReplacementPolicy out',
      );
    }
  }
  return {
    ...retries,
    ...(rules.length > 0 ? { podFailurePolicy: { rules } } : {}),
    ...(podReplacementPolicy === undefined ? {} : { podReplacementPolicy }),
    ...(props.successPolicy === undefined
      ? {}
      : { successPolicy: { rules: [successRule(check, props.successPolicy, completions)] } }),
  };
}

/** Without `backoffLimit` per index, which is then unlimited; a limit would end all indexes after a few failures of any. */
function resolveRetries(check: Check, retries: number | RetriesPerIndex, completions: number): JobPolicies {
  if (typeof retries !== 'object') {
    return { backoffLimit: check.integer('retries', retries, 0) };
  }
  check.keys<RetriesPerIndex>('retries', retries, RETRIES);
  const { perIndex, failedIndexes } = retries;
  return {
    backoffLimitPerIndex: check.integer('retries.perIndex', perIndex, 0),
    ...(failedIndexes === undefined
      ? {}
      : { maxFailedIndexes: check.integer('retries.failedIndexes', failedIndexes, 0, completions) }),
  };
}

/** One rule for each action, in the order of the actions; each code stands in one of them. */
function exitRules(check: Check, onExit: JobPolicyProps['onExit'], perIndex: boolean, containerName: string) {
  if (onExit === undefined) {
    return [];
  }
  if (!isObject(onExit)) {
    check.fail(
      'type',
      'onExit',
      `onExit must be an object, but is ${describe(onExit)}`,
      "write onExit: { 42: 'fail-job' }",
    );
  }
  const entries = Object.entries(onExit).map(([code, action]) => {
    const field = keyPath('onExit', code);
    if (!/^[1-9]\d{0,2}$/.test(code) || Number(code) > 255) {
      check.fail(
        'invalid',
        field,
        `${field} must be an exit code from 1 to 255`,
        code === '0'
          ? 'leave it out: a container that exits with 0 has succeeded'
          : 'write the number of the exit code',
      );
    }
    check.oneOf(field, action, Object.keys(ACTIONS));
    if (action === 'fail-index' && !perIndex) {
      check.fail(
        'forbidden',
        field,
        `${field} must not be 'fail-index' without retries per index`,
        "write retries: { perIndex: 3 }, or 'fail-job'",
      );
    }
    return [Number(code), action] as const;
  });
  return Object.entries(ACTIONS).flatMap(([name, action]) => {
    const values = entries.filter(([, wanted]) => wanted === name).map(([code]) => code);
    return values.length > 0 ? [{ action, onExitCodes: { containerName, operator: 'In' as const, values } }] : [];
  });
}

function successRule(check: Check, policy: SuccessPolicy, completions: number) {
  check.keys<SuccessPolicy>('successPolicy', policy, SUCCESS);
  const { indexes, count } = policy;
  if (indexes === undefined && count === undefined) {
    check.fail(
      'required',
      'successPolicy',
      'successPolicy must have indexes or count, but has neither',
      'write { indexes: [0] } or { count: 1 }',
    );
  }
  if (indexes !== undefined && (!Array.isArray(indexes) || indexes.length === 0)) {
    check.fail(
      'type',
      'successPolicy.indexes',
      `successPolicy.indexes must be a list with an index, but is ${describe(indexes)}`,
      'write indexes: [0]',
    );
  }
  const numbers = indexes?.map((index, i) =>
    check.integer(indexPath('successPolicy.indexes', i), index, 0, completions - 1),
  );
  const distinct = numbers && [...new Set(numbers)].sort((a, b) => a - b);
  return {
    ...(distinct ? { succeededIndexes: ranges(distinct) } : {}),
    ...(count === undefined
      ? {}
      : { succeededCount: check.integer('successPolicy.count', count, 1, distinct?.length ?? completions) }),
  };
}

/** '0,2-4' of sorted numbers. */
function ranges(sorted: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const value of sorted) {
    const last = found.at(-1);
    if (last && last[1] === value - 1) {
      last[1] = value;
    } else {
      found.push([value, value]);
    }
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
