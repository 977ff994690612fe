import * as path from 'node:path';
import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import { isOutside, NOT_APPLIED } from './written-path';

/** Folders of a repository by their names, in which `*` is any part of a name. */
export interface FolderPattern {
  /** 'dist/*'. */
  readonly text: string;
}

/** Argo CD compares name by name, so that `**` would be `*`. */
export function checkPattern(check: Check, field: string, value: unknown): FolderPattern {
  const given = check.text(field, value);
  const text = path.posix.normalize(given).replace(/\/$/, '');
  if (isOutside(text) || /[\s\\?[\]{}]|\*\*/.test(text)) {
    check.fail(
      'invalid',
      field,
      `${field} must be folders of the repository by names and '*', but is ${describe(given)}`,
      "write for example 'dist/*'",
    );
  }
  return { text };
}

/** Whether a folder is one of them. */
export function matches({ text }: FolderPattern, folder: string): boolean {
  const expression = text.replace(/[^\w/*]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${expression}$`).test(folder);
}

/** Those of its folders that nobody but a person applies, wherever a `*` could stand for one. */
export function notApplied({ text }: FolderPattern): string[] {
  const names = text.split('/');
  return names.flatMap((name, i) =>
    NOT_APPLIED.filter((folder) => name.includes('*') && matches({ text: name }, folder)).map((folder) =>
      [...names.slice(0, i), folder, ...names.slice(i + 1)].join('/'),
    ),
  );
}
