import * as nodePath from 'node:path';
import type { Disk } from './disk';
import { type FormerOptions, formerOutput, isFormerFile } from './former-output';
import { OutputError } from './output-error';
import { isPlainFile, LIST, parseList, renderList } from './own-files';

export interface OutputOptions extends FormerOptions {
  /** The output folder. */
  readonly dir: string;
  /** Text by path, relative to `dir`, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
}

/** What differs between the folder and the files it should hold. */
export interface Changes {
  /** Files to write, the list of files last. */
  readonly replace: readonly string[];
  /** Files of a former synthesis that are no longer made. */
  readonly remove: readonly string[];
  /** The new text of a file to write. */
  readonly text: (path: string) => Buffer;
}

/** Compares the folder with the files; refuses to replace a file that no synthesis wrote. */
export function findChanges(options: OutputOptions, disk: Disk): Changes {
  const { dir, files } = options;
  const list = disk.read(nodePath.join(dir, LIST))?.toString('utf8');
  const listed = list === undefined ? undefined : new Set(parseList(list));
  const newList = renderList(files.keys());
  const text = (path: string): Buffer => Buffer.from(path === LIST ? newList : files.get(path)!, 'utf8');

  const replace: string[] = [];
  const foreign: string[] = [];
  for (const path of files.keys()) {
    const target = nodePath.join(dir, path);
    if (disk.kind(target) === 'folder') {
      throw new OutputError(
        target,
        `cannot write '${target}': it is a folder`,
        'rename or delete the folder',
        'EISDIR',
      );
    }
    if (disk.read(target)?.equals(text(path))) {
      continue;
    }
    replace.push(path);
    if (disk.kind(target) !== undefined && !listed?.has(path) && !isReplaceable(path, listed !== undefined)) {
      foreign.push(target);
    }
  }

  function isReplaceable(path: string, hasList: boolean): boolean {
    // without a list the extension of cdk8s counts, since a plain cdk8s App replaces such files too
    return isPlainFile(disk, dir, path) && ((!hasList && path.endsWith('.k8s.yaml')) || isFormerFile(disk, dir, path));
  }

  if (foreign.length > 0) {
    throw foreignFiles(dir, foreign);
  }
  const former = listed ? [...listed] : formerOutput(disk, dir, options);
  return {
    replace: list === newList ? replace : [...replace, LIST],
    remove: former.filter((path) => !files.has(path) && isPlainFile(disk, dir, path)),
    text,
  };
}

function foreignFiles(dir: string, files: readonly string[]): OutputError {
  const shown = files.slice(0, 10).map((file) => `'${file}'`);
  const more = files.length > shown.length ? `, and ${files.length - shown.length} more` : '';
  const problem = `synthesis would replace files in '${dir}' that it did not write: ${shown.join(', ')}${more}`;
  return new OutputError(files[0]!, problem, 'move or delete them, or choose another outdir');
}
