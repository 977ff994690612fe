import { entryOf } from './collections';

/** Names of objects by kind and namespace. A text of all three for each would take longer than looking them up. */
export class NamesByKind {
  private readonly kinds = new Map<string, Map<string, Set<string>>>();

  add(kind: string, namespace: string, name: string): void {
    entryOf(entryOf(this.kinds, kind, newMap), namespace, newSet).add(name);
  }

  has(kind: string, namespace: string, name: string): boolean {
    return this.kinds.get(kind)?.get(namespace)?.has(name) ?? false;
  }

  /** All of a kind in a namespace. */
  of(kind: string, namespace: string): readonly string[] {
    return [...(this.kinds.get(kind)?.get(namespace) ?? [])];
  }
}

const newMap = () => new Map<string, Set<string>>();
const newSet = () => new Set<string>();
