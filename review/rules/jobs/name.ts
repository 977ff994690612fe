import { type InventoryObject, title } from '../../../kube/inventory';
import type { WorkloadKind } from '../../../kube/workload-kind';
import { workloadKind } from '../../../kube/workload-kinds';
import { workloadsIn } from '../../kinds';
import type { Rule } from '../../rule';

/** Of a label value and of a host name. */
const LONGEST = 63;

/** Names that what is appended makes too long. */
export const rule: Rule = {
  id: 'jobs/name',
  title: 'names leave room for what controllers append to them',
  severity: 'error',
  why: 'A CronJob appends the time to the names of its Jobs, an indexed Job the index of the pod, a StatefulSet its revision and the number of the member. What comes of it are labels and host names of at most 63 characters, and the pods or the object are refused otherwise.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#writing-a-cronjob-spec',
  refusedBy: 'api-server',
  bad: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report-of-the-orders-of-all-shops-of-the-last-business-day, namespace: default }
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`,
  good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report-of-the-orders-of-all-shops-of-the-last-day, namespace: default }
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const object of workloadsIn(inventory)) {
      const workload = workloadKind(object.manifest);
      const suffix = workload && suffixOf(object, workload);
      const { kind, metadata } = object.manifest;
      if (suffix !== undefined && metadata.name.length + suffix.length > LONGEST) {
        const what = suffix.length === 0 ? '' : `, as ${suffix.what} appends ${suffix.length}`;
        report(object, {
          message: `the name of ${title(object)} must have at most ${LONGEST - suffix.length} characters${what}, but has ${metadata.name.length}`,
          fix: `shorten the name of the ${kind}`,
          field: 'metadata.name',
        });
      }
    }
  },
};

/** What is appended to the name of an object at most. */
function suffixOf(
  { manifest }: InventoryObject,
  workload: WorkloadKind,
): { readonly length: number; readonly what: string } | undefined {
  const spec = manifest.spec ?? {};
  switch (manifest.kind) {
    case 'CronJob':
      // the minutes since 1970
      return { length: 11, what: 'the time of a run' };
    case 'Job':
      return spec.completionMode === 'Indexed'
        ? { length: 1 + String(Math.max(0, Number(spec.completions ?? 1) - 1)).length, what: 'the index of a pod' }
        : { length: 0, what: '' };
    case 'StatefulSet': {
      const { start = 0 } = (spec.ordinals ?? {}) as { readonly start?: number };
      const last = String(Math.max(0, start + workload.replicas(spec) - 1));
      return last.length >= 10
        ? { length: 1 + last.length, what: 'the number of a member' }
        : { length: 11, what: 'the revision of its pods' };
    }
    default:
      return undefined;
  }
}
