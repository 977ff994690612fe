import type { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructsOf } from '../app-objects';
import { AppSlot } from '../app-state';
import { isInside, STATE } from './own-files';

/** A file of manifests. */
export interface OutputFile {
  /** Relative to the output folder, with `/` between folders. */
  readonly path: string;
  readonly documents: readonly unknown[];
  /** The object that each document comes from; undefined where its chart made it in an own `toJson()`. */
  readonly objects: readonly (ApiObject | undefined)[];
  /** What the file belongs to: the app, a chart, or an object that has a file to itself. */
  readonly owner: IConstruct;
}

/** A file that is not a manifest, such as a page of instructions. */
export interface TextFile {
  readonly construct: IConstruct;
  /** Relative to the output folder, with `/` between folders. */
  readonly path: string;
  readonly text: () => string;
}

// beside the constructs rather than in them, so that any construct can have files without knowing of it
const outputFiles = new AppSlot<Map<IConstruct, string>>('output-files', () => new Map());
const textFiles = new AppSlot<Map<IConstruct, TextFile[]>>('text-files', () => new Map());

/**
 * Sends the objects of a chart, or of any construct in a chart, to a file of their own.
 *
 * @param path relative to the output folder, including its extension: `shop.k8s.yaml`, `cluster/prod.yaml`
 */
export function setOutputFile(construct: IConstruct, path: string): void {
  checkPath(construct, path);
  outputFiles.of(construct).set(construct, path);
}

/** The file which the construct itself states. */
export function outputFileOf(construct: IConstruct): string | undefined {
  return outputFiles.of(construct).get(construct);
}

/** The files that constructs of an app state. */
export function outputFilesOf(app: App): ReadonlyMap<IConstruct, string> {
  return outputFiles.of(app);
}

/** Adds a text file to the output; `text` is called once the manifests are complete. */
export function addTextFile(construct: IConstruct, path: string, text: () => string): void {
  checkPath(construct, path);
  const all = textFiles.of(construct);
  all.set(construct, [...(all.get(construct) ?? []), { construct, path, text }]);
}

/** The text files of the app in the order of its constructs. */
export function textFilesOf(app: App): readonly TextFile[] {
  const all = textFiles.of(app);
  const found: TextFile[] = [];
  let left = all.size;
  for (const construct of constructsOf(app)) {
    if (left === 0) {
      // few constructs have any: the cluster, which is among the first
      break;
    }
    const files = all.get(construct);
    if (files) {
      found.push(...files);
      left--;
    }
  }
  return found;
}

/** A path must stay in the output folder, mean the same on every system, and not be one of the library's own files. */
function checkPath(construct: IConstruct, path: string): void {
  if (!isInside(path)) {
    throw new Error(
      `[${construct.node.path}] the path of an output file must be relative to the output folder, with '/' between ` +
        `folders, but is '${path}'. Write for example 'cluster/prod.yaml'.`,
    );
  }
  if (path.startsWith(STATE)) {
    throw new Error(`[${construct.node.path}] '${path}': names with '${STATE}' are reserved. Choose another name.`);
  }
}
