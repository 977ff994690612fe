import type * as Yaml from 'yaml';
import { plainScalar } from './yaml-scalars';

/** Loaded only by programs that read a file: that takes about 30 ms of processor time. */
export function loadYaml(): typeof Yaml {
  return require('yaml');
}

/**
 * Options to read YAML as kubectl and eksctl do. Text without quotes is read by our own table: the package's YAML 1.2
 * lacks `yes`, and its 1.1 has dates and times of day.
 */
export function readAsGo() {
  return { customTags: scalarTags(), merge: true, schema: 'failsafe', logLevel: 'error' } as const;
}

function scalarTags(): Yaml.ScalarTag[] {
  const resolve = (text: string) => plainScalar(text);
  return [
    { tag: '!plain', default: true, test: /^/, resolve },
    ...['null', 'bool', 'int', 'float'].map((name) => ({ tag: `tag:yaml.org,2002:${name}`, resolve })),
  ];
}
