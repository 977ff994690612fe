/** Paths within others: 'a.b' and 'a[0]' lie below 'a', and 'ab' does not. */
export class Paths {
  private readonly own: ReadonlySet<string>;
  private readonly parents = new Set<string>();

  constructor(paths: Iterable<string>) {
    this.own = new Set(paths);
    for (const path of this.own) {
      for (const parent of parentsOf(path)) {
        this.parents.add(parent);
      }
    }
  }

  /** Whether one of them is the path, or one of its parents. */
  cover(path: string): boolean {
    return this.own.has(path) || parentsOf(path).some((parent) => this.own.has(parent));
  }

  /** Whether one of them lies below the path. */
  areBelow(path: string): boolean {
    return path === '' ? this.own.size > 0 : this.parents.has(path);
  }
}

/** 'a' and 'a.b[0]' of 'a.b[0].c', and everything else before a dot or a bracket. */
function parentsOf(path: string): string[] {
  return [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)).filter((parent) => parent !== '');
}
