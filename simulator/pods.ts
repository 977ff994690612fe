/** A pod: the set that it is of, and its number there. */
export interface Pod {
  readonly set: number;
  readonly ordinal: number;
}

/** Pods of one set. Each is made when it is asked for: where many have no place, nobody asks for most of them. */
export class Pods {
  /** @param ordinals of each, or that of the first, which the others follow */
  constructor(
    readonly set: number,
    readonly length: number,
    private readonly ordinals: number | readonly number[],
  ) {}

  static of({ set, ordinal }: Pod): Pods {
    return new Pods(set, 1, ordinal);
  }

  at(index: number): Pod {
    return { set: this.set, ordinal: this.ordinal(index) };
  }

  ordinal(index: number): number {
    return typeof this.ordinals === 'number' ? this.ordinals + index : this.ordinals[index]!;
  }

  /** Those from one on. */
  from(index: number): Pods {
    if (index === 0) {
      return this;
    }
    const ordinals = typeof this.ordinals === 'number' ? this.ordinals + index : this.ordinals.slice(index);
    return new Pods(this.set, this.length - index, ordinals);
  }
}
