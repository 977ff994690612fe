/** What is wrong with a schedule. */
export interface CronProblem {
  /** 'must have five fields, but has 4'. */
  readonly problem: string;
  readonly fix: string;
}

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = /^@every ([0-9]*\.?[0-9]+(ns|us|\u00b5s|ms|s|m|h))+$/;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 6, names: DAYS },
];
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a schedule is one word for five fields: '@daily'. */
export const isCronMacro = (schedule: string): boolean => MACROS.includes(schedule);

/** What the CronJob controller does not understand of a schedule; undefined where it understands all. */
export function cronProblem(schedule: string): CronProblem | undefined {
  if (isCronMacro(schedule) || EVERY.test(schedule)) {
    return undefined;
  }
  if (schedule.includes('TZ=')) {
    return {
      problem: `must not have a time zone, but is '${schedule}'`,
      fix: "set the time zone with timeZone: 'Europe/Berlin'",
    };
  }
  const fields = fieldsOf(schedule);
  if (fields.length !== FIELDS.length) {
    return {
      problem: `must have five fields, but '${schedule}' has ${fields.length}`,
      fix: "write minute, hour, day of the month, month and day of the week, such as '0 3 * * *'",
    };
  }
  const wrong = FIELDS.findIndex((field, i) => !valuesOf(fields[i]!, field));
  if (wrong < 0) {
    return undefined;
  }
  const { name, min, max } = FIELDS[wrong]!;
  return {
    problem: `must have a ${name} that is '*', or numbers from ${min} to ${max} with ',', '-' and '/', but has '${fields[wrong]}'`,
    fix: `correct the ${name} in '${schedule}'`,
  };
}

/** Whether a valid schedule has no date: 31 February, or 31 June. */
export function neverRuns(schedule: string): boolean {
  const [, , days = '*', months = '*', weekdays = '*'] = fieldsOf(schedule);
  // where both kinds of days are limited either will do
  if (isCronMacro(schedule) || EVERY.test(schedule) || cronProblem(schedule) || (!isStar(days) && !isStar(weekdays))) {
    return false;
  }
  const [dates, inMonths] = [valuesOf(days, FIELDS[2]!)!, valuesOf(months, FIELDS[3]!)!];
  const first = Math.min(...dates);
  return inMonths.every((month) => first > DAYS_OF_MONTH[month - 1]!);
}

/** The macros that run at midnight. */
const AT_MIDNIGHT: Readonly<Record<string, string>> = {
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
};

/** A schedule as lists of values; undefined for other macros and for schedules that the controller does not understand. */
export function cronValues(schedule: string) {
  const text = AT_MIDNIGHT[schedule] ?? schedule;
  if (text.startsWith('@') || cronProblem(text)) {
    return undefined;
  }
  const [minutes, hours, , months, weekdays] = fieldsOf(text).map((text, i) => valuesOf(text, FIELDS[i]!)!);
  return { minutes: minutes!, hours: hours!, months: months!, weekdays: weekdays! };
}

export const fieldsOf = (schedule: string): string[] => schedule.trim().split(/\s+/);

/** '*' and '?', with or without a step of 1, are no limit. */
const isStar = (field: string): boolean => field.split(',').some((part) => /^[*?](\/1)?$/.test(part));

/** Every value of a field; undefined where it is not understood. */
function valuesOf(text: string, field: CronField): number[] | undefined {
  const found: number[] = [];
  for (const part of text.split(',')) {
    const [range = '', step = '1', more] = part.split('/');
    const bounds = boundsOf(range, field, part.includes('/'));
    if (more !== undefined || !/^[1-9]\d*$/.test(step) || !bounds) {
      return undefined;
    }
    for (let value = bounds[0]; value <= bounds[1]; value += Number(step)) {
      found.push(value);
    }
  }
  return found;
}

function boundsOf(range: string, field: CronField, stepped: boolean): readonly [number, number] | undefined {
  const { min, max } = field;
  if (range === '*' || range === '?') {
    return [min, max];
  }
  const [from, to, extra] = range.split('-').map((text) => numberOf(text, field));
  const last = range.includes('-') ? to : stepped ? max : from;
  const known = from !== undefined && last !== undefined && extra === undefined && range.split('-').length < 3;
  return known && from >= min && from <= last && last <= max ? [from, last] : undefined;
}

function numberOf(text: string, { min, names }: CronField): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  return /^\d+$/.test(text) ? Number(text) : index < 0 ? undefined : index + min;
}
