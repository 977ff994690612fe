import type { Container, PodSpec } from '../imports/kubernetes';

/** Seconds that a pod has to end, the preStop hook included, where nothing else is written. */
export const DEFAULT_GRACE_PERIOD = 30;

export const gracePeriodOf = ({ terminationGracePeriodSeconds }: PodSpec): number =>
  terminationGracePeriodSeconds ?? DEFAULT_GRACE_PERIOD;

/** The seconds that a preStop hook sleeps: by `sleep`, or by a sleep command. Undefined where it does something else. */
export function preStopSleep({ lifecycle }: Container): number | undefined {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  if (sleep) {
    return sleep.seconds;
  }
  const command = (exec?.command ?? []).join(' ');
  const [, seconds] = /(?:^|[\s/;&])sleep\s+(\d+)s?(?=$|[\s;&"'])/.exec(command) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
