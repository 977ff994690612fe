import type { KeyTable } from '../../kube/values';
import { LEVELS, type Levels } from '../../review/levels';
import type { Check } from '../core/check';

/** How the findings of an app count. */
export interface AppReview {
  /**
   * Levels of rules, by id or by topic: { 'references/missing': 'warning', capacity: 'off' }. The id goes before the topic.
   * An error fails the synthesis, a warning is printed, advice is only in `findings`, and 'off' removes the finding. A rule
   * that does not exist is a warning, so that an upgrade of the library does not fail.
   *
   * @default - each rule has its own
   */
  readonly levels?: Levels;
  /**
   * The lightest finding that fails the synthesis, so that nothing is written.
   *
   * @default 'error' - a warning can be intended
   */
  readonly failOn?: 'error' | 'warning';
}

const KEYS: KeyTable<AppReview> = { levels: 'map', failOn: true };

/** Checks the settings. */
export function checkAppReview(check: Check, review: AppReview | undefined): AppReview {
  check.keys<AppReview>('review', review, KEYS);
  const levels = review?.levels;
  if (levels !== undefined && (typeof levels !== 'object' || levels === null)) {
    check.fail(
      'type',
      'review.levels',
      'review.levels must be an object',
      "write levels: { 'references/missing': 'warning' }",
    );
  }
  for (const [rule, level] of Object.entries(levels ?? {})) {
    check.oneOf(`review.levels['${rule}']`, level, LEVELS);
  }
  if (review?.failOn !== undefined) {
    check.oneOf('review.failOn', review.failOn, ['error', 'warning']);
  }
  return { ...review, ...(levels === undefined ? {} : { levels: { ...levels } }) };
}
