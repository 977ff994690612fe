import { isCustomWorkload } from '../../../kube/custom-workloads';
import { isFieldPath } from '../../../kube/downward-api';
import { type PodObject, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { isSetAtRunTime } from '../../../kube/runtime-labels';
import { indexPath } from '../../../kube/text';
import { isAtLeast } from '../../../kube/versions';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, WITH_ENV } from '../../suspects';

const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
/** Labels that controllers of Kubernetes give to the pods of these kinds. */
const OF_KINDS: Readonly<Record<string, readonly string[]>> = {
  'apps.kubernetes.io/pod-index': ['StatefulSet'],
  'batch.kubernetes.io/controller-uid': ['Job', 'CronJob', 'ScaledJob'],
  'batch.kubernetes.io/job-name': ['Job', 'CronJob', 'ScaledJob'],
  [COMPLETION_INDEX]: ['Job', 'CronJob', 'ScaledJob'],
  'controller-revision-hash': ['StatefulSet', 'DaemonSet'],
  'controller-uid': ['Job', 'CronJob', 'ScaledJob'],
  'job-name': ['Job', 'CronJob', 'ScaledJob'],
  'pod-template-hash': ['Deployment', 'ReplicaSet'],
  'statefulset.kubernetes.io/pod-name': ['StatefulSet'],
};
/** Labels of the node that its pods have, too. */
const OF_NODES: ReadonlySet<string> = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']);
const SINCE = '1.35';

/** A variable that is empty, since the pod has no such label. */
export const rule: Rule = {
  id: 'containers/own-label',
  title: 'variables read labels and annotations that their pod has',
  severity: 'warning',
  why: 'A label or annotation that the pod does not have is an empty variable, without an error: all members of a set then have the same rack, zone or id.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
  bad: pod('tier'),
  good: pod('app'),
  check: checkSuspects(WITH_ENV, (one, report, { kubernetesVersion }) => {
    const found = new Places(report, one);
    for (const { container, field } of podContainers(one)) {
      container.env?.forEach(({ name, valueFrom }, i) => {
        const path = valueFrom?.fieldRef?.fieldPath;
        if (!path) {
          return;
        }
        const [, list, key] = PATH.exec(path) ?? [];
        const problem =
          key === undefined || !isFieldPath(path, 'env') ? undefined : missing(one, list!, key, kubernetesVersion);
        if (problem) {
          found.add(`${list} ${key}`, {
            ...(problem.certain ? { severity: 'error' } : {}),
            message: `variable '${name}' of ${title(one)} reads ${list === 'labels' ? 'label' : 'annotation'} '${key}', ${problem.why}, so it is empty`,
            fix: problem.fix,
            field: `${indexPath(`${field}.env`, i)}.valueFrom.fieldRef.fieldPath`,
            container: container.name,
          });
        }
      });
    }
    found.finish();
  }),
};

const PATH = /^metadata\.(labels|annotations)\['([^']*)'\]$/;

interface Missing {
  readonly why: string;
  readonly fix: string;
  /** A label that only Kubernetes gives; any other may come from an admission webhook. */
  readonly certain: boolean;
}

/** Why a pod has no such label or annotation; undefined where it has, or may get, one. */
function missing(
  { manifest, labels, annotations }: PodObject,
  list: string,
  key: string,
  version: string,
): Missing | undefined {
  const given = list === 'labels' ? labels : annotations;
  if (given[key] !== undefined || (list === 'annotations' && key !== COMPLETION_INDEX)) {
    return undefined;
  }
  if (OF_NODES.has(key)) {
    return isAtLeast(version, SINCE)
      ? undefined
      : {
          why: `which pods get from Kubernetes ${SINCE} on, and the cluster has ${version}`,
          fix: `create the cluster with version ${SINCE} or newer, or read the zone from the node`,
          certain: true,
        };
  }
  // what a custom resource makes its pods of is a matter of its controller
  const kinds = isCustomWorkload(manifest) ? undefined : OF_KINDS[key];
  if (kinds ? kinds.includes(manifest.kind) && isIndexed(key, manifest.spec) : isSetAtRunTime(key)) {
    return undefined;
  }
  return kinds
    ? {
        why: `which pods of a ${manifest.kind} do not get here`,
        fix: `it is for ${kinds.join(' and ')}: read another field`,
        certain: true,
      }
    : {
        why: 'which its template does not have',
        fix: `add the label '${key}' to the template, or read another one`,
        certain: false,
      };
}

/** Only indexed Jobs number their pods. */
function isIndexed(key: string, spec: Readonly<Record<string, unknown>> = {}): boolean {
  const { jobTemplate, jobTargetRef } = spec as {
    readonly jobTemplate?: { readonly spec?: { readonly completionMode?: unknown } };
    readonly jobTargetRef?: { readonly completionMode?: unknown };
  };
  return key !== COMPLETION_INDEX || (jobTemplate?.spec ?? jobTargetRef ?? spec).completionMode === 'Indexed';
}

function pod(label: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      env: [{ name: TIER, valueFrom: { fieldRef: { fieldPath: "metadata.labels['${label}']" } } }]
`;
}
