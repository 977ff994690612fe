import type { Finding, Severity } from '../kube/finding';
import { listed, nearest } from '../kube/text';
import type { KnownRules } from './known-rules';

/** How a finding counts: 'off' removes it. */
export type Level = 'off' | Severity;

/** Every level, for checks of configuration. */
export const LEVELS: readonly Level[] = ['off', 'advice', 'warning', 'error'];

/** Levels by the id of a rule, 'references/missing', or by its topic, 'references'; the id goes before the topic. */
export type Levels = Readonly<Record<string, Level>>;

/** The level of a rule where it departs from the rule's own. */
export function levelOf(levels: Levels, id: string): Level | undefined {
  const keys = [id, id.slice(0, Math.max(0, id.indexOf('/')))];
  const key = keys.find((name) => Object.hasOwn(levels, name));
  return key === undefined ? undefined : levels[key];
}

/** Levels of what is in a folder, and of what is in no file. */
export interface FolderLevels {
  /** 'dist'; '' is everything. */
  readonly path: string;
  readonly levels?: Levels;
}

/**
 * The findings at their levels, without those that are off. What `levels` does not say, the nearest folder of the file
 * does.
 */
export function atLevels(
  findings: readonly Finding[],
  levels: Levels,
  folders: readonly FolderLevels[] = [],
): Finding[] {
  const nearestFirst = [...folders].sort((a, b) => b.path.length - a.path.length);
  return findings.flatMap((finding) => {
    const path = finding.file?.path;
    const given = nearestFirst.filter((folder) => isIn(path, folder.path)).map((folder) => folder.levels ?? {});
    const asked = [levels, ...given].find((one) => levelOf(one, finding.rule) !== undefined);
    const level = asked && levelOf(asked, finding.rule);
    return level === 'off' ? [] : [level === undefined ? finding : { ...finding, severity: level }];
  });
}

function isIn(path: string | undefined, folder: string): boolean {
  return path === undefined || folder === '' || path.startsWith(`${folder}/`);
}

/** Levels of rules that do not exist. */
export function unknownLevels(levels: Levels, known: KnownRules): Finding[] {
  return Object.keys(levels)
    .filter((name) => !known.has(name) && !known.topics.has(name))
    .map((name) => ({
      rule: 'review/unknown-rule',
      severity: 'warning',
      field: `levels['${name}']`,
      message: `levels has '${name}', which is neither a rule nor a topic`,
      fix: unknownFix(name, [...known.ids, ...known.topics]),
    }));
}

/** What to write instead of an unknown id. */
export function unknownFix(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const topic = `${name.split('/')[0]}/`;
  const related = known.filter((id) => id.startsWith(topic)).slice(0, 10);
  return near
    ? `did you mean '${near}'?`
    : related.length > 0
      ? `write ${listed(related)}`
      : 'write the id of a rule, as the findings show it in brackets';
}
