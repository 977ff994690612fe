import { entryOf } from '../../../kube/collections';
import { cronProblem } from '../../../kube/cron';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isTimeZone } from '../../../kube/time-zone';
import type { Rule } from '../../rule';

/** Schedules that nothing can follow. */
export const rule: Rule = {
  id: 'jobs/schedule',
  title: 'every CronJob has a schedule and a time zone that Kubernetes understands',
  severity: 'error',
  why: 'The API server refuses schedules that it cannot read, a time zone within one, and time zones that do not exist.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  refusedBy: 'api-server',
  bad: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: default }
spec:
  schedule: CRON_TZ=Europe/Berlin 0 3 * * *
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
  schedule: 0 3 * * MON-FRI
  timeZone: Europe/Berlin
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    const zones = new Map<unknown, boolean>();
    for (const object of inventory.ofKind('CronJob', 'batch')) {
      const { schedule, timeZone } = object.manifest.spec ?? {};
      const wrong =
        typeof schedule === 'string'
          ? cronProblem(schedule)
          : { problem: 'is required', fix: "write five fields, such as '0 3 * * *'" };
      if (wrong) {
        report(object, {
          message: `the schedule of ${title(object)} ${wrong.problem}`,
          fix: wrong.fix,
          field: 'spec.schedule',
        });
      }
      if (timeZone !== undefined && !entryOf(zones, timeZone, () => isTimeZone(timeZone))) {
        report(object, {
          message: `timeZone of ${title(object)} must be an IANA time zone, but is ${describe(timeZone)}`,
          fix: "write for example 'Etc/UTC' or 'Europe/Berlin'",
          field: 'spec.timeZone',
        });
      }
    }
  },
};
