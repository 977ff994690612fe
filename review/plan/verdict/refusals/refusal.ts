import type { Manifest } from '../../../../kube/objects';
import type { Refusal } from '../../model';
import { at, isSame } from '../values';

/** Both sides of an update, with the defaults of the server. */
export interface Update {
  readonly live: Manifest;
  readonly next: Manifest;
  readonly version: string;
}

/** What an update of a kind is refused for, and what of the cluster decides. */
export interface Ruling {
  readonly refusals: readonly Refusal[];
  /** Where the cluster decides: what has to be so for the update to be taken. */
  readonly condition?: string;
}

export type Rule = (update: Update) => Ruling;

export const IMMUTABLE = 'cannot change once the object exists';

/** Refuses a change of a field, which the server calls by its path unless it has another name for it. */
export function immutable({ live, next }: Update, path: string, field = path): Refusal[] {
  return changed({ live, next }, path) ? [{ field, reason: IMMUTABLE }] : [];
}

/** Whether what stands at a path is another one than before. */
export function changed({ live, next }: Pick<Update, 'live' | 'next'>, path: string): boolean {
  const keys = path.split('.');
  return !isSame(at(live, ...keys), at(next, ...keys));
}

/** A rule that only has fields which cannot change. */
export const fixed =
  (...paths: readonly (string | readonly [path: string, field: string])[]): Rule =>
  (update) => ({
    refusals: paths.flatMap((path) =>
      typeof path === 'string' ? immutable(update, path) : immutable(update, ...path),
    ),
  });
