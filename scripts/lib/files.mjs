import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const read = (file) => readFileSync(file, 'utf8');

/** Text of every file below a folder by its path. */
export function tree(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [file.slice(folder.length + 1), read(file)]),
  );
}
