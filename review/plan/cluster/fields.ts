import { isFieldWithin } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';

/** A value for every field of an interface; the compiler names those that are missing. */
export type Fields<T, V> = { readonly [K in keyof KeyTable<T>]: V };

/** Changed fields of one object by what becomes of them. */
export class Fates<F extends string> {
  private readonly byFate = new Map<F, string[]>();

  /** @param path of the object: 'managedNodeGroups[web]' */
  constructor(path: string, changed: readonly string[], table: Readonly<Record<string, F>>) {
    for (const [key, fate] of Object.entries(table)) {
      const fields = changed.filter((field) => isFieldWithin(field, `${path}.${key}`));
      if (fields.length > 0) {
        this.byFate.set(fate, [...(this.byFate.get(fate) ?? []), ...fields]);
      }
    }
  }

  of(...fates: readonly F[]): string[] {
    return fates.flatMap((fate) => this.byFate.get(fate) ?? []);
  }

  has(fate: F): boolean {
    return this.byFate.has(fate);
  }
}
