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
  if (text.includes('TZ=')) {
    check.fail(
      'invalid',
      'schedule',
      `schedule must not have a time zone, but is '${text}'`,
      "set the time zone with timeZone: 'Europe/Berlin'",
    );
  }
  if (MACROS.includes(text)) {
    return text;
  }
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    check.fail(
      'invalid',
      'schedule',
      `schedule must have five fields, but '${text}' has ${fields.length}`,
      "write minute, hour, day of the month, month and day of the week, such as '0 3 * * *'",
    );
  }
  for (const [i, [name, min, max, names]] of FIELDS.entries()) {
    if (!isField(fields[i]!, min, max, names)) {
      check.fail(
        'invalid',
        'schedule',
        `the ${name} of schedule must be '*', or numbers from ${min} to ${max} with ',', '-' and '/', but is '${fields[i]}'`,
        `correct the ${name} in '${text}'`,
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

/** Whether the IANA data of the runtime has the name; offsets such as '+02:00' are not names. */
function isTimeZone(timeZone: unknown): boolean {
  if (typeof timeZone !== 'string' || timeZone === 'Local' || /^[+-]/.test(timeZone)) {
    return false;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
