import { entryOf } from './collections';

/**
 * What objects of one kind are found by, without a text of namespace and name for each of them; or those of one namespace by
 * kind and name.
 */
export class ByName<V> {
  private readonly namespaces = new Map<string, Map<string, V>>();

  /** The last one of a name stays. */
  set(namespace: string, name: string, value: V): void {
    entryOf(this.namespaces, namespace, newMap<V>).set(name, value);
  }

  /** Under 'namespace/name'. */
  setAt(key: string, value: V): void {
    const slash = key.indexOf('/');
    if (slash >= 0) {
      this.set(key.slice(0, slash), key.slice(slash + 1), value);
    }
  }

  named(namespace: string, name: string): V | undefined {
    return this.namespaces.get(namespace)?.get(name);
  }

  has(namespace: string, name: string): boolean {
    return this.named(namespace, name) !== undefined;
  }
}

const newMap = <V>() => new Map<string, V>();
