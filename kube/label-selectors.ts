import type { LabelSelector } from '../imports/kubernetes';
import { hasNoKey } from './collections';
import type { LabelExpression } from './label-requirements';
import { isObject } from './loose';

/** A label selector of a custom resource, whose shape is not known; undefined for anything else. */
export function labelSelectorOf(value: unknown): LabelSelector | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const { matchLabels = {}, matchExpressions = [] } = value;
  if (!isObject(matchLabels) || !Object.values(matchLabels).every(isText) || !Array.isArray(matchExpressions)) {
    return undefined;
  }
  return matchExpressions.every(isExpression)
    ? ({ matchLabels, matchExpressions } as unknown as LabelSelector)
    : undefined;
}

/** The keys that a selector has a condition on. */
export function selectedKeys({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string[] {
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
}

/** Whether a selector has no condition, and so selects everything. */
export function isEmptySelector({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return (matchLabels === undefined || hasNoKey(matchLabels)) && !matchExpressions?.length;
}

/** A selector without its conditions on some keys. */
export function withoutKeys(selector: LabelSelector, isLeftOut: (key: string) => boolean): LabelSelector {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => !isLeftOut(key))),
    matchExpressions: matchExpressions.filter(({ key }) => !isLeftOut(`${key}`)),
  };
}

/** "app=web, tier in (a, b)", for messages. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      [key, operator, values?.join(',')].filter(Boolean).join(' '),
    ),
  ];
  return parts.join(', ');
}

function isExpression(value: unknown): value is LabelExpression {
  return (
    isObject(value) &&
    isText(value.key) &&
    isText(value.operator) &&
    (value.values === undefined || (Array.isArray(value.values) && value.values.every(isText)))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
