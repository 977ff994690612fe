import { referencesOf } from '../config/env-reference';
import type { PodModel } from './pod';

/** Every string of a pod that may contain an address, and where it is. */
export function* addressTexts({ env, files, props }: PodModel): Iterable<readonly [where: string, text: string]> {
  for (const [name, text] of Object.entries(env.data)) {
    yield [`variable '${name}'`, text];
  }
  for (const { name, source } of referencesOf(env.references, 'text')) {
    yield [`variable '${name}'`, source.text];
  }
  for (const [path, key] of files.keys) {
    yield [`file '${path}'`, files.data[key] ?? ''];
  }
  for (const word of [...(props.command ?? []), ...(props.args ?? [])]) {
    yield ['its command', word];
  }
  const referred = referencesOf(env.references, 'config').map(({ source }) => source.config);
  for (const config of new Set([...(props.envFrom ?? []), ...referred, ...env.configFiles])) {
    for (const [key, text] of Object.entries(config.data)) {
      yield [`Config '${config.node.id}' key '${key}'`, text];
    }
  }
}
