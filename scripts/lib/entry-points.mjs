import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a user may import, from the `exports` of package.json, which is the only list of it: an entry './x' is
 * `"./x": "./lib/x/index.js"`, compiled from x/index.ts.
 */
export function entryPoints(root, { name, exports } = packageOf(root)) {
  return Object.entries(exports)
    .filter(([key]) => key !== './package.json')
    .map(([key, file]) => ({
      specifier: name + key.slice(1),
      file: file.slice(2),
      declaration: file.slice(2).replace(/\.js$/, '.d.ts'),
      source: file.replace(/^\.\/lib\//, '').replace(/\.js$/, '.ts'),
    }));
}

/** The folders that are compiled into the package. */
export function rooms(root) {
  return JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')).include;
}

export function packageOf(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
