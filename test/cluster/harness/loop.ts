import { pause } from './eventually';

/**
 * The codes with which the API server answers whoever saw an object that was changed or removed in between, and who is to ask
 * again, such as for objects of a definition that is new.
 */
const TRY_AGAIN = [404, 409, 429];

/** Something that goes on beside the tests, round after round, as a controller does. */
export class Loop {
  private stopped = false;
  private failure: unknown;
  private finished = 0;
  private readonly done: Promise<void>;

  constructor(
    private readonly period: number,
    private readonly round: () => Promise<void>,
  ) {
    this.done = this.run();
  }

  /** How many rounds went well. */
  get rounds(): number {
    return this.finished;
  }

  /** Throws what broke it. */
  assertRunning(): void {
    if (this.failure) {
      throw this.failure;
    }
  }

  /** Ends it, and throws what broke it. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
    this.assertRunning();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.round();
        this.finished++;
      } catch (e) {
        const { code } = e as { readonly code?: unknown };
        // what is no answer of the API server, such as a connection that broke on a busy machine, is tried again too
        if (typeof code === 'number' && !TRY_AGAIN.includes(code)) {
          this.failure = e;
          return;
        }
      }
      await pause(this.period);
    }
  }
}
