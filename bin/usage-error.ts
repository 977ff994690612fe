/** What the user has to correct before anything can be checked; ends the command with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
