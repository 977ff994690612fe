import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import type { Check } from './check';
import type { KubeObject } from './kube-object';
import type { Edit } from './values';

// biome-ignore lint/suspicious/noExplicitAny: each object takes edits of its own type, which Customize has matched by name
type Customized = KubeObject<any> | undefined;
/** Objects by their names in `customize`. */
type CustomizedObjects<T> = { readonly [K in keyof T]: Customized };

/** Applies the edits of `customize`. An object that was not created is an error, so that no edit is lost. */
export function applyCustomize<G extends readonly object[]>(
  check: Check,
  edits: object | undefined,
  ...groups: { [I in keyof G]: CustomizedObjects<G[I]> }
): void {
  for (const group of groups as readonly Readonly<Record<string, Customized>>[]) {
    for (const name in group) {
      const object = group[name];
      if (object) {
        object.customizedAs = name;
      }
    }
  }
  if (!edits) {
    return;
  }
  const objects: Readonly<Record<string, Customized>> = Object.assign({}, ...groups);
  for (const [name, edit] of Object.entries(edits) as [string, Edit<unknown> | undefined][]) {
    if (edit === undefined) {
      continue;
    }
    const field = `customize.${name}`;
    const object = objects[name];
    if (!object) {
      const made = Object.keys(objects).filter((k) => objects[k] !== undefined);
      const near = nearest(name, made);
      const isKnown = Object.hasOwn(objects, name);
      check.fail(
        isKnown ? 'forbidden' : 'unknown',
        field,
        isKnown
          ? `${field} must be left out: these props create no such object`
          : `${field} must be the name of an object, but '${name}' is unknown`,
        near ? `did you mean '${near}'?` : `write one of ${made.map((m) => `'${m}'`).join(', ')}`,
      );
    }
    if (typeof edit !== 'function') {
      check.fail(
        'type',
        field,
        `${field} must be a function, but is ${describe(edit)}`,
        `write ${name}: (object) => { object.spec... = ...; }`,
      );
    }
    object.customize(edit);
  }
}
