import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe } from '../../kube/describe';
import { Check } from '../core/check';
import type { Path } from '../core/values';
import type { FileData } from './config-map';

/** Files of the repository, for `files` of a workload. */
export class Files {
  private constructor() {}

  /**
   * The files of a folder and of the folders in it, by the paths at which a container has them. What is no UTF-8 is taken as
   * bytes. Names that begin with '.' are left out. All of them together fit into a ConfigMap: 250 KiB.
   *
   * @example
   * new WebService(tenant, 'web', { ...props, files: { ...Files.folder('config', '/etc/web'), '/etc/motd': 'hello' } });
   * @param folder in the repository, from where the program runs; one that does not exist or has no files is refused
   * @param at the absolute path of the folder in the container
   */
  static folder(folder: string, at: Path): Readonly<Record<Path, FileData>> {
    const check = new Check('Files.folder');
    check.text('folder', folder);
    const place = check.absolutePath('at', at);
    if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
      check.fail(
        'invalid',
        'folder',
        `folder must be a folder that exists, but is ${describe(folder)}`,
        'write the path from where the program runs',
      );
    }
    const found = filesBelow(folder).map((file) => {
      const inside = path.relative(folder, file).split(path.sep).join('/');
      return [`${place.replace(/\/$/, '')}/${inside}`, contentOf(file)] as const;
    });
    if (found.length === 0) {
      check.fail('invalid', 'folder', `'${folder}' has no files`, 'add a file, or leave the folder out');
    }
    return Object.fromEntries(found);
  }
}

/** Sorted, so that the order of a file system does not change the output. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => path.join(folder, name))
    .flatMap((place) => (fs.statSync(place).isDirectory() ? filesBelow(place) : [place]));
}

function contentOf(file: string): FileData {
  const bytes = fs.readFileSync(file);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? bytes : text;
  } catch {
    return bytes;
  }
}
