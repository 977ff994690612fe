import * as nodePath from 'node:path';
import type { Disk } from './disk';
import { type FormerOptions, formerOutput, isFormerFile } from './former-output';
import { OutputError } from './output-error';
import { isPlainFile, LIST, parseList, renderList } from './own-files';

/** Text by path, in the order of the files. */
export type FileTexts = Pick<ReadonlyMap<string, string>, 'get' | 'has' | 'keys'>;

export interface OutputOptions extends FormerOptions {
  /** The output folder. */
  readonly dir: string;
  /** Text by path, relative to `dir`, with `/` between folders. It may be made each time that it is asked for. */
  readonly files: FileTexts;
}

/** What differs between the folder and the files it should hold. */
export interface Changes {
  /** Files to write, the list of files last. */
  readonly replace: readonly string[];
  /** Files of a former synthesis that are no longer made. */
  readonly remove: readonly string[];
  /** The new text of a file to write. */
  readonly text: (path: string) => Buffer;
  /** What each file of the folder was like. */
  readonly compared: ReadonlyMap<string, Compared>;
}

interface Compared {
  readonly stamp: string;
  readonly isSame: boolean;
}

/** Bytes of texts that are kept from one comparison to the next, or until they are written; of more, texts are made again. */
const MOST_KEPT = 16 * 1024 * 1024;

/**
 * Compares the folder with the files; refuses to replace a file that no synthesis wrote. After an earlier comparison only
 * files are read again that were written since.
 */
export function findChanges(options: OutputOptions, disk: Disk, before?: Changes): Changes {
  const { dir, files } = options;
  const list = disk.read(nodePath.join(dir, LIST))?.toString('utf8');
  const listed = list === undefined ? undefined : new Set(parseList(list));
  const newList = renderList(files.keys());
  const kept = new Map<string, Buffer>();
  let room = before ? 0 : MOST_KEPT;
  const text = (path: string): Buffer =>
    kept.get(path) ?? before?.text(path) ?? Buffer.from(path === LIST ? newList : files.get(path)!, 'utf8');

  const replace: string[] = [];
  const foreign: string[] = [];
  const compared = new Map<string, Compared>();
  for (const path of files.keys()) {
    const target = nodePath.join(dir, path);
    const kind = disk.kind(target);
    if (kind === 'folder') {
      throw new OutputError(
        target,
        `cannot write '${target}': it is a folder`,
        'rename or delete the folder',
        'EISDIR',
      );
    }
    if (kind !== undefined && isSame(path, target)) {
      continue;
    }
    replace.push(path);
    if (kind !== undefined && !listed?.has(path) && !isReplaceable(path, listed !== undefined)) {
      foreign.push(target);
    }
  }

  function isSame(path: string, target: string): boolean {
    // before it is read: what is written in between is seen by the next comparison
    const stamp = disk.stamp(target);
    const known = before?.compared.get(path);
    if (stamp !== undefined && stamp === known?.stamp) {
      compared.set(path, known);
      return known.isSame;
    }
    const there = disk.read(target);
    const bytes = text(path);
    const same = there?.equals(bytes) ?? false;
    if (!same && bytes.length <= room) {
      room -= bytes.length;
      kept.set(path, bytes);
    }
    if (stamp !== undefined) {
      compared.set(path, { stamp, isSame: same });
    }
    return same;
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
    compared,
  };
}

function foreignFiles(dir: string, files: readonly string[]): OutputError {
  const shown = files.slice(0, 10).map((file) => `'${file}'`);
  const more = files.length > shown.length ? `, and ${files.length - shown.length} more` : '';
  const problem = `synthesis would replace files in '${dir}' that it did not write: ${shown.join(', ')}${more}`;
  return new OutputError(files[0]!, problem, 'move or delete them, or choose another outdir');
}
