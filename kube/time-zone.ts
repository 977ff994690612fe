/** Whether the IANA data of the runtime has a time zone, in this spelling; offsets such as '+02:00' are not names. */
export function isTimeZone(timeZone: unknown): boolean {
  if (typeof timeZone !== 'string' || timeZone === 'Local' || /^[+-]/.test(timeZone)) {
    return false;
  }
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
    // unlike the runtime Kubernetes minds capitals; of an alias only the canonical name is known
    const sameName = known.toLowerCase() === timeZone.toLowerCase();
    return sameName ? known === timeZone : timeZone.split('/').every((part) => /^[A-Z]/.test(part));
  } catch {
    return false;
  }
}

/** When the clocks of a time zone change: the local times that are skipped or occur twice on that day. */
export interface ClockChange {
  readonly kind: 'skipped' | 'doubled';
  /** 1 to 12. */
  readonly month: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes of the day: `from` to before `to`. */
  readonly from: number;
  readonly to: number;
}

/** A year for all: the output must not depend on the day of the synthesis, and the rules of a zone seldom change. */
const YEAR = 2026;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The clock changes of a year; empty for zones without summer time. */
export function clockChanges(timeZone: string): readonly ClockChange[] {
  const offset = offsetIn(timeZone);
  const found: ClockChange[] = [];
  for (let day = Date.UTC(YEAR, 0, 1); day < Date.UTC(YEAR + 1, 0, 1); day += DAY) {
    if (offset(day) === offset(day + DAY)) {
      continue;
    }
    for (let at = day; at < day + DAY; at += HOUR / 2) {
      const [before, after] = [offset(at), offset(at + HOUR / 2)];
      if (before !== after) {
        const instant = at + HOUR / 2;
        const from = new Date(instant + Math.min(before, after) * MINUTE);
        const start = from.getUTCHours() * 60 + from.getUTCMinutes();
        found.push({
          kind: after > before ? 'skipped' : 'doubled',
          month: from.getUTCMonth() + 1,
          weekday: from.getUTCDay(),
          from: start,
          to: start + Math.abs(after - before),
        });
      }
    }
  }
  return found;
}

/** The minutes that the local time of an instant is ahead of UTC. */
function offsetIn(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (instant) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!);
    return Math.round((local - instant) / MINUTE);
  };
}
