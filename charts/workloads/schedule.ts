import { Cron } from 'cdk8s';
import { describe } from '../../kube/describe';
import type { Check } from '../core/check';

const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: readonly (readonly [name: string, min: number, max: number, names: readonly string[]])[] = [
  ['minute', 0, 59, []],
  ['hour', 0, 23, []],
  ['day of the month', 1, 31, []],
  ['month', 1, 12, MONTHS],
  ['day of the week', 0, 6, DAYS],
];

/** A schedule as the CronJob controller reads it: five fields, or one of the macros. */
export function resolveSchedule(check: Check, schedule: string | Cron): string {
  const text = schedule instanceof Cron ? schedule.expressionString : schedule;
  if (typeof text !== 'string') {
    check.fail(`schedule is ${describe(text)}`, "write five fields, such as '0 3 * * *', or '@daily'");
  }
  if (text.includes('TZ=')) {
    check.fail(
      `schedule '${text}' sets a time zone, which Kubernetes refuses`,
      "write it as timeZone: 'Europe/Berlin'",
    );
  }
  if (MACROS.includes(text)) {
    return text;
  }
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    check.fail(
      `schedule '${text}' has ${fields.length} field(s)`,
      "write five: minute, hour, day of the month, month, day of the week, such as '0 3 * * *'",
    );
  }
  for (const [i, [name, min, max, names]] of FIELDS.entries()) {
    if (!isField(fields[i]!, min, max, names)) {
      check.fail(
        `schedule '${text}' has the ${name} '${fields[i]}'`,
        `write '*', or numbers from ${min} to ${max}, with ',', '-' and '/'`,
      );
    }
  }
  return fields.join(' ');
}

function isField(field: string, min: number, max: number, names: readonly string[]): boolean {
  const number = (text: string): number | undefined => {
    const index = names.indexOf(text.toUpperCase());
    return /^\d+$/.test(text) ? Number(text) : index < 0 ? undefined : index + (max === 12 ? 1 : 0);
  };
  return field.split(',').every((part) => {
    const [range = '', step, more] = part.split('/');
    if (more !== undefined || (step !== undefined && !/^[1-9]\d*$/.test(step))) {
      return false;
    }
    if (range === '*' || range === '?') {
      return true;
    }
    const [from, to, extra] = range.split('-').map(number);
    const bounds = range.includes('-') ? [from, to] : [from];
    const ordered = !range.includes('-') || (from ?? 0) <= (to ?? -1);
    return extra === undefined && ordered && bounds.every((n) => n !== undefined && n >= min && n <= max);
  });
}

/** Known to the runtime's own time zone data, which is that of IANA. */
export function resolveTimeZone(check: Check, timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    check.fail(`timeZone '${timeZone}' is no IANA name`, "write for example 'Etc/UTC' or 'Europe/Berlin'");
  }
  if (timeZone === 'Local' || /^[+-]/.test(timeZone)) {
    check.fail(`timeZone '${timeZone}' is no IANA name`, "write for example 'Etc/UTC' or 'Europe/Berlin'");
  }
  return timeZone;
}
