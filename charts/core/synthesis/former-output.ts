import * as nodePath from 'node:path';
import { MANAGED_BY } from '../../../kube/labels';
import type { Disk } from './disk';
import { isPlainFile } from './own-files';

const LABEL = new RegExp(`^ {4}app\\.kubernetes\\.io/managed-by: ${MANAGED_BY}\\r?$`, 'm');
const STEPS = /^# Cluster (\S+): .*\r?\n\r?\nMade together with the manifests from the same program/;
const METADATA = /^\{"version":"1\.0\.0","resources":\{/;

export interface FormerOptions {
  /** Of manifests, such as `.k8s.yaml`. */
  readonly extension: string;
  /** Whether manifests lie in sub-folders too. */
  readonly recursive: boolean;
}

/**
 * Files of a former synthesis in a folder without a list, as 0.1.0 and a deleted list leave it: by name and by content,
 * since a name alone can be that of a file of the user.
 */
export function formerOutput(disk: Disk, dir: string, { extension, recursive }: FormerOptions): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const name of disk.list(nodePath.join(dir, folder))) {
      const path = folder + name;
      if (name.startsWith('.') || name === 'node_modules') {
        continue;
      }
      if (isNamedAsOurs(folder, name) && isPlainFile(disk, dir, path) && isFormerFile(disk, dir, path)) {
        found.push(path);
      } else if ((recursive || path === 'cluster') && disk.kind(nodePath.join(dir, path)) === 'folder') {
        visit(`${path}/`);
      }
    }
  };
  const isNamedAsOurs = (folder: string, name: string): boolean =>
    // every name ends with the empty extension
    (extension !== '' && (folder === '' || recursive) && name.endsWith(extension)) ||
    (folder === 'cluster/' && /\.(?:yaml|md)$/.test(name));
  visit('');
  return found;
}

/** Whether the content of a file shows that synthesis wrote it. */
export function isFormerFile(disk: Disk, dir: string, path: string): boolean {
  const text = (file: string): string => disk.read(nodePath.join(dir, file))?.toString('utf8') ?? '';
  const own = text(path);
  const name = nodePath.posix.basename(path).replace(/\.[^.]*$/, '');
  if (path.endsWith('.md')) {
    return STEPS.exec(own)?.[1] === name;
  }
  if (own.startsWith('apiVersion: eksctl.io/')) {
    // a ClusterConfig bears no label, but its steps lie beside it
    return STEPS.exec(text(path.replace(/\.[^.]*$/, '.md')))?.[1] === name;
  }
  return METADATA.test(own) || own.split(/^---\r?$/m).every((document) => LABEL.test(document));
}
