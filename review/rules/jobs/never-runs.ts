import { neverRuns } from '../../../kube/cron';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Schedules without a date. */
export const rule: Rule = {
  id: 'jobs/never-runs',
  title: 'every schedule has a date on which it runs',
  severity: 'warning',
  why: 'The API server accepts a day that its months do not have, such as 31 February, and the job never runs.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  bad: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: default }
spec:
  schedule: 0 0 31 2 *
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`,
  good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: default }
spec:
  schedule: 0 0 29 2 *
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('CronJob', 'batch')) {
      const { schedule, suspend } = object.manifest.spec ?? {};
      if (typeof schedule === 'string' && suspend !== true && neverRuns(schedule)) {
        report(object, {
          message: `the schedule '${schedule}' of ${title(object)} names a day that its months do not have, so it never runs`,
          fix: 'write a day that exists, or suspend: true for a job that is started by hand',
          field: 'spec.schedule',
        });
      }
    }
  },
};
