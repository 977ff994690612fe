import type { IConstruct } from 'constructs';
import { FieldError, firstUnfit } from '../../../kube/plain-data';
import { ManifestError } from '../errors';
import type { AnyObject } from '../k8s';
import type { FileTexts } from './changes';
import { clash } from './clash';
import type { OutputFile, TextFile } from './output';
import { stringifyDocuments } from './yaml';

/** The files with their text. */
export function renderFiles(files: readonly OutputFile[], texts: readonly TextFile[]): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const { path, documents, owner } of files) {
    result.set(path, documentsText(documents, owner));
  }
  addTexts(result, files, texts);
  return result;
}

/**
 * The same, but that the text of a manifest is made whenever it is asked for: all of them take as much memory as the
 * manifests. What a chart has made in an own `toJson()` may be anything, so its text is made at once.
 */
export function lateTexts(files: readonly OutputFile[], texts: readonly TextFile[]): FileTexts {
  const made = new Map<string, string | OutputFile>();
  for (const file of files) {
    made.set(file.path, file.objects.includes(undefined) ? documentsText(file.documents, file.owner) : file);
  }
  addTexts(made, files, texts);
  return {
    has: (path) => made.has(path),
    keys: () => made.keys(),
    get: (path) => {
      const known = made.get(path);
      return typeof known === 'object' ? documentsText(known.documents, known.owner) : known;
    },
  };
}

/** The texts with one more, or with another one of that path. */
export function withText(texts: FileTexts, [path, text]: readonly [path: string, text: string]): FileTexts {
  return {
    has: (asked) => asked === path || texts.has(asked),
    keys: () => new Set(texts.keys()).add(path).values(),
    get: (asked) => (asked === path ? text : texts.get(asked)),
  };
}

function addTexts(to: Map<string, unknown>, files: readonly OutputFile[], texts: readonly TextFile[]): void {
  const owners = new Map<string, IConstruct>();
  for (const { path, owner } of files) {
    owners.set(path, owner);
  }
  for (const { path, construct, text } of texts) {
    const other = owners.get(path);
    if (other) {
      throw new ManifestError(clash(path, other, construct, 'give one of them another file'));
    }
    owners.set(path, construct);
    to.set(path, text());
  }
}

/** The text of one file; an error about a field names the object that has it. */
export function documentsText(documents: readonly unknown[], owner: IConstruct): string {
  try {
    return stringifyDocuments(documents);
  } catch (e) {
    if (!(e instanceof FieldError)) {
      throw e;
    }
    const odd = documents.find((document) => firstUnfit(document) !== undefined) as Partial<AnyObject> | undefined;
    const name = `${odd?.kind ?? 'a document'} '${odd?.metadata?.name ?? ''}'`;
    throw new ManifestError({
      rule: 'objects/not-data',
      severity: 'error',
      construct: owner.node.path,
      field: e.field,
      message: `${name}: ${e.problem}`,
      fix: e.fix,
    });
  }
}
