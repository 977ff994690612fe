import { asObject, type Loose } from '../../../../kube/loose';
import { isAtLeast } from '../../../../kube/versions';
import type { Refusal } from '../../model';
import { at, isSame, itemsOf } from '../values';
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

/** A policy for failures only goes with pods that are replaced when they failed, which an old Job may not say. */
function replacement({ next }: Update): Refusal[] {
  const [policy, when] = ['podFailurePolicy', 'podReplacementPolicy'].map((key) => at(next, 'spec', key));
  return policy !== undefined && when !== 'Failed'
    ? [{ field: 'spec.podReplacementPolicy', reason: 'must be Failed with a podFailurePolicy, and stays what it was' }]
    : [];
}

function job(update: Update): Ruling {
  const refusals = [
    ...JOB_FIXED.flatMap((path) => immutable(update, path)),
    ...completions(update),
    ...replacement(update),
    ...labels(update),
  ];
  const template = jobTemplate(update);
  const all = [...refusals, ...template.refusals];
  return { refusals: all, ...(all.length === 0 && template.condition ? { condition: template.condition } : {}) };
}

/** The pods of a Job have labels of the server, which go with all labels. */
function labels({ live, next }: Update): Refusal[] {
  const [before, after] = [live, next].map((of) => at(of, 'spec', 'template', 'metadata', 'labels', 'job-name'));
  return before !== undefined && after === undefined
    ? [{ field: 'spec.template.metadata.labels', reason: 'the labels by which the Job finds its pods would go' }]
    : [];
}

const UNSTARTED = 'the Job must not have started, or be suspended again with no pod left';

/** The template of a Job stays, but while it waits to start it may be placed and sized anew. */
function jobTemplate(update: Update): Ruling {
  const { live, next, version } = update;
  if (!changed(update, 'spec.template')) {
    return { refusals: [] };
  }
  if (at(live, 'spec', 'suspend') !== true) {
    return { refusals: immutable(update, 'spec.template') };
  }
  const isSized = isAtLeast(version, '1.36');
  const [before, after] = [live, next].map((of) => settledPart(at(of, 'spec', 'template'), isSized));
  return isSame(before, after)
    ? { refusals: [], condition: UNSTARTED }
    : { refusals: [{ field: isSized ? 'spec.template.spec' : 'spec.template', reason: IMMUTABLE }] };
}

/** What of a template cannot change in a Job that waits to start. */
function settledPart(template: unknown, isSized: boolean): unknown {
  const { metadata: _, spec, ...rest } = asObject(template);
  const { nodeSelector: __, tolerations: ___, schedulingGates: ____, affinity, ...pod } = asObject(spec);
  const { nodeAffinity: _____, ...others } = asObject(affinity);
  const sized = isSized
    ? ['containers', 'initContainers'].map((key) => [key, itemsOf(pod[key]).map(withoutResources)])
    : [];
  return {
    ...rest,
    ...pod,
    ...Object.fromEntries(sized),
    affinity: Object.keys(others).length === 0 ? undefined : others,
  };
}

const withoutResources = ({ resources: _, ...container }: Loose): Loose => container;

const setFields = fixed('spec.selector', 'spec.volumeClaimTemplates', 'spec.serviceName', 'spec.podManagementPolicy');

/** What the server filled in for a rolling update stays when the type changes, and only goes with that type. */
function statefulSet(update: Update): Ruling {
  const [type, rolling] = ['type', 'rollingUpdate'].map((key) => at(update.next, 'spec', 'updateStrategy', key));
  const left =
    type === 'OnDelete' && rolling !== undefined
      ? [{ field: 'spec.updateStrategy.rollingUpdate', reason: 'stays from before, and only goes with RollingUpdate' }]
      : [];
  return { refusals: [...setFields(update).refusals, ...left] };
}

export const WORKLOAD_RULES: Readonly<Record<string, Rule>> = {
  'apps/v1/ControllerRevision': fixed('data'),
  'apps/v1/DaemonSet': fixed('spec.selector'),
  'apps/v1/Deployment': fixed('spec.selector'),
  'apps/v1/ReplicaSet': fixed('spec.selector'),
  'apps/v1/StatefulSet': statefulSet,
  'batch/v1/Job': job,
};
