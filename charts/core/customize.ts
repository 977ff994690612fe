import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import type { Check } from './check';
import type { KubeObject } from './kube-object';
import type { Edit } from './values';

/** Applies the typed edits; naming an object that was not made is an error. */
export function applyCustomize(
  check: Check,
  edits: object | undefined,
  // biome-ignore lint/suspicious/noExplicitAny: each object takes edits of its own type, which Customize has matched by name
  objects: Readonly<Record<string, KubeObject<any> | undefined>>,
): void {
  for (const [name, edit] of Object.entries(edits ?? {}) as [string, Edit<unknown> | undefined][]) {
    if (edit === undefined) {
      continue;
    }
    const object = objects[name];
    if (!object) {
      const made = Object.keys(objects).filter((k) => objects[k] !== undefined);
      const near = nearest(name, made);
      check.fail(
        Object.hasOwn(objects, name)
          ? `customize.${name} is given, but the workload has no such object`
          : `customize has the unknown object '${name}'`,
        near ? `did you mean '${near}'?` : `write one of ${made.map((m) => `'${m}'`).join(', ')}`,
      );
    }
    if (typeof edit !== 'function') {
      check.fail(`customize.${name} is ${describe(edit)}`, `write ${name}: (object) => { object.spec... = ...; }`);
    }
    object.customize(edit);
  }
}
