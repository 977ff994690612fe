import { Cron } from 'cdk8s';
import { cronProblem, fieldsOf } from '../../kube/cron';
import { describe } from '../../kube/describe';
import { isTimeZone } from '../../kube/time-zone';
import type { Check } from '../core/check';

/** Validates a schedule as the CronJob controller does: five fields, or a macro. */
export function resolveSchedule(check: Check, schedule: string | Cron): string {
  const text = schedule instanceof Cron ? schedule.expressionString : schedule;
  if (typeof text !== 'string') {
    check.fail(
      text === undefined ? 'required' : 'type',
      'schedule',
      text === undefined ? 'schedule is required' : `schedule must be a string or a Cron, but is ${describe(text)}`,
      "write five fields, such as '0 3 * * *', or '@daily'",
    );
  }
  const wrong = cronProblem(text);
  if (wrong) {
    check.fail('invalid', 'schedule', `schedule ${wrong.problem}`, wrong.fix);
  }
  return fieldsOf(text).join(' ');
}

export function resolveTimeZone(check: Check, timeZone: string): string {
  if (!isTimeZone(timeZone)) {
    check.fail(
      typeof timeZone === 'string' ? 'invalid' : 'type',
      'timeZone',
      `timeZone must be an IANA time zone, but is ${describe(timeZone)}`,
      "write for example 'Etc/UTC' or 'Europe/Berlin'",
    );
  }
  return timeZone;
}
