import type { Finding, Severity } from '../kube/finding';
import { isObject } from '../kube/loose';
import { listed } from '../kube/text';
import { loadYaml, readAsGo } from '../kube/yaml';
import type { FolderLevels, Levels } from './levels';
import type { ExistingObject } from './rule';
import { existingOf, levelsOf, severityOf } from './settings';

/** Beside the manifests of a program: how it reviews them. kubectl does not read it. */
export const REVIEW_FILE = '.cdk8s-eks-patterns.review';

/** How a program reviews its objects. */
export interface ProgramReview {
  readonly levels?: Levels;
  readonly failOn?: Severity;
  readonly existing?: readonly ExistingObject[];
}

/** How the files of a folder are reviewed. */
export interface FolderReview extends ProgramReview, FolderLevels {}

const HEADER = [
  '# How the program reviews the objects in this folder, for reviews of the files: its review.levels, review.failOn and existing.',
  '# Made by cdk8s-eks-patterns; commit it with the manifests.',
];

/** The text of the file; undefined where there is nothing to say. */
export function reviewFileText({ levels = {}, failOn, existing = [] }: ProgramReview): string | undefined {
  const sorted = Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    ...(sorted.length === 0 ? [] : ['levels:', ...sorted.map(([rule, level]) => `  ${rule}: ${level}`)]),
    ...(failOn === undefined || failOn === 'error' ? [] : [`failOn: ${failOn}`]),
    ...(existing.length === 0 ? [] : ['existing:', ...[...new Set(existing.map(lineOf))].sort()]),
  ];
  return lines.length === 0 ? undefined : `${[...HEADER, ...lines].join('\n')}\n`;
}

/** JSON is YAML, too. */
function lineOf({ kind, namespace, name, labels }: ExistingObject): string {
  return `  - ${JSON.stringify({ kind, namespace, name, labels })}`;
}

/** The settings of a file, which are for its folder, and what is wrong with it. */
export function parseReviewFile(
  text: string,
  path: string,
): { readonly reviews: readonly FolderReview[]; readonly findings: readonly Finding[] } {
  try {
    const document = loadYaml().parseDocument(text, { ...readAsGo(), prettyErrors: false });
    const value: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? {});
    const { levels, failOn, existing, ...rest } = isObject(value) ? value : fail('the settings must be a map');
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) {
      fail(`unknown key '${unknown}'; use ${listed(['levels', 'failOn', 'existing'])}`);
    }
    const review: FolderReview = {
      path: path.slice(0, Math.max(0, path.length - REVIEW_FILE.length - 1)),
      ...(levels === undefined ? {} : { levels: levelsOf(levels, fail) }),
      ...(failOn === undefined ? {} : { failOn: severityOf(failOn, 'failOn', fail) }),
      ...(existing === undefined ? {} : { existing: existingOf(existing, fail) }),
    };
    return { reviews: [review], findings: [] };
  } catch (e) {
    if (!(e instanceof Invalid)) {
      throw e;
    }
    const { message } = e;
    const finding: Finding = {
      rule: 'manifests/syntax',
      severity: 'error',
      file: { path },
      message,
      fix: 'synthesize again',
    };
    return { reviews: [], findings: [finding] };
  }
}

class Invalid extends Error {}

function fail(problem: string): never {
  throw new Invalid(problem);
}
