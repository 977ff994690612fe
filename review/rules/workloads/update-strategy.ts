import { title } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { workloadsIn } from '../../kinds';
import { Places } from '../../places';
import type { Rule } from '../../rule';

interface Strategy {
  readonly type?: string;
  readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string };
}

/** How workloads are replaced. */
export const rule: Rule = {
  id: 'workloads/update-strategy',
  title: 'the update strategy of a workload can make progress',
  severity: 'error',
  why: 'The API server refuses rolling updates in which no pod may be added and none taken away, their settings beside another strategy, and numbers below zero.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  refusedBy: 'api-server',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const object of workloadsIn(inventory)) {
      const { kind, spec = {} } = object.manifest;
      if (!workloadKind(object.manifest)?.selects) {
        continue;
      }
      if (isPlain(kind, spec)) {
        continue;
      }
      const found = new Places(report, object);
      const key = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
      const { type = 'RollingUpdate', rollingUpdate } = (spec[key] ?? {}) as Strategy;
      const { maxSurge, maxUnavailable } = rollingUpdate ?? {};
      const add = (field: string, message: string, fix: string) => found.add(field, { field, message, fix });
      if (rollingUpdate && type !== 'RollingUpdate') {
        const message = `rollingUpdate of ${title(object)} is for type: 'RollingUpdate' only, but its type is '${type}'`;
        add(`spec.${key}.rollingUpdate`, message, 'delete rollingUpdate');
      } else if (
        kind !== 'StatefulSet' &&
        isNone(maxUnavailable) &&
        (isNone(maxSurge) || (kind === 'DaemonSet' && maxSurge === undefined))
      ) {
        const message = `maxSurge and maxUnavailable of ${title(object)} are both 0, so no pod can be replaced`;
        add(`spec.${key}.rollingUpdate`, message, 'write maxSurge: 1');
      }
      for (const name of COUNTS) {
        const value = spec[name];
        if (!isCount(value)) {
          add(
            `spec.${name}`,
            `${name} of ${title(object)} must be an integer of zero or more, but is ${value}`,
            'write the number',
          );
        }
      }
      found.finish();
    }
  },
};

const isNone = (value: number | string | undefined): boolean => value === 0 || value === '0' || value === '0%';

const COUNTS = ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'] as const;

/** Whether a Deployment rolls out with pods beside the old ones, as nearly all, and its numbers are right. */
function isPlain(kind: string, spec: Readonly<Record<string, unknown>>): boolean {
  const { type = 'RollingUpdate', rollingUpdate } = (spec.strategy ?? {}) as Strategy;
  return (
    kind === 'Deployment' &&
    type === 'RollingUpdate' &&
    !isNone(rollingUpdate?.maxSurge) &&
    isCount(spec.replicas) &&
    isCount(spec.minReadySeconds) &&
    isCount(spec.revisionHistoryLimit) &&
    isCount(spec.progressDeadlineSeconds)
  );
}

const isCount = (value: unknown): boolean => typeof value !== 'number' || (value >= 0 && Number.isInteger(value));
