import { isObject } from '../../../../kube/loose';
import { isAtLeast } from '../../../../kube/versions';
import type { Draft, Server } from '../draft';
import { at, isEmpty } from '../values';
import type { Defaults } from './default';

const RETENTION = { whenDeleted: 'Retain', whenScaled: 'Retain' };
/** The largest number of Go's int32: failures are counted by index. */
const UNLIMITED = 2 ** 31 - 1;

/** Fills in the fields of a rolling update where a strategy is one. */
function rolling(draft: Draft, values: Draft): void {
  draft.type ||= 'RollingUpdate';
  if (draft.type === 'RollingUpdate') {
    const given = isObject(draft.rollingUpdate) ? draft.rollingUpdate : {};
    draft.rollingUpdate = { ...values, ...definedOf(given) };
  }
}

function definedOf(fields: object): Draft {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

/** Of a set without a type also the rolling update is filled in; one that says only its type has none. */
function setStrategy(draft: Draft, { version }: Server): void {
  if (!draft.type) {
    draft.type = 'RollingUpdate';
    draft.rollingUpdate ??= {};
  }
  if (draft.type === 'RollingUpdate' && isObject(draft.rollingUpdate)) {
    const most = isAtLeast(version, '1.37') ? { maxUnavailable: 1 } : {};
    draft.rollingUpdate = { partition: 0, ...most, ...definedOf(draft.rollingUpdate) };
  }
}

export const WORKLOAD_DEFAULTS: Defaults = {
  CronJobSpec: {
    values: { concurrencyPolicy: 'Allow', failedJobsHistoryLimit: 1, successfulJobsHistoryLimit: 3, suspend: false },
  },
  DaemonSetSpec: { values: { revisionHistoryLimit: 10 } },
  DaemonSetUpdateStrategy: { fill: (draft) => rolling(draft, { maxSurge: 0, maxUnavailable: 1 }) },
  DeploymentSpec: { values: { progressDeadlineSeconds: 600, replicas: 1, revisionHistoryLimit: 10 } },
  DeploymentStrategy: { fill: (draft) => rolling(draft, { maxSurge: '25%', maxUnavailable: '25%' }) },
  Job: {
    fill: (draft) => {
      const { metadata, spec } = draft;
      if (isObject(spec)) {
        draft.spec = jobSpec({ ...spec });
        draft.metadata = { ...(metadata as object), labels: labelsOf(metadata, spec) };
      }
    },
  },
  PodFailurePolicyOnPodConditionsPattern: { values: { status: 'True' } },
  ReplicaSetSpec: { values: { replicas: 1 } },
  ReplicationController: {
    fill: (draft) => {
      const { metadata, spec } = draft;
      if (isObject(spec)) {
        const labels = isObject(spec.template) ? at(spec.template, 'metadata', 'labels') : undefined;
        draft.spec = isEmpty(spec.selector) ? { ...spec, selector: labels } : spec;
        draft.metadata = { ...(metadata as object), labels: labelsOf(metadata, spec) };
      }
    },
  },
  ReplicationControllerSpec: { values: { replicas: 1 } },
  StatefulSetPersistentVolumeClaimRetentionPolicy: { values: RETENTION },
  StatefulSetSpec: {
    values: {
      persistentVolumeClaimRetentionPolicy: {},
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
      revisionHistoryLimit: 10,
    },
  },
  StatefulSetUpdateStrategy: { fill: setStrategy },
};

/** Of a Job, and not of what a CronJob makes Jobs of. */
function jobSpec(spec: Draft): Draft {
  spec.completions ??= spec.parallelism === undefined || spec.parallelism === null ? 1 : undefined;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= isGiven(spec.backoffLimitPerIndex) ? UNLIMITED : 6;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= isGiven(spec.podFailurePolicy) ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
  if (spec.manualSelector === false && isEmpty(spec.selector)) {
    // the server makes one
    spec.selector = undefined;
  }
  return spec;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** An object without labels has those of its pods. */
function labelsOf(metadata: unknown, spec: object): unknown {
  const own = isObject(metadata) ? metadata.labels : undefined;
  if (isObject(own) && Object.keys(own).length > 0) {
    return own;
  }
  const { template } = spec as { readonly template?: unknown };
  const ofPods = isObject(template) && isObject(template.metadata) ? template.metadata.labels : undefined;
  return ofPods ?? own;
}
