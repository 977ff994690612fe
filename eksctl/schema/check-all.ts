import { describe } from '../../kube/describe';
import { type Finding, findingIn } from '../finding';
import { checkClusterConfig } from '../rules/check-config';
import type { ClusterConfig } from '../types';
import { Paths } from './covered';
import { type Placeholder, placeholdersOf } from './placeholders';
import { isUnknownKey, shapeFindings } from './shape-findings';
import { stripInvalid } from './strip-invalid';

/**
 * What is wrong with the shape of a file, its placeholders, and what the rules find in the rest; nothing about fields that
 * `reported` is about already.
 */
export function checkAll(config: unknown, reported: readonly Finding[] = []): Finding[] {
  const placeholders = placeholdersOf(config);
  const shape = shapeFindings(config);
  if (shape.some(({ field }) => field === undefined || field === 'metadata')) {
    return shape;
  }
  const holes = new Paths(placeholders.map(({ path }) => path));
  const wrong = shape.filter((finding) => !isUnknownKey(finding)).map(({ field = '' }) => field);
  const unknown = shape.filter(isUnknownKey).map(({ field = '' }) => field);
  // the rules rely on the right types; the zones and names that follow from metadata follow from a placeholder no less
  const head = placeholders.map(({ path }) => path).filter((path) => path.startsWith('metadata.'));
  const rest = stripInvalid(config, new Set([...wrong, ...unknown, ...head])) as ClusterConfig;
  const before = reported.flatMap(({ field }) => field ?? []);
  const shaped = new Paths([...wrong, ...unknown, ...before]);
  const broken = new Paths(wrong);
  const found = checkClusterConfig(rest);
  // what the rules report about removed values is a consequence of the shape findings
  const kept = found.filter(({ field = '' }) => !shaped.cover(field) && !broken.areBelow(field) && !holes.cover(field));
  return [
    ...shape.filter(({ field = '' }) => !holes.cover(field)),
    ...placeholders.map((placeholder) => findingOf(placeholder, [...shape, ...found])),
    ...kept,
  ];
}

/** An error where eksctl or AWS would refuse the text; a word such as 'TODO' may be a name. */
function findingOf({ path, text, certain }: Placeholder, others: readonly Finding[]): Finding {
  const about = others.filter(({ field, severity }) => field === path && severity === 'error');
  const rule = about.some(({ rule: id }) => id === 'L1') ? 'L1' : 'L1d';
  return findingIn(
    rule,
    certain || about.length > 0 ? 'error' : 'warning',
    path,
    `${describe(text)} looks like a placeholder that was not replaced`,
    /[${]/.test(text)
      ? 'write the value, or run the file through the tool that fills it in, such as envsubst'
      : 'write the value',
  );
}
