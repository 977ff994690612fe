import { cronProblem, isCronMacro, neverRuns } from './cron';
import { isTimeZone } from './time-zone';

/** What KEDA refuses of a trigger. */
export interface TriggerProblem {
  /** The key of its metadata. */
  readonly key: string;
  /** 'must be ..., but is ...'. */
  readonly problem: string;
  readonly fix: string;
}

/** A time window of the scaler `cron`. */
export interface CronWindow {
  readonly start: string;
  readonly end: string;
  readonly timezone: string;
}

/** What is wrong with a window; the scaler reads five fields, and no macros. */
export function windowProblems({ start, end, timezone }: CronWindow): TriggerProblem[] {
  const found: TriggerProblem[] = [];
  for (const [key, text] of Object.entries({ start, end })) {
    const problem = isFive(text) ? cronProblem(text) : FIVE(text);
    if (problem) {
      found.push({ key, ...problem });
    } else if (neverRuns(text)) {
      found.push({ key, problem: `must be a date that exists, but is '${text}'`, fix: 'correct the day or the month' });
    }
  }
  if (start.trim() === end.trim()) {
    found.push({
      key: 'end',
      problem: `must differ from start, but both are '${start}'`,
      fix: 'write when the window ends',
    });
  }
  if (!isTimeZone(timezone)) {
    found.push({
      key: 'timezone',
      problem: `must be an IANA time zone, but is '${timezone}'`,
      fix: "write for example 'Etc/UTC' or 'Europe/Berlin'",
    });
  }
  return found;
}

const isFive = (text: string): boolean => !isCronMacro(text) && !text.startsWith('@');
const FIVE = (text: string) => ({
  problem: `must have five fields, but is '${text}'`,
  fix: "write minute, hour, day of the month, month and day of the week, such as '0 8 * * *'",
});

/** A queue by its URL or its name; an ARN is neither. */
export function queueUrlProblem(queueUrl: string): TriggerProblem | undefined {
  const [, , service, region, account, name] = queueUrl.split(':');
  return queueUrl.startsWith('arn:')
    ? {
        key: 'queueURL',
        problem: `must be the URL of a queue, but is the ARN '${queueUrl}'`,
        fix:
          service === 'sqs' && name
            ? `write 'https://sqs.${region}.amazonaws.com/${account}/${name}'`
            : "write 'https://sqs.REGION.amazonaws.com/ACCOUNT/NAME'",
      }
    : undefined;
}

/** Triggers that scale by what the pods use: without pods there is nothing to measure. */
export const isUtilization = (type: string | undefined): boolean => type === 'cpu' || type === 'memory';
