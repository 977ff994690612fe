import { entryOf } from '../../../kube/collections';
import { cronValues } from '../../../kube/cron';
import { title } from '../../../kube/inventory';
import { type ClockChange, clockChanges, isTimeZone } from '../../../kube/time-zone';
import type { Rule } from '../../rule';

/** A run at a local time that one day of the year does not have, or has twice. */
export const rule: Rule = {
  id: 'jobs/clock-change',
  title: 'no schedule is in the hour that summer time skips or doubles',
  severity: 'warning',
  why: 'When the clocks go forward, a run in the skipped hour is left out; when they go back, a run in the doubled hour is started twice.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones',
  bad: cronJob('30 2 * * *'),
  good: cronJob('30 3 * * *'),
  check: ({ inventory }, report) => {
    const zones = new Map<string, readonly ClockChange[]>();
    for (const object of inventory.ofKind('CronJob', 'batch')) {
      const { schedule, timeZone } = object.manifest.spec ?? {};
      if (typeof schedule !== 'string' || typeof timeZone !== 'string' || !isTimeZone(timeZone)) {
        continue;
      }
      const changes = entryOf(zones, timeZone, () => clockChanges(timeZone));
      const kinds = new Set(hits(schedule, changes).map(({ kind }) => kind));
      if (kinds.size > 0) {
        const effects = [...kinds].sort().map((kind) => EFFECT[kind]);
        report(object, {
          message: `${title(object)} runs at '${schedule}' in ${timeZone}, so it ${effects.join(' and ')}`,
          fix: "choose another hour, or timeZone: 'Etc/UTC'",
          field: 'spec.schedule',
        });
      }
    }
  },
};

const EFFECT = {
  skipped: 'does not start on the day when the clocks go forward',
  doubled: 'starts twice on the day when the clocks go back',
} as const;
/** A schedule with so many runs a day makes up for one that is left out. */
const FREQUENT = 12;

/** The clock changes that a schedule falls into. */
function hits(schedule: string, changes: readonly ClockChange[]): readonly ClockChange[] {
  const values = cronValues(schedule);
  if (values === undefined || new Set(values.hours).size >= FREQUENT) {
    return [];
  }
  const times = values.hours.flatMap((hour) => values.minutes.map((minute) => 60 * hour + minute));
  return changes.filter(
    ({ month, weekday, from, to }) =>
      values.months.includes(month) &&
      values.weekdays.includes(weekday) &&
      times.some((time) => time >= from && time < to),
  );
}

function cronJob(schedule: string): string {
  return `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: default }
spec:
  schedule: '${schedule}'
  timeZone: Europe/Berlin
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`;
}
