const [PERIOD, LONGEST_PERIOD] = [500, 2000];
/** Long, in seconds: only a failure waits for its end, and a busy machine is none. */
const PATIENCE = 120;
/** What takes long to ask is asked less often, so that looking does not slow down what is looked at. */
const pauseAfter = (since: number, period: number): Promise<void> =>
  pause(Math.max(period, Math.min(LONGEST_PERIOD, 2 * (Date.now() - since))));

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until the answer is neither false nor undefined, and gives it. An assertion that throws counts as
 * 'not yet'; the last one is the error of a wait that was in vain. `period` is in milliseconds: who looks at the whole cluster
 * should not look often.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | false | undefined>,
  { seconds = PATIENCE, period = PERIOD }: { readonly seconds?: number; readonly period?: number } = {},
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    const since = Date.now();
    try {
      const answer = await ask();
      if (answer !== false && answer !== undefined) {
        return answer;
      }
      last = undefined;
    } catch (e) {
      last = e;
    }
    if (Date.now() > until) {
      const reason = last instanceof Error ? `: ${last.message}` : '';
      throw new Error(`not within ${seconds} s: ${what}${reason}`);
    }
    await pauseAfter(since, period);
  }
}

/** Asks again and again for a while, and throws as soon as an assertion does: something must not happen. */
export async function throughout(seconds: number, assert: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; ) {
    await assert();
    await pause(PERIOD);
  }
}
