import type { Severity } from '../kube/finding';
import { isObject } from '../kube/loose';
import { listed } from '../kube/text';
import { LEVELS, type Level, type Levels } from './levels';
import type { ExistingObject } from './rule';

/** Says what is wrong with a setting, by throwing. */
export type Fail = (problem: string) => never;

const SEVERITIES: readonly Severity[] = ['advice', 'warning', 'error'];

/** Levels as a file has them. */
export function levelsOf(value: unknown, fail: Fail): Levels {
  const levels = isObject(value) ? value : fail('levels must be a map, such as { references/missing: warning }');
  return Object.fromEntries(
    Object.entries(levels).map(([rule, level]): [string, Level] => {
      // `off` without quotes is false for Go
      const known = LEVELS.find((one) => one === (level === false ? 'off' : level));
      return [rule, known ?? fail(`the level of '${rule}' must be ${listed(LEVELS)}`)];
    }),
  );
}

/** Objects that are in the cluster, as a file has them. */
export function existingOf(value: unknown, fail: Fail): ExistingObject[] {
  const items = Array.isArray(value) ? value : fail('existing must be a list of { kind, namespace, name }');
  return items.map((item: unknown, i) => {
    const { kind, namespace, name, labels, ...rest } = isObject(item) ? item : {};
    const isComplete = [kind, namespace, name].every((text) => typeof text === 'string');
    if (!isComplete || Object.keys(rest).length > 0) {
      return fail(
        `existing[${i}] must be { kind, namespace, name }, each a string, with namespace '' for kinds that have none, and labels of a Namespace`,
      );
    }
    if (
      labels !== undefined &&
      !(isObject(labels) && Object.values(labels).every((text) => typeof text === 'string'))
    ) {
      return fail(`existing[${i}].labels must be a map of strings; put 'true' and numbers in quotes`);
    }
    return { kind, namespace, name, ...(labels === undefined ? {} : { labels }) } as ExistingObject;
  });
}

/** A severity as a file has it. */
export function severityOf(value: unknown, key: string, fail: Fail): Severity {
  return SEVERITIES.find((severity) => severity === value) ?? fail(`${key} must be ${listed(SEVERITIES)}`);
}
